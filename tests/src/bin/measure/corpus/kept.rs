//! Figures in files: tab-separated values, a line for each document.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::figures::{Better, Figure, Outcome, Record};

/// The columns before those of figures.
const FIRST: [&str; 3] = ["document", "version", "outcome"];

/// Every figure of every document.
pub(super) fn all(records: &[Record]) -> String {
    lines(records.iter(), |_| true)
}

/// The file of kept figures after a run: those that are the same on every machine. What was not
/// measured today keeps its old figures, unless it is gone (`complete`).
pub(super) fn updated(before: &[Record], measured: &[Record], complete: bool) -> String {
    let mut records: BTreeMap<&str, Record> = BTreeMap::new();
    let before = before.iter().filter(|_| !complete || measured.is_empty());
    for record in before.chain(measured) {
        let name = record.document.as_str();
        let mut record = record.clone();
        if let Some(old) = records.get(name) {
            // A step that was left out today has kept its figures.
            for figure in Figure::ALL {
                if record.get(figure).is_none() {
                    record.set_if(figure, old.get(figure));
                }
            }
        }
        records.insert(name, record);
    }
    lines(records.values(), Figure::is_stable)
}

fn lines<'a>(records: impl Iterator<Item = &'a Record>, wanted: impl Fn(Figure) -> bool) -> String {
    let figures: Vec<Figure> = Figure::ALL.into_iter().filter(|&f| wanted(f)).collect();
    let mut heads = FIRST.to_vec();
    heads.extend(figures.iter().map(|figure| figure.name()));
    let mut out = heads.join("\t") + "\n";
    for record in records {
        let mut cells = vec![
            record.document.clone(),
            record.version.clone(),
            record.outcome.name().to_owned(),
        ];
        cells.extend(figures.iter().map(|&figure| match record.get(figure) {
            Some(value) if value.fract() == 0.0 => format!("{value:.0}"),
            Some(value) => format!("{value:.3}"),
            None => String::new(),
        }));
        out += &cells.join("\t");
        out.push('\n');
    }
    out
}

/// The figures that were kept; none if there is no such file yet.
pub(super) fn read(path: &Path) -> Result<Vec<Record>, String> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(format!("{} cannot be read: {error}", path.display())),
    };
    parse(&text).map_err(|error| format!("{}: {error}", path.display()))
}

fn parse(text: &str) -> Result<Vec<Record>, String> {
    let mut lines = text.lines();
    let heads: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    lines
        .map(|line| {
            let mut record = Record::default();
            for (head, cell) in heads.iter().zip(line.split('\t')) {
                read_cell(&mut record, head, cell)
                    .ok_or_else(|| format!("`{cell}` is no value of `{head}`"))?;
            }
            Ok(record)
        })
        .collect()
}

fn read_cell(record: &mut Record, head: &str, cell: &str) -> Option<()> {
    match head {
        "document" => record.document = cell.to_owned(),
        "version" => record.version = cell.to_owned(),
        "outcome" => record.outcome = *Outcome::ALL.iter().find(|o| o.name() == cell)?,
        _ => {
            // A column of another version of this program says nothing to this one.
            let figure = Figure::ALL.into_iter().find(|figure| figure.name() == head);
            if let (Some(figure), false) = (figure, cell.is_empty()) {
                record.set(figure, cell.parse().ok()?);
            }
        }
    }
    Some(())
}

/// What got worse since `before`, a line for each figure; with documents that are gone, if all
/// were to be measured.
pub(super) fn worse(before: &[Record], measured: &[Record], complete: bool) -> Vec<String> {
    let mut found = Vec::new();
    let names: BTreeSet<&str> = measured.iter().map(|r| r.document.as_str()).collect();
    for old in before {
        let name = old.document.as_str();
        if complete && !names.contains(name) {
            found.push(format!("{name}: it is gone"));
        }
    }
    for new in measured {
        let name = new.document.as_str();
        let Some(old) = before.iter().find(|old| old.document == name) else {
            continue;
        };
        if new.outcome < old.outcome {
            let (old, new) = (old.outcome.name(), new.outcome.name());
            found.push(format!("{name}: {new}, was {old}"));
            continue;
        }
        for figure in Figure::ALL {
            let (Some(was), Some(is)) = (old.get(figure), new.get(figure)) else {
                continue;
            };
            let worse = match figure.better() {
                Better::More => is < was,
                Better::Less => is > was,
                Better::Neither => false,
            };
            if worse {
                found.push(format!("{name}: {} is {is}, was {was}", figure.name()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{all, parse, updated, worse};
    use crate::corpus::figures::{Figure, Outcome, Record};

    fn record(document: &str, emitted: f64, errors: f64) -> Record {
        let mut record = Record::named(document);
        record.outcome = Outcome::Generated;
        record.set(Figure::Emitted, emitted);
        record.set(Figure::Errors, errors);
        record.set(Figure::CheckSeconds, 1.5);
        record
    }

    #[test]
    fn what_is_written_is_read() {
        let records = [record("a", 3.0, 0.0), record("b/c", 1.0, 2.0)];
        let text = all(&records);
        let read = parse(&text).expect("it is a table");
        assert_eq!(all(&read), text);
        assert!(parse("outcome\nfine\n").is_err());
    }

    #[test]
    fn worse_is_told_from_better() {
        let before = [record("a", 3.0, 1.0), record("b", 1.0, 0.0)];
        let after = [record("a", 4.0, 2.0)];
        assert_eq!(worse(&before, &after, false), ["a: errors is 2, was 1"]);
        assert_eq!(
            worse(&before, &after, true),
            ["b: it is gone", "a: errors is 2, was 1"]
        );
        let mut refused = record("b", 0.0, 0.0);
        refused.outcome = Outcome::Refused;
        assert_eq!(
            worse(&before, &[refused], false),
            ["b: refused, was generated"]
        );
    }

    #[test]
    fn kept_figures_have_no_times() {
        let before = [record("a", 3.0, 1.0), record("b", 1.0, 0.0)];
        let mut after = Record::named("a");
        after.outcome = Outcome::Generated;
        after.set(Figure::Emitted, 4.0);
        let text = updated(&before, &[after], false);
        let kept = parse(&text).expect("it is a table");
        assert_eq!(kept[0].get(Figure::Emitted), Some(4.0));
        assert_eq!(kept[0].get(Figure::Errors), Some(1.0));
        assert_eq!(kept[0].get(Figure::CheckSeconds), None);
        assert_eq!(kept[1].document, "b");
    }
}
