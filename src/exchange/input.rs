//! A file as formats read it: unpacked, as UTF-8, its lines counted, and never
//! more of it at once than one entry may have.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

use encoding_rs::{Decoder, Encoding};
use flate2::bufread::MultiGzDecoder;

use super::refused::Refused;

/// What is read at once, in bytes.
const CHUNK: usize = 64 * 1024;
/// The longest line, element, record or message, in bytes: room for a mail with
/// its attachments, or a post with its pictures in it.
const ENTRY_BYTES: u64 = 16 * 1024 * 1024;
/// Text packs to a tenth, repetitive XML to a fiftieth; deflate can do a
/// thousandth. What unpacks to more than this many times its size is a bomb.
const PACKED_AT_MOST: u64 = 200;
/// From this many bytes on the share counts.
const PACKED_FROM: u64 = 16 * 1024 * 1024;

/// How far the reading is.
#[derive(Debug, Default)]
pub struct Gauge {
    line: Cell<u64>,
    since_entry: Cell<u64>,
    /// Bytes of the file itself.
    packed: Cell<u64>,
}

impl Gauge {
    /// The line that is read now, from 1.
    pub fn line(&self) -> u64 {
        self.line.get() + 1
    }

    /// Begins an entry: its bytes count anew.
    pub fn entry(&self) {
        self.since_entry.set(0);
    }
}

/// How bytes become text.
enum Reading {
    /// It has to be UTF-8.
    Strict,
    Decoded(Decoder),
    /// Whoever reads it decodes it.
    Raw,
}

/// How a file is to be opened.
#[derive(Clone, Default)]
pub struct Opening {
    /// The file's encoding, if it is not UTF-8; what that cannot have is replaced.
    pub encoding: Option<&'static Encoding>,
    /// Hears how many bytes of the file were read.
    pub watch: Option<Rc<dyn Fn(u64)>>,
    /// The format has encodings of its own.
    pub raw: bool,
}

/// The file.
pub struct Input {
    inner: Box<dyn Read>,
    reading: Reading,
    gauge: Rc<Gauge>,
    /// Valid UTF-8 from `at` on.
    text: Vec<u8>,
    at: usize,
    /// The beginning of a character whose end is in the next chunk.
    carried: Vec<u8>,
    unpacked: bool,
    ended: bool,
    total: u64,
}

impl Input {
    /// Opens a file, or standard input for `-`. Gzip is unpacked.
    ///
    /// # Errors
    /// It cannot be read, or is packed in another way.
    pub fn open(path: &Path, opening: &Opening) -> Result<Self, Refused> {
        let unreadable = |error: io::Error| {
            Refused::file(
                format!("cannot be read: {error}"),
                "name the file that was exported",
            )
        };
        if path == Path::new("-") {
            return Self::of(Box::new(io::stdin()), opening);
        }
        let file = File::open(path).map_err(unreadable)?;
        if file.metadata().map_err(unreadable)?.is_dir() {
            return Err(Refused::file("is a folder", "name a file in it"));
        }
        Self::of(Box::new(file), opening)
    }

    /// The same of any source.
    ///
    /// # Errors
    /// As [`Input::open`].
    pub fn of(source: Box<dyn Read>, opening: &Opening) -> Result<Self, Refused> {
        let gauge = Rc::new(Gauge::default());
        let mut packed = BufReader::with_capacity(
            CHUNK,
            Metered {
                source,
                gauge: Rc::clone(&gauge),
                watch: opening.watch.clone(),
            },
        );
        let head = packed
            .fill_buf()
            .map_err(|error| Refused::reading(&error, 1))?;
        let (inner, unpacked): (Box<dyn Read>, bool) = match head {
            [0x1f, 0x8b, ..] => (Box::new(MultiGzDecoder::new(packed)), true),
            [b'P', b'K', 3, 4, ..] => {
                return Err(Refused::file(
                    "is a zip file",
                    "unpack it (unzip), and name the file in it",
                ));
            }
            [0xfd, b'7', b'z', b'X', ..]
            | [b'B', b'Z', b'h', ..]
            | [0x28, 0xb5, 0x2f, 0xfd, ..] => {
                return Err(Refused::file(
                    "is packed",
                    "unpack it first; gzip alone is unpacked here",
                ));
            }
            _ => (Box::new(packed), false),
        };
        Ok(Self {
            inner,
            reading: match (opening.raw, opening.encoding) {
                (true, _) => Reading::Raw,
                (false, Some(encoding)) => {
                    Reading::Decoded(encoding.new_decoder_with_bom_removal())
                }
                (false, None) => Reading::Strict,
            },
            gauge,
            text: Vec::new(),
            at: 0,
            carried: Vec::new(),
            unpacked,
            ended: false,
            total: 0,
        })
    }

