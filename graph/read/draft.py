"""A text while a reader writes it, with what the markup told of its places."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from graph.model import Document, Mention, Note, Section, Span
from graph.read.errors import ReadError

_BLANKS = re.compile(r"[ \t\r\n\f\x0b]+")
BANNED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML and no graph may hold; replaced one for one, so that offsets stay."""
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Digits to the raised digits that marks of notes are written in."""


class Draft:
    """Words, lines and paragraphs are added at the end; blanks are folded as a browser does. Notes wait for a line end.

    A note is written behind the paragraph that bears its mark, so that no sentence is cut in two.
    """

    def __init__(self) -> None:
        """An empty text."""
        self.given: list[Mention] = []
        self.notes: list[Note] = []
        self.sections: list[Section] = []
        self._pieces: list[str] = []
        self._places: list[tuple[int, str]] = []
        self._waiting: list[tuple[int, Span, Draft]] = []
        self._length = 0
        self._blank = False
        self._end = "\n\n"

    def words(self, text: str) -> None:
        """Running text: every run of blanks and line ends is one blank."""
        folded = _BLANKS.sub(" ", text)
        if folded == " " or not folded:
            self._blank = self._blank or bool(folded)
            return
        if folded[0] == " " or self._blank:
            self._space()
        self._add(folded.strip(" "))
        self._blank = folded[-1] == " "

    def exact(self, text: str) -> None:
        """Text as it is, line ends and all."""
        if text:
            self._space(needed=self._blank)
            self._add(text)

    def here(self) -> int:
        """The offset at which the next word will stand."""
        self._space(needed=self._blank)
        return self._length

    @property
    def length(self) -> int:
        """The offset behind the last word."""
        return self._length

    @property
    def empty(self) -> bool:
        """Whether nothing was written yet."""
        return not self._length

    def line(self) -> None:
        """End the line, if something stands on it."""
        self._blank = False
        if not self._end.endswith("\n"):
            self._add("\n")

    def paragraph(self) -> None:
        """End the paragraph, and write the notes whose marks stand in it."""
        self.line()
        waiting, self._waiting = self._waiting, []
        for number, mark, content in waiting:
            self._break()
            start = self._length
            self._add(f"{number}".translate(RAISED) + " ")
            self._join(content)
            self.notes.append(Note(number, Span(start, self._length), mark))
            self.line()
        self._break()

    def cell(self) -> None:
        """Go on to the next cell of a row."""
        self._blank = False
        if not self._end.endswith(("\n", "\t")):
            self._add("\t")

    def place(self, where: str) -> None:
        """From here on the text stands at this place of the source."""
        if not self._places or self._places[-1][1] != where:
            start = self._length
            if self._places and self._places[-1][0] == start:
                self._places.pop()
            self._places.append((start, where))

    def note(self, number: int, content: Draft) -> None:
        """A note whose mark stands here."""
        self._blank = False
        start = self._length
        self._add(f"{number}".translate(RAISED))
        self._waiting.append((number, Span(start, self._length), content))

    def give(self, mention: Mention | None) -> None:
        """A reference that the source states, unless it covers no words."""
        if mention and mention.span.start < mention.span.end:
            self.given.append(mention)

    def so_far(self) -> str:
        """The text written up to here."""
        if len(self._pieces) > 1:
            self._pieces = ["".join(self._pieces)]
        return self._pieces[0] if self._pieces else ""

    def document(self, name: str, data: bytes, form: str, metadata: Mapping[str, str]) -> Document:
        """The finished document. Raises ReadError if nothing was written."""
        self.paragraph()
        text, replaced = BANNED.subn("\ufffd", self.so_far().rstrip())
        if not text.strip():
            raise ReadError(name, f"the file has no text ({form})")
        text += "\n"
        told = {key: value for key, value in metadata.items() if value}
        if replaced:
            told["replaced"] = str(replaced)
        worded = [replace(each, span=_inked(each.span, text)) for each in self.given]
        given = tuple(sorted((each for each in worded if each.span.start < each.span.end), key=lambda each: each.span))
        return Document(
            name, text, hashlib.sha256(data).hexdigest(), form, told, given, tuple(self.notes), tuple(self.sections),
            tuple(self._places),
        )  # fmt: skip

    def _join(self, other: Draft) -> None:
        """Write another draft behind this one, with what it knows of its places."""
        text, by = other.so_far().strip("\n"), self._length
        self._places += [(start + by, where) for start, where in other._places]
        self.given += [replace(mention, span=moved(mention.span, by)) for mention in other.given]
        self._add(text)

    def _break(self) -> None:
        if self._length and not self._end.endswith("\n\n"):
            self._add("\n" if self._end.endswith("\n") else "\n\n")

    def _space(self, needed: bool = True) -> None:
        self._blank = False
        if needed and not self._end.endswith((" ", "\n", "\t")):
            self._add(" ")

    def _add(self, text: str) -> None:
        if text:
            self._pieces.append(text)
            self._length += len(text)
            self._end = (self._end + text)[-2:]


def _inked(span: Span, text: str) -> Span:
    """A place without blanks at its ends; empty where it has nothing else."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def moved(span: Span, by: int) -> Span:
    """A span so many characters further on."""
    return Span(span.start + by, span.end + by)


def told(**pairs: str | None) -> dict[str, str]:
    """Metadata without what is missing or blank, each value on one line."""
    return {key: folded for key, value in pairs.items() if value and (folded := " ".join(value.split()))}


def first(values: Iterable[str | None]) -> str | None:
    """The first value that says something."""
    return next((value for value in values if value and value.strip()), None)
