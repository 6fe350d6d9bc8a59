//! Base64, compression, character encodings and URLs.

use std::io::{Read, Write};

use base64::Engine;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use flate2::Compression;
use flate2::read::MultiGzDecoder;

use super::string::{str, whole};
use super::{Context, Failure, Function, Outcome, Param, Shape};
use crate::terraform::expr::MAX_TEXT;
use crate::value::{Origin, Reason, Type, Unknown, Value};

const STR: Param = Param::new("str", Shape::String);
const ENCODING: Param = Param::new("encoding", Shape::String);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("base64encode", &[STR], Shape::String, |_, args| {
        Ok(whole(&args[0], &STANDARD.encode(str(args, 0)?)))
    }),
    Function::new("base64decode", &[STR], Shape::String, |_, args| text(&args[0], decode(args)?)),
    Function::new("base64gzip", &[STR], Shape::String, gzip),
    Function::new("base64gunzip", &[STR], Shape::String, gunzip),
    Function::new("textencodebase64", &[STR, ENCODING], Shape::String, text_encode),
    Function::new("textdecodebase64", &[Param::new("source", Shape::String), ENCODING], Shape::String, text_decode),
    Function::new("urlencode", &[STR], Shape::String, |_, args| Ok(whole(&args[0], &url_encode(str(args, 0)?)))),
    Function::new("urldecode", &[STR], Shape::String, url_decode),
];

/// Go does not look at the bits that no byte uses.
const LENIENT: GeneralPurpose =
    GeneralPurpose::new(&base64::alphabet::STANDARD, GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true));

/// Go's decoder passes over line ends.
fn decode(args: &[Value]) -> Result<Vec<u8>, Failure> {
    let source: String = str(args, 0)?.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    LENIENT.decode(source).map_err(|_| Failure::of(0, "this is not valid base64"))
}

fn text(source: &Value, bytes: Vec<u8>) -> Outcome {
    let text = String::from_utf8(bytes).map_err(|_| Failure::of(0, "the decoded bytes are not valid UTF-8"))?;
    Ok(whole(source, &text))
}

/// A gzip file as Go's writer lays it out: no name, no time, a flush before the end.
fn gzip(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let input = str(args, 0)?.as_bytes();
    let mut deflated = Vec::new();
    let mut encoder = flate2::write::DeflateEncoder::new(&mut deflated, Compression::default());
    encoder.write_all(input).and_then(|()| encoder.flush()).map_err(|error| error.to_string())?;
    drop(encoder);
    let mut file = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    match u16::try_from(input.len()) {
        // What does not become shorter is stored.
        Ok(length) if input.len() + 10 <= deflated.len() + 3 => {
            file.push(0);
            file.extend(length.to_le_bytes());
            file.extend((!length).to_le_bytes());
            file.extend(input);
            file.extend([0, 0, 0, 0xff, 0xff, 3, 0]);
        }
        _ => file.extend(&deflated),
    }
    let mut crc = flate2::Crc::new();
    crc.update(input);
    file.extend(crc.sum().to_le_bytes());
    file.extend((input.len() as u32).to_le_bytes());
    Ok(whole(&args[0], &STANDARD.encode(file)))
}

fn gunzip(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let compressed = decode(args)?;
    let mut bytes = Vec::new();
    // One byte more than the bound tells whether there would be more.
    let mut decoder = MultiGzDecoder::new(compressed.as_slice()).take(MAX_TEXT as u64 + 1);
    decoder.read_to_end(&mut bytes).map_err(|_| Failure::of(0, "this is not valid gzip"))?;
    if bytes.len() > MAX_TEXT {
        return Err(Failure::limit("the uncompressed text is too long"));
    }
    text(&args[0], bytes)
}

/// The encodings that are computed; of the others only what is ASCII.
enum Encoding {
    Utf8,
    Utf16 {
        big: bool,
        mark: bool,
    },
    Latin1,
    Windows1252,
    Ascii,
    /// A superset of ASCII whose other characters are not computed.
    Foreign,
}

/// An encoding by its IANA name or a common alias.
fn encoding(args: &[Value]) -> Result<Encoding, Failure> {
    let name = str(args, 1)?.to_ascii_lowercase();
    Ok(match name.as_str() {
        "utf-8" | "utf8" | "csutf8" => Encoding::Utf8,
        "utf-16le" | "csutf16le" => Encoding::Utf16 { big: false, mark: false },
        "utf-16be" | "csutf16be" => Encoding::Utf16 { big: true, mark: false },
        "utf-16" | "csutf16" => Encoding::Utf16 { big: true, mark: true },
        "iso-8859-1" | "iso_8859-1" | "latin1" | "l1" | "ibm819" | "cp819" | "iso-ir-100" | "csisolatin1"
        | "iso_8859-1:1987" => Encoding::Latin1,
        "windows-1252" | "cswindows1252" => Encoding::Windows1252,
        "us-ascii" | "ascii" | "ansi_x3.4-1968" | "iso646-us" | "us" | "cp367" | "ibm367" | "csascii" => {
            Encoding::Ascii
        }
        "gbk" | "cp936" | "ms936" | "windows-936" | "gb18030" | "gb2312" | "big5" | "shift_jis" | "ms_kanji"
        | "csshiftjis" | "euc-jp" | "euc-kr" | "koi8-r" | "koi8-u" | "macintosh" | "ibm866" | "cp866" | "ibm850"
        | "ibm852" | "ibm437" | "cp437" | "tis-620" => Encoding::Foreign,
        name if name.strip_prefix("iso-8859-").is_some_and(|part| matches!(part.parse::<u8>(), Ok(2..=16))) => {
            Encoding::Foreign
        }
        name if name.strip_prefix("windows-").is_some_and(|part| {
            matches!(part, "874" | "1250" | "1251" | "1253" | "1254" | "1255" | "1256" | "1257" | "1258")
        }) =>
        {
            Encoding::Foreign
        }
        _ => return Err(Failure::of(1, format!("{:?} is not a supported IANA encoding name", str(args, 1)?))),
    })
}

