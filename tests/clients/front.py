"""The reverse proxy with TLS that a deployment by DNS needs: port 443, passed on to hamgate as it is."""

import asyncio
import ssl
import subprocess
import threading

NAMES = "DNS:rest.akismet.com,DNS:*.rest.akismet.com"


def make_certificate(path):
    """Writes a key and a certificate for Akismet's names, valid for two days, into one file."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        + ["-days", "2", "-subj", "/CN=rest.akismet.com", "-addext", f"subjectAltName={NAMES}"]
        + ["-keyout", path, "-out", path + ".crt"],
        check=True,
        capture_output=True,
    )
    return path + ".crt"


async def pass_on(reader, writer):
    try:
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def connected(reader, writer):
    try:
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", 80)
    except OSError:
        writer.close()
        return
    await asyncio.gather(pass_on(reader, inner_writer), pass_on(inner_reader, writer))


def start(folder):
    """Listens for as long as this program runs; returns the certificate to trust."""
    key = f"{folder}/front.pem"
    certificate = make_certificate(key)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    listens = threading.Event()

    async def serve():
        server = await asyncio.start_server(connected, "127.0.0.1", 443, ssl=context)
        listens.set()
        await server.serve_forever()

    threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()
    if not listens.wait(10):
        raise RuntimeError("port 443 cannot be listened on")
    return certificate
