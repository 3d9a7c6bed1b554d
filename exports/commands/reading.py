"""`references`, `text` and `annotate`: what is in one file, without a graph."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exports.messages import counted
from exports.terminal import (
    CorrectionsOption,
    KnownOption,
    Language,
    RegisterOption,
    app,
    complain,
    fail,
    listed,
    out,
    say,
    show,
    write_lines,
)

if TYPE_CHECKING:
    from graph.gather import File
    from graph.model import Document, Link, Paper

DateOption = Annotated[
    datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], help="The date of the papers, if they do not tell it."),
]
DatesOption = Annotated[bool, typer.Option("--dates", help="Also the days that the text names.")]


class RowFormat(StrEnum):
    """How `references` writes."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


@app.command(epilog="Example: kamergraaf references letter.txt --format jsonl | jq .id")
def references(
    files: Annotated[
        list[Path],
        typer.Argument(
            readable=False, help="Files, folders and zip files with papers; - for a list on standard input."
        ),
    ],
    date: DateOption = None,
    form: Annotated[
        RowFormat | None, typer.Option("--format", help="table for people (jsonl where the output is piped).")
    ] = None,
    dates: DatesOption = False,
    registers: RegisterOption = None,
    known: KnownOption = None,
    corrections: CorrectionsOption = None,
) -> None:
    """List the references in files, folders and zip files, without a graph. Exit code 1 if some could not be read."""
    from exports import reports, tables
    from graph.gather import find
    from graph.read import NoPaperError, ReadError
    from graph.report import Report

    chosen = form or (RowFormat.table if out().is_terminal else RowFormat.jsonl)
    places = listed(files)
    there = find(places, None)
    papers: list[Paper] = []
    report = Report(skipped=there.skipped, hidden=there.hidden)
    if chosen is RowFormat.csv:
        write_lines([tables.as_csv([tables.COLUMNS]).rstrip("\n")])
    for file in there.files.values():
        try:
            found = _read(file, date, registers, known, corrections)
        except ReadError as error:
            # the same rule as that of a build: what nobody named need not be a paper
            if isinstance(error, NoPaperError) and not file.asked:
                report.skipped.append((file.name, error.reason))
            else:
                report.failed.append(error)
                complain(str(error))
            continue
        if corrections:
            papers.append(found)
        links = _asked(found.links, dates)
        rows = (tables.row(found.document, file.name, link) for link in links)
        if chosen is RowFormat.table:
            show(*([""] if len(papers) > 1 else []), tables.of_links(found.document, links))
        elif chosen is RowFormat.jsonl:
            write_lines(tables.as_jsonl(rows))
        elif links:
            cells = ([each.get(name) for name in tables.COLUMNS] for each in rows)
            write_lines([tables.as_csv(cells).rstrip("\n")])
    for failure in there.failed:
        complain(str(failure))
    for line in reports.skipped(report):
        say(line)
    if corrections:
        _say_unmatched(corrections, papers)
    if not (there.files or there.failed):
        fail(f"no papers found in {', '.join(map(str, places))}")
    if report.failed or there.failed:
        raise typer.Exit(1)


def _say_unmatched(file: Path, papers: Iterable[Paper]) -> None:
    """Tell which corrections of some papers are not obeyed, and how many are of others."""
    from exports.reports import unmatched
    from graph.corrections import Corrections
    from graph.obeyed import NOTHING

    read = {each.profile.iri for each in papers}
    obeyed = {link.correction.iri for each in papers for link in each.links if link.correction}
    others = 0
    for each in Corrections.load(file):
        if each.paper not in read:
            others += 1
        elif each.iri not in obeyed:
            say(unmatched(each, NOTHING))
    if others:
        say(f"{counted(others, 'correction')} in {file} on papers that were not read here")


@app.command(epilog="Example: kamergraaf text letter.txt | head")
def text(file: Annotated[Path, typer.Argument(readable=False, help="A file with a paper.")]) -> None:
    """Print the text as read, to which all offsets refer."""
    from graph.apart import read_apart
    from graph.gather import locate
    from graph.read import ReadError

    try:
        document = read_apart(locate(file))
    except ReadError as error:
        fail(str(error))
    _say_partial(document)
    sys.stdout.buffer.write(document.text.encode("utf-8"))
    sys.stdout.buffer.flush()


@app.command(epilog="Example: kamergraaf annotate letter.pdf -o letter.html")
def annotate(
    file: Annotated[Path, typer.Argument(readable=False, help="A file with a paper.")],
    target: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="The page to write; FILE.annotated.html in this folder without it."),
    ] = None,
    language: Annotated[Language, typer.Option("--language", help="The language of the page.")] = Language.nl,
    date: DateOption = None,
    dates: DatesOption = False,
    registers: RegisterOption = None,
    known: KnownOption = None,
    corrections: CorrectionsOption = None,
) -> None:
    """Write the document as one page with every reference clickable; it works without network."""
    from exports import annotated
    from graph.disk_full import reason
    from graph.filenames import escape_name
    from graph.gather import locate
    from graph.read import ReadError

    page = target or Path(f"{escape_name(file.stem)}.annotated.html")
    if os.path.exists(page) and os.path.exists(file) and page.samefile(file):
        fail(f"{page} is the paper itself; give the page another name", 2)
    try:
        found = _read(locate(file), date, registers, known, corrections)
    except ReadError as error:
        fail(str(error))
    links = _asked(found.links, dates)
    try:
        size = annotated.write(found, links, page, language=language.value)
    except OSError as error:
        fail(f"{page} cannot be written: {reason(error, page)}")
    say(f"{page}: {counted(len(links), 'reference')}, {size // 1024} kB")


def _read(
    file: File, date: datetime | None, registers: list[Path] | None, known: Path | None, corrections: Path | None
) -> Paper:
    """Read a file in a worker process and report what could not be read of it. Raises ReadError."""
    from graph.apart import read_apart
    from graph.find import paper

    day, document = date.date() if date else None, read_apart(file)
    _say_partial(document)
    return paper(document, day, registers=registers or (), known=known, corrections=corrections)


def _say_partial(document: Document) -> None:
    """Say what a reader could not read of a document, as `build` does."""
    from exports.reports import partial
    from graph.work import left_out

    if said := partial(document.name, left_out(document.metadata)):
        say(said)


def _asked(links: Iterable[Link], dates: bool) -> list[Link]:
    """The references, with the days that the text names if these are wanted too."""
    from graph.kinds import BY_NAME

    return [link for link in links if BY_NAME[link.kind].listed or (dates and link.kind == "date")]
