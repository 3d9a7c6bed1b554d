"""Find the references in a file or a text, without a graph on disk: the stages with registers and a list of one's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date as Date
from functools import lru_cache
from pathlib import Path

from graph.kinds import BY_NAME
from graph.known import Known
from graph.line import Line
from graph.model import Document, Link, Paper
from graph.read import read as read_file
from ontology.compiled import fingerprint
from ontology.reading import files as register_files
from ontology.registers import Registers


def _line(registers: Iterable[Path], known: Path | None) -> Line:
    own = tuple(registers)
    return _made(
        own, fingerprint(register_files(own)), known, known.stat().st_mtime_ns if known and known.exists() else 0
    )


@lru_cache(maxsize=4)
def _made(own: tuple[Path, ...], _content: str, known: Path | None, _changed: int) -> Line:
    """The line with registers and a list of one's own, made again when what is in them changes."""
    return Line(Registers.load(*own), Known.load(known) if known else None)


def paper(
    source: Path | str | Document,
    date: Date | None = None,
    *,
    registers: Iterable[Path] = (),
    known: Path | None = None,
) -> Paper:
    """What is in a file (a Path), a text (a str) or a document as read: sections, profile and links.

    `date` is that of the paper, if known. A file is read in this process; `graph.apart.read_apart` reads one of a stranger.
    `registers` are files or folders with registers of one's own, which add to ours and override them; `known` is a list of
    known publications, one id a line, also as .xz. Raises ReadError for a file that cannot be read, RegisterError for a
    register and KnownError for a list that cannot be used.
    """
    line = _line(registers, known)
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
) -> list[Link]:
    """The references in a file (a Path) or a text (a str), in the order of the text, resolved or not.

    With `dates` also the days that the text names, which are no references by themselves; `registers` and `known` as in `paper`.
    """
    found = paper(source, date, registers=registers, known=known)
    return [link for link in found.links if dates or BY_NAME[link.kind].listed]
