//! XML as a stream of elements, without what makes XML dangerous.

use std::io;
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::input::{Gauge, Input};
use super::refused::Refused;

/// Elements within elements; exports have six.
const DEEPEST: usize = 64;
/// The longest text of one element, in bytes.
const LONGEST_TEXT: usize = 16 * 1024 * 1024;

/// What comes next in a document.
pub enum Node {
    /// An element begins; `id` is its `dsq:id`, if it has one.
    Open { name: String, id: Option<String> },
    /// An element ends; `text` is what stood in it since an element began or ended.
    Close { name: String, text: String },
}

/// The elements of a document.
pub struct Elements {
    reader: Reader<Input>,
    gauge: Rc<Gauge>,
    buffer: Vec<u8>,
    text: String,
    open: usize,
    /// The end of an element that was written as `<empty/>`.
    closing: Option<String>,
}

impl Elements {
    pub fn new(input: Input) -> Self {
        let gauge = input.gauge();
        let mut reader = Reader::from_reader(input);
        // A lone ampersand is a mistake that blogs make.
        reader.config_mut().allow_dangling_amp = true;
        Self {
            reader,
            gauge,
            buffer: Vec::new(),
            text: String::new(),
            open: 0,
            closing: None,
        }
    }

    /// The line that was read last, from 1.
    pub fn line(&self) -> u64 {
        self.gauge.line()
    }

    /// The next beginning or end of an element; `None` at the end of the document.
    ///
    /// # Errors
    /// It is no XML, is cut off, or does what no export does.
    pub fn next(&mut self) -> Result<Option<Node>, Refused> {
        if let Some(name) = self.closing.take() {
            return Ok(Some(self.close(name)));
        }
        loop {
            self.buffer.clear();
            let began = self.gauge.line();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(error) => return Err(self.refused(&error, began)),
            };
            match event {
                Event::Start(start) => {
                    let node = opened(&start);
                    self.begin()?;
                    return Ok(Some(node));
                }
                Event::Empty(start) => {
                    let node = opened(&start);
                    self.closing = Some(start.name().as_ref().to_string());
                    self.begin()?;
                    return Ok(Some(node));
                }
                Event::End(end) => {
                    let name = end.name().as_ref().to_string();
                    return Ok(Some(self.close(name)));
                }
                Event::Text(text) => self.text.push_str(&text.xml10_content()),
                Event::CData(text) => self.text.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                    Ok(Some(character)) => self.text.push(character),
                    _ => {
                        // XML's own five, and HTML's, which blogs write as well.
                        let written = format!("&{};", reference.xml10_content());
                        self.text.push_str(&htmlize::unescape(written.as_str()));
                    }
                },
                Event::DocType(doctype) if doctype.contains('[') => {
                    return Err(Refused::line(
                        began,
                        "declares entities of its own, as no export does",
                        "get the file from the blog itself; this one may be an attack",
                    ));
                }
                Event::Eof if self.open > 0 => {
                    return Err(Refused::line(
                        self.gauge.line(),
                        "the file ends in the middle",
                        "export it again: the export was cut off, often by a time limit of the blog's host",
                    ));
                }
                Event::Eof => return Ok(None),
                Event::Decl(decl) => {
                    if let Some(Ok(encoding)) = decl.encoding()
                        && !encoding.eq_ignore_ascii_case("utf-8")
                        && !self.reader.get_ref().is_decoded()
                    {
                        return Err(Refused::line(
                            began,
                            format!("says that it is in {encoding}"),
                            format!("name it: --encoding {}", encoding.to_lowercase()),
                        ));
                    }
                }
                Event::DocType(_) | Event::Comment(_) | Event::PI(_) => {}
            }
            if self.text.len() > LONGEST_TEXT {
                return Err(Refused::line(
                    began,
                    "an element has more than 16 MiB of text",
                    "look at that line; is it the right file and format?",
                ));
            }
        }
    }

    fn begin(&mut self) -> Result<(), Refused> {
        self.gauge.entry();
        self.text.clear();
        self.open += 1;
        if self.open > DEEPEST {
            return Err(Refused::line(
                self.gauge.line(),
                "more than 64 elements stand within each other, as in no export",
                "look at that line; is it the right file?",
            ));
        }
        Ok(())
    }

    fn close(&mut self, name: String) -> Node {
        self.gauge.entry();
        self.open -= 1;
        Node::Close {
            name,
            text: std::mem::take(&mut self.text),
        }
    }

    fn refused(&self, error: &quick_xml::Error, line: u64) -> Refused {
        match error {
            quick_xml::Error::Io(error) => {
                let error: &io::Error = error;
                Refused::reading(error, line)
            }
            quick_xml::Error::Syntax(_) => Refused::line(
                line,
                format!("the file ends in the middle ({error})"),
                "export it again: it was cut off, often by a time limit of the blog's host",
            ),
            _ => Refused::line(
                line,
                format!("is no XML ({error})"),
                "export it again, or mend that line",
            ),
        }
    }
}

fn opened(start: &BytesStart<'_>) -> Node {
    let id = start.try_get_attribute("dsq:id").ok().flatten();
    Node::Open {
        name: start.name().as_ref().to_string(),
        id: id.map(|id| id.value.trim().to_owned()),
    }
}