    /// How far it was read, for who reads through something else.
    pub fn gauge(&self) -> Rc<Gauge> {
        Rc::clone(&self.gauge)
    }

    /// Whether its encoding was named, so that what it says of it itself is no news.
    pub fn is_decoded(&self) -> bool {
        matches!(self.reading, Reading::Decoded(_))
    }

    /// Reads a line with its end; `false` at the end of the file.
    ///
    /// # Errors
    /// It is too long, or cannot be read.
    pub fn line(&mut self, line: &mut Vec<u8>) -> Result<bool, Refused> {
        line.clear();
        self.gauge.entry();
        let at = self.gauge.line();
        let read = self.read_until(b'\n', line);
        Ok(read.map_err(|error| Refused::reading(&error, at))? > 0)
    }

    fn refill(&mut self) -> io::Result<()> {
        let mut chunk = std::mem::take(&mut self.carried);
        let kept = chunk.len();
        chunk.resize(kept + CHUNK, 0);
        let read = loop {
            match self.inner.read(&mut chunk[kept..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        let read =
            read.map_err(|error| io::Error::from(Refused::reading(&error, self.gauge.line())))?;
        chunk.truncate(kept + read);
        self.ended = read == 0;
        let first = self.total == 0;
        self.total += read as u64;
        let packed = self.gauge.packed.get();
        if self.unpacked && self.total > PACKED_FROM && self.total / PACKED_AT_MOST > packed {
            return Err(Refused::line(
                self.gauge.line(),
                "unpacks to more than 200 times its size, as no comments do",
                "look at what it is; unpack it yourself (gunzip) if you trust it",
            )
            .into());
        }
        self.at = 0;
        match &mut self.reading {
            Reading::Decoded(decoder) => {
                let most = decoder
                    .max_utf8_buffer_length(chunk.len())
                    .unwrap_or(4 * CHUNK);
                self.text.resize(most, 0);
                let (_, _, written, _) = decoder.decode_to_utf8(&chunk, &mut self.text, self.ended);
                self.text.truncate(written);
                Ok(())
            }
            Reading::Strict => self.admit(chunk, first),
            Reading::Raw => {
                self.text = chunk;
                Ok(())
            }
        }
    }

    fn admit(&mut self, mut chunk: Vec<u8>, first: bool) -> io::Result<()> {
        if first && (chunk.starts_with(&[0xff, 0xfe]) || chunk.starts_with(&[0xfe, 0xff])) {
            return Err(
                Refused::line(1, "is UTF-16", "say so: --encoding utf-16le (or utf-16be)").into(),
            );
        }
        if first && chunk.starts_with(&[0xef, 0xbb, 0xbf]) {
            chunk.drain(..3);
        }
        if let Err(error) = std::str::from_utf8(&chunk) {
            let whole = error.valid_up_to();
            if error.error_len().is_some() || self.ended {
                let before = chunk[..whole].iter().filter(|byte| **byte == b'\n').count();
                return Err(Refused::line(
                    self.gauge.line() + before as u64,
                    "is not UTF-8",
                    "name the file's encoding, such as --encoding windows-1252; with --encoding utf-8 \
                     what is broken is replaced by \u{FFFD}",
                )
                .into());
            }
            self.carried = chunk.split_off(whole);
        }
        self.text = chunk;
        Ok(())
    }
}

impl BufRead for Input {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.gauge.since_entry.get() > ENTRY_BYTES {
            return Err(Refused::line(
                self.gauge.line(),
                "an entry has more than 16 MiB, as no comment has",
                "look at that line; is it the right file and format?",
            )
            .into());
        }
        while self.at == self.text.len() && !self.ended {
            self.refill()?;
        }
        Ok(&self.text[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        let read = &self.text[self.at..self.at + amount];
        let lines = read.iter().filter(|byte| **byte == b'\n').count();
        let gauge = &self.gauge;
        gauge.line.set(gauge.line.get() + lines as u64);
        gauge
            .since_entry
            .set(gauge.since_entry.get() + amount as u64);
        self.at += amount;
    }
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let amount = ready.len().min(buffer.len());
        buffer[..amount].copy_from_slice(&ready[..amount]);
        self.consume(amount);
        Ok(amount)
    }
}

/// Counts the bytes of the file itself.
struct Metered {
    source: Box<dyn Read>,
    gauge: Rc<Gauge>,
    watch: Option<Rc<dyn Fn(u64)>>,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.gauge.packed.set(self.gauge.packed.get() + read as u64);
        if let Some(watch) = &self.watch {
            watch(self.gauge.packed.get());
        }
        Ok(read)
    }
}
