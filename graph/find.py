"""Find the references in a file or a text, without a graph on disk: the stages with registers and a list of one's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date as Date
from functools import lru_cache
from pathlib import Path

from graph.corrections import Corrections
from graph.kinds import BY_NAME
from graph.known import Known
from graph.line import Line
from graph.model import Document, Link, Paper
from graph.read import read as read_file
from ontology.compiled import fingerprint
from ontology.reading import files as register_files
from ontology.registers import Registers


def _line(registers: Iterable[Path], known: Path | None, corrections: Path | None) -> Line:
    own, files = tuple(registers), (known, corrections)
    changed = tuple(map(_modified, files))
    return _made(own, fingerprint(register_files(own)), *files, changed)


def _modified(file: Path | None) -> int:
    """Return when a file was changed; 0 where that cannot be told, which whoever loads it reports."""
    try:
        return file.stat().st_mtime_ns if file else 0
    except OSError:
        return 0


@lru_cache(maxsize=4)
def _made(
    own: tuple[Path, ...], _content: str, known: Path | None, corrections: Path | None, _changed: tuple[int, ...]
) -> Line:
    """The line with registers, a list and corrections of one's own, made again when what is in them changes."""
    said = Corrections.load(corrections) if corrections else None
    return Line(Registers.load(*own), Known.load(known) if known else None, said)


def paper(
    source: Path | str | Document,
    date: Date | None = None,
    *,
    registers: Iterable[Path] = (),
    known: Path | None = None,
    corrections: Path | None = None,
) -> Paper:
    """What is in a file (a Path), a text (a str) or a document as read: sections, profile and links.

    `date` is that of the paper, if known. A file is read in this process; `graph.apart.read_apart` reads one of a stranger.
    `registers` are files or folders with registers of one's own, which add to ours and override them; `known` is a list of
    known publications, one id a line, also as .xz; `corrections` is a file of what people said of references. Raises ReadError
    for a file that cannot be read, RegisterError, KnownError and CorrectionsError for a register, a list and corrections that
    cannot be used.
    """
    line = _line(registers, known, corrections)
    if isinstance(source, Path):
        return line.paper(read_file(source), date)
    if isinstance(source, Document):
        return line.paper(source, date)
    digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
    return line.paper(Document("text", source, digest, "text"), date)


def references(
    source: Path | str,
    date: Date | None = None,
    *,
    dates: bool = False,
    registers: Iterable[Path] = (),
    known: Path | None = None,
    corrections: Path | None = None,
) -> list[Link]:
    """The references in a file (a Path) or a text (a str), in the order of the text, resolved or not.

    With `dates` also the days that the text names, which are no references by themselves; the rest as in `paper`.
    """
    found = paper(source, date, registers=registers, known=known, corrections=corrections)
    return [link for link in found.links if dates or BY_NAME[link.kind].listed]
