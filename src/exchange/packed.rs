//! A file as it comes from the disk: measured, and unpacked where it is gzip.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;

use super::refused::Refused;

/// What is read at once, in bytes.
const CHUNK: usize = 64 * 1024;
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

    /// How much of the entry was read, in bytes.
    pub fn of_entry(&self) -> u64 {
        self.since_entry.get()
    }

    /// Counts what was read.
    pub fn read(&self, lines: u64, bytes: u64) {
        self.line.set(self.line.get() + lines);
        self.since_entry.set(self.since_entry.get() + bytes);
    }

    /// Whether `unpacked` bytes may have come out of what was read of the file.
    ///
    /// # Errors
    /// They are too many.
    pub fn no_bomb(&self, unpacked: u64) -> Result<(), Refused> {
        if unpacked <= PACKED_FROM || unpacked / PACKED_AT_MOST <= self.packed.get() {
            return Ok(());
        }
        Err(Refused::line(
            self.line(),
            "unpacks to more than 200 times its size, as no comments do",
            "look at what it is; unpack it yourself (gunzip) if you trust it",
        ))
    }
}

/// Hears how many bytes of the file were read.
pub type Watch = Rc<dyn Fn(u64)>;

/// What is in the file, and whether it was packed.
///
/// # Errors
/// It cannot be read, or is packed in another way.
pub fn unpacked(
    source: Box<dyn Read>,
    gauge: &Rc<Gauge>,
    watch: Option<Watch>,
) -> Result<(Box<dyn Read>, bool), Refused> {
    let metered = Metered {
        source,
        gauge: Rc::clone(gauge),
        watch,
    };
    let mut packed = BufReader::with_capacity(CHUNK, metered);
    let head = packed
        .fill_buf()
        .map_err(|error| Refused::reading(&error, 1))?;
    match head {
        [0x1f, 0x8b, ..] => Ok((Box::new(MultiGzDecoder::new(packed)), true)),
        [b'P', b'K', 3, 4, ..] => Err(Refused::file(
            "is a zip file",
            "unpack it (unzip), and name the file in it",
        )),
        [0xfd, b'7', b'z', b'X', ..] | [b'B', b'Z', b'h', ..] | [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            Err(Refused::file(
                "is packed",
                "unpack it first; gzip alone is unpacked here",
            ))
        }
        _ => Ok((Box::new(packed), false)),
    }
}

/// Counts the bytes of the file itself.
struct Metered {
    source: Box<dyn Read>,
    gauge: Rc<Gauge>,
    watch: Option<Watch>,
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
