# Build: docker build -t hamgate .
# Run:   docker run -p 8080:8080 -v hamgate:/data hamgate
# The first start prints the first site's keys: read them with `docker logs`.

FROM rust:1-bookworm AS builder
WORKDIR /build
COPY Cargo.toml Cargo.lock ./
COPY src src
COPY templates templates
COPY models models
# Cargo refuses a manifest that names what is not there.
COPY benches benches
COPY examples examples
RUN cargo build --release --locked --bin hamgate && mkdir /empty

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=builder /build/target/release/hamgate /usr/local/bin/hamgate
# A new volume takes its owner from this directory; 65532 is `nonroot`.
COPY --from=builder --chown=65532:65532 /empty /data
ENV HAMGATE_LISTEN=0.0.0.0:8080 HAMGATE_DATA=/data
USER nonroot
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/usr/local/bin/hamgate", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/hamgate"]
CMD ["serve"]
