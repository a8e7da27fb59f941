//! JSON documents that are one large object: the elements of its arrays, one by
//! one, however large it is.

use std::fmt;
use std::rc::Rc;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::error::Category;

use super::input::{Gauge, Input};
use super::refused::Refused;
use super::words::said;

/// Hears the name of an array, the line of an element, and the element.
type Found<'f> = dyn FnMut(&str, u64, &Value) -> Result<(), Refused> + 'f;

/// Gives each element of the arrays of these names to `found`, at whatever depth
/// they stand.
///
/// # Errors
/// It is no JSON, is cut off, an element is too large, or `found` refuses it.
pub fn elements(input: Input, names: &[&str], found: &mut Found<'_>) -> Result<(), Refused> {
    let gauge = input.gauge();
    let mut walk = Walk {
        names,
        found,
        gauge: Rc::clone(&gauge),
        refused: None,
    };
    let mut json = serde_json::Deserializer::from_reader(input);
    let outcome = Step {
        walk: &mut walk,
        name: None,
    }
    .deserialize(&mut json)
    .and_then(|()| json.end());
    match (walk.refused, outcome) {
        (Some(refused), _) => Err(refused),
        (None, Ok(())) => Ok(()),
        (None, Err(error)) => Err(refused(error, gauge.line())),
    }
}

fn refused(error: serde_json::Error, line: u64) -> Refused {
    match error.classify() {
        Category::Io => Refused::reading(&error.into(), line),
        Category::Eof => Refused::line(
            line,
            "the file ends in the middle",
            "export it again: it was cut off",
        ),
        Category::Syntax | Category::Data => Refused::line(
            line,
            format!("is no JSON ({error})"),
            "export it again, and name the file as it came",
        ),
    }
}

/// What a value says under a key, if it is text or a number.
pub fn text(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) => said(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Whether a value says yes under a key.
pub fn flag(value: &Value, key: &str) -> bool {
    match value.get(key) {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::Number(number)) => number.as_f64() == Some(1.0),
        _ => false,
    }
}

struct Walk<'w> {
    names: &'w [&'w str],
    found: &'w mut Found<'w>,
    gauge: Rc<Gauge>,
    refused: Option<Refused>,
}

/// One value of the document; `name` is that of its array, if it is wanted.
struct Step<'s, 'w> {
    walk: &'s mut Walk<'w>,
    name: Option<String>,
}

impl<'de> DeserializeSeed<'de> for Step<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Step<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            self.walk.gauge.entry();
            let wanted = self.walk.names.contains(&key.as_str());
            map.next_value_seed(Step {
                walk: self.walk,
                name: wanted.then_some(key),
            })?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<(), A::Error> {
        loop {
            self.walk.gauge.entry();
            let Some(name) = &self.name else {
                let next = Step {
                    walk: self.walk,
                    name: None,
                };
                match array.next_element_seed(next)? {
                    Some(()) => continue,
                    None => return Ok(()),
                }
            };
            let Some(element) = array.next_element::<Value>()? else {
                return Ok(());
            };
            let line = self.walk.gauge.line();
            if let Err(refused) = (self.walk.found)(name, line, &element) {
                self.walk.refused = Some(refused);
                return Err(de::Error::custom("refused"));
            }
        }
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