/// The characters of the bytes 0x80 to 0x9f in Windows-1252; the rest is Latin-1.
const WINDOWS_1252: [char; 32] = [
    '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}', '\u{2021}', '\u{2c6}', '\u{2030}',
    '\u{160}', '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}', '\u{8f}', '\u{90}', '\u{2018}', '\u{2019}', '\u{201c}',
    '\u{201d}', '\u{2022}', '\u{2013}', '\u{2014}', '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}', '\u{153}', '\u{9d}',
    '\u{17e}', '\u{178}',
];

fn unsupported() -> Value {
    let unknown = Unknown::new(Reason::Unsupported("this character encoding".into())).typed(Type::String);
    Value::unknown(unknown, Origin::none())
}

fn text_encode(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let source = str(args, 0)?;
    let encoding = encoding(args)?;
    let missing = || Failure::of(0, "the string has characters that this encoding cannot express");
    let bytes: Vec<u8> = match encoding {
        Encoding::Utf8 => source.as_bytes().to_vec(),
        Encoding::Utf16 { big, mark } => mark
            .then_some(0xfeff)
            .into_iter()
            .chain(source.encode_utf16())
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect(),
        Encoding::Latin1 => {
            source.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect::<Option<_>>().ok_or_else(missing)?
        }
        Encoding::Windows1252 => source
            .chars()
            .map(|c| match WINDOWS_1252.iter().position(|known| *known == c) {
                Some(index) => Some(0x80 + index as u8),
                None => u8::try_from(u32::from(c)).ok().filter(|byte| !(0x80..0xa0).contains(byte)),
            })
            .collect::<Option<_>>()
            .ok_or_else(missing)?,
        Encoding::Ascii | Encoding::Foreign if source.is_ascii() => source.as_bytes().to_vec(),
        Encoding::Ascii => return Err(missing()),
        Encoding::Foreign => return Ok(unsupported()),
    };
    Ok(whole(&args[0], &STANDARD.encode(bytes)))
}

fn text_decode(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let encoding = encoding(args)?;
    let bytes = decode(args)?;
    let units = |big: bool| -> Vec<u16> {
        bytes
            .chunks(2)
            .map(|pair| match (pair, big) {
                ([a, b], true) => u16::from_be_bytes([*a, *b]),
                ([a, b], false) => u16::from_le_bytes([*a, *b]),
                _ => 0xfffd,
            })
            .collect()
    };
    let decoded = match encoding {
        Encoding::Utf8 => String::from_utf8_lossy(&bytes).into_owned(),
        Encoding::Utf16 { big, mark } => {
            let little = mark && bytes.starts_with(&[0xff, 0xfe]);
            let decoded = String::from_utf16_lossy(&units(big && !little));
            if mark { decoded.trim_start_matches('\u{feff}').to_owned() } else { decoded }
        }
        Encoding::Latin1 => bytes.iter().map(|byte| char::from(*byte)).collect(),
        Encoding::Windows1252 => bytes
            .iter()
            .map(|byte| match byte.checked_sub(0x80).and_then(|index| WINDOWS_1252.get(usize::from(index))) {
                Some(c) => *c,
                None => char::from(*byte),
            })
            .collect(),
        Encoding::Ascii => String::from_utf8_lossy(&bytes).into_owned(),
        Encoding::Foreign if bytes.is_ascii() => String::from_utf8_lossy(&bytes).into_owned(),
        Encoding::Foreign => return Ok(unsupported()),
    };
    if decoded.contains('\u{fffd}') {
        return Err(Failure::of(0, "the bytes are not defined in this encoding"));
    }
    Ok(whole(&args[0], &decoded))
}

/// Go's `url.QueryEscape`.
fn url_encode(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            b' ' => out.push('+'),
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    })
}

/// Go's `url.QueryUnescape`.
fn url_decode(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let source = str(args, 0)?.as_bytes();
    let mut bytes = Vec::with_capacity(source.len());
    let mut index = 0;
    while let Some(byte) = source.get(index) {
        match byte {
            b'%' => {
                let digits = source.get(index + 1..index + 3).and_then(|pair| std::str::from_utf8(pair).ok());
                let code = digits.filter(|pair| pair.bytes().all(|b| b.is_ascii_hexdigit()));
                let code = code.and_then(|pair| u8::from_str_radix(pair, 16).ok());
                bytes.push(code.ok_or_else(|| Failure::of(0, "there is an invalid escape"))?);
                index += 2;
            }
            b'+' => bytes.push(b' '),
            byte => bytes.push(*byte),
        }
        index += 1;
    }
    text(&args[0], bytes)
}
