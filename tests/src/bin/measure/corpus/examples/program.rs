//! The program that decodes and encodes: one beside each emitted crate.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Came, Example};
use crate::corpus::figures::Record;
use crate::corpus::generate::NAME;
use crate::corpus::{Task, prepare};
use crate::process::{Ended, Process};
use crate::write;

/// The name of the program; it begins like that of the crate, so that it is cleaned with it.
const PROGRAM: &str = "measured-again";

/// What the program is, but for its types.
const SOURCE: &str = r##"
use std::io::{BufRead, BufReader, BufWriter, Write};

type Again = fn(&str) -> Result<String, String>;

fn again<T: serde::de::DeserializeOwned + serde::Serialize>(text: &str) -> Result<String, String> {
    let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    serde_json::to_string(&value).map_err(|error| format!("encoding: {error}"))
}

fn line(line: &str) -> Result<String, String> {
    let (ty, text) = line.split_once('\t').ok_or("no tab")?;
    let ty: usize = ty.parse().map_err(|_| "no number")?;
    std::panic::catch_unwind(|| TYPES[ty](text)).unwrap_or_else(|_| Err("panic".to_owned()))
}

fn run() {
    let mut arguments = std::env::args().skip(1);
    let from = std::fs::File::open(arguments.next().unwrap()).unwrap();
    let mut to = BufWriter::new(std::fs::File::create(arguments.next().unwrap()).unwrap());
    for text in BufReader::new(from).lines() {
        let result = match line(&text.unwrap()) {
            Ok(text) => serde_json::json!({ "came": text }),
            Err(text) => serde_json::json!({ "refused": text }),
        };
        writeln!(to, "{result}").unwrap();
    }
}

fn main() {
    std::thread::Builder::new().stack_size(256 << 20).spawn(run).unwrap().join().unwrap();
}
"##;

impl Task<'_> {
    /// Decodes examples into their types, which are written as they stand here, and encodes them
    /// again; what comes back stands as a difference, to be looked at.
    pub(super) fn decode_and_encode(
        &self,
        examples: &[(&Example, String)],
        record: &mut Record,
    ) -> Result<Vec<Came>, String> {
        if examples.is_empty() {
            return Ok(Vec::new());
        }
        let types: BTreeSet<&str> = examples.iter().map(|(_, ty)| ty.as_str()).collect();
        let numbers: BTreeMap<&str, usize> = types.iter().copied().zip(0..).collect();
        let program = match self.build(&types)? {
            Ok(program) => program,
            Err(errors) => {
                record.note(&format!(
                    "the program for examples does not build: {errors}"
                ));
                let refused = Came::Refused("its type has no codec".to_owned());
                return Ok(vec![refused; examples.len()]);
            }
        };
        let lines: String = examples
            .iter()
            .map(|(example, ty)| format!("{}\t{}\n", numbers[ty.as_str()], example.value))
            .collect();
        let (from, to) = (self.folder.join("from.txt"), self.folder.join("to.txt"));
        write(&from, &lines)?;
        write(&to, "")?;
        let ended = Process::new(program, &self.folder, self.limit)
            .args([&from, &to])
            .run()?;
        let text = std::fs::read_to_string(&to).map_err(|error| error.to_string())?;
        let mut came: Vec<Came> = text.lines().map(read).collect();
        if came.len() != examples.len() {
            record.note(&format!("decoding ended too early: {}", ended.stderr));
            came.resize(
                examples.len(),
                Came::Refused("decoding ended too early".to_owned()),
            );
        }
        Ok(came)
    }

    /// Builds the program; or says why the compiler does not.
    fn build(&self, types: &BTreeSet<&str>) -> Result<Result<PathBuf, String>, String> {
        prepare(&self.folder, &[NAME, PROGRAM])?;
        let folder = self.folder.join(PROGRAM);
        let manifest = format!(
            "[package]\nname = \"{PROGRAM}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{NAME} = {{ path = \"../{NAME}\" }}\nserde = {{ version = \"1\", default-features = false, features = [\"std\"] }}\nserde_json = \"1\"\n"
        );
        write(&folder.join("Cargo.toml"), &manifest)?;
        // A crate of which no schema has a name has no such module.
        let named = types.iter().any(|ty| ty.contains("types ::"));
        let import = match named {
            true => format!("use {NAME}::types;\n"),
            false => String::new(),
        };
        let mut source = format!("{import}{SOURCE}\n");
        source += "static TYPES: &[Again] = &[\n";
        for ty in types {
            let _ = writeln!(source, "    again::<{ty}>,");
        }
        source += "];\n";
        write(&folder.join("src/main.rs"), &source)?;
        let ended = Process::new(env!("CARGO"), &self.folder, self.limit)
            .args(["build", "-p", PROGRAM, "--message-format", "json"])
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .run()?;
        prepare(&self.folder, &[NAME])?;
        let built = executable(&ended).ok_or_else(|| errors(&ended));
        Ok(built)
    }
}

/// The program that Cargo has built.
fn executable(ended: &Ended) -> Option<PathBuf> {
    messages(ended).find_map(|message| message["executable"].as_str().map(PathBuf::from))
}

/// What the compiler has said.
fn errors(ended: &Ended) -> String {
    let texts: Vec<String> = messages(ended)
        .filter(|message| message["message"]["level"] == "error")
        .filter_map(|message| message["message"]["rendered"].as_str().map(str::to_owned))
        .take(5)
        .collect();
    match texts.is_empty() {
        true => ended.stderr.clone(),
        false => texts.join("\n"),
    }
}

fn messages(ended: &Ended) -> impl Iterator<Item = Value> {
    let lines = ended.stdout.lines();
    lines.filter_map(|line| serde_json::from_str::<Value>(line).ok())
}

/// A line of what the program has written.
fn read(line: &str) -> Came {
    let value = serde_json::from_str(line).unwrap_or_else(|_| json!({ "refused": line }));
    match (value["came"].as_str(), value["refused"].as_str()) {
        (Some(text), _) => Came::Differs(text.to_owned()),
        (None, Some(text)) => Came::Refused(text.to_owned()),
        (None, None) => Came::Refused(line.to_owned()),
    }
}
