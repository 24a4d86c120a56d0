//! The table for people.

use super::figures::{Figure, Outcome, Record};

/// A column: its heading, and what stands in it for a record.
type Column = (&'static str, fn(&Record) -> String);

/// The columns; those in which nothing stands are left out.
const COLUMNS: [Column; 18] = [
    ("document", |r| r.document.clone()),
    ("operations", |r| of(r, Figure::Emitted, Figure::Documented)),
    ("types", |r| whole(r, Figure::Types)),
    ("skipped", |r| whole(r, Figure::Skipped)),
    ("widened", |r| whole(r, Figure::Widened)),
    ("generate", |r| {
        cost(r, Figure::GenerateSeconds, Figure::GenerateMegabytes)
    }),
    ("lines", |r| whole(r, Figure::Lines)),
    ("check", |r| {
        cost(r, Figure::CheckSeconds, Figure::CheckMegabytes)
    }),
    ("errors", |r| whole(r, Figure::Errors)),
    ("warnings", |r| whole(r, Figure::Warnings)),
    ("clippy", |r| whole(r, Figure::Clippy)),
    ("doc", |r| whole(r, Figure::Doc)),
    ("examples", |r| whole(r, Figure::Examples)),
    ("untyped", |r| whole(r, Figure::Untyped)),
    ("equal", |r| whole(r, Figure::Equal)),
    ("differ", |r| whole(r, Figure::Differ)),
    ("refused", |r| whole(r, Figure::Refused)),
    ("contradicted", |r| whole(r, Figure::Contradicted)),
];

fn whole(record: &Record, figure: Figure) -> String {
    record
        .get(figure)
        .map_or_else(String::new, |value| format!("{value:.0}"))
}

fn of(record: &Record, part: Figure, all: Figure) -> String {
    let (part, all) = (whole(record, part), whole(record, all));
    let all = if all.is_empty() { "?" } else { &all };
    match record.outcome {
        Outcome::Generated => format!("{part}/{all}"),
        Outcome::Crashed | Outcome::Stopped | Outcome::Refused => {
            format!("{} {part}/{all}", record.outcome.name())
        }
    }
}

fn cost(record: &Record, time: Figure, memory: Figure) -> String {
    let Some(time) = record.get(time) else {
        return String::new();
    };
    match record.get(memory) {
        Some(memory) => format!("{time:.2} s {memory:.0} MB"),
        None => format!("{time:.2} s"),
    }
}

/// The table, with what it comes to.
pub(super) fn table(records: &[Record]) -> String {
    let heads = COLUMNS.iter().map(|(head, _)| (*head).to_owned()).collect();
    let mut rows: Vec<Vec<String>> = vec![heads];
    rows.extend(
        records
            .iter()
            .map(|record| COLUMNS.iter().map(|(_, cell)| cell(record)).collect()),
    );
    let widths: Vec<usize> = (0..COLUMNS.len())
        .map(|column| {
            let cells = rows.iter().skip(1).map(|row| row[column].chars().count());
            match cells.max().unwrap_or_default() {
                0 => 0,
                widest => widest.max(COLUMNS[column].0.len()),
            }
        })
        .collect();
    let mut out = String::new();
    for row in &rows {
        let mut line = format!("{:width$}", row[0], width = widths[0]);
        for (cell, &width) in row.iter().zip(&widths).skip(1) {
            if width > 0 {
                line += &format!("  {cell:>width$}");
            }
        }
        out += line.trim_end();
        out.push('\n');
    }
    out + &totals(records)
}

/// What all documents come to.
fn totals(records: &[Record]) -> String {
    let sum = |figure: Figure| records.iter().filter_map(|r| r.get(figure)).sum::<f64>();
    let generated = records.iter().filter(|r| r.is_generated()).count();
    let clean = records.iter().filter(|r| is_clean(r)).count();
    let complete = records.iter().filter(|r| is_complete(r)).count();
    let (emitted, documented) = (sum(Figure::Emitted), sum(Figure::Documented));
    let all = records.len();
    let mut out = format!(
        "\n{generated} of {all} documents generated, {complete} with every operation\n\
         {emitted:.0} of {documented:.0} operations emitted ({})\n",
        percent(emitted, documented)
    );
    if records.iter().any(|r| r.get(Figure::Errors).is_some()) {
        out += &format!(
            "{clean} of {all} crates without an error or a warning; {:.0} errors, {:.0} warnings\n",
            sum(Figure::Errors),
            sum(Figure::Warnings)
        );
    }
    if records.iter().any(|r| r.get(Figure::Examples).is_some()) {
        let (equal, differ) = (sum(Figure::Equal), sum(Figure::Differ));
        let refused = sum(Figure::Refused);
        out += &format!(
            "{equal:.0} of {:.0} examples came back equal ({}), {differ:.0} differ, {refused:.0} were \
             refused; besides, {:.0} contradict their own schema, {:.0} have no type\n",
            equal + differ + refused,
            percent(equal, equal + differ + refused),
            sum(Figure::Contradicted),
            sum(Figure::Untyped)
        );
    }
    out
}

/// Whether every operation is there.
fn is_complete(record: &Record) -> bool {
    record.is_generated()
        && record.get(Figure::Documented).is_some()
        && record.get(Figure::Documented) <= record.get(Figure::Emitted)
}

/// Whether nobody complains about the crate.
fn is_clean(record: &Record) -> bool {
    let none = |figure| record.get(figure).unwrap_or_default() == 0.0;
    record.get(Figure::Errors).is_some()
        && [
            Figure::Errors,
            Figure::Warnings,
            Figure::Clippy,
            Figure::Doc,
        ]
        .into_iter()
        .all(none)
}

/// A part of a whole; all, where there is nothing.
fn percent(part: f64, all: f64) -> String {
    let share = if all == 0.0 {
        100.0
    } else {
        part / all * 100.0
    };
    // Not quite all must not look like all.
    format!("{:.2} %", (share * 100.0).floor() / 100.0)
}
