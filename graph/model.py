"""The values that the stages hand to each other.

A mention is words in a place; a reference is an identity without a place; a link joins the two and says by which rule.
All offsets are code points in the text as read.
"""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from graph.display import Shown

if TYPE_CHECKING:
    from graph.corrections import Correction
    from graph.fold import Folded

NO_PARTS: Mapping[str, str] = {}


class Span(NamedTuple):
    """A stretch of text: `start` inclusive, `end` exclusive, in code points."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """Whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Mention:
    """Words in a place that refer.

    `id` is the identity where the words alone give it; else `parts` holds what they say (a day and a month,
    a family name), from which the rules of resolve/ go on.
    """

    kind: str
    span: Span
    id: str | None = None
    parts: Mapping[str, str] = field(default_factory=lambda: NO_PARTS)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper: `kind` is heading, question, answer, note, speech, signature or body; `number` 0 where it has none.

    `spans` are several where a page break or a note interrupts the section; joined they read as it was written.
    `mark` is the place in running text that a note belongs to.
    """

    kind: str
    number: int
    spans: tuple[Span, ...]
    mark: Span | None = None

    @property
    def name(self) -> str:
        """The name in output, such as "answer 6"."""
        return f"{self.kind} {self.number}" if self.number else self.kind

    @property
    def slug(self) -> str:
        """The name in addresses, such as "answer-6"."""
        return f"{self.kind}-{self.number}" if self.number else self.kind

    def holds(self, span: Span) -> bool:
        """Whether the span starts in this section."""
        return any(own.start <= span.start < own.end for own in self.spans)

    def read(self, document: Document) -> str:
        """The text of the section as a person reads it: pieces joined, without what interrupts them."""
        pieces = (document[span].strip() for span in self.spans)
        return " ".join(piece for piece in pieces if piece)


def section_finder(sections: tuple[Section, ...]) -> Callable[[Span], Section | None]:
    """What tells the section in which a place begins: a note before what surrounds it; made once for all places of a paper."""
    edges = sorted({offset for section in sections for span in section.spans for offset in span})
    holding: list[Section | None] = [None] * len(edges)
    notes = [section for section in sections if section.kind == "note"]
    others = [section for section in sections if section.kind != "note"]
    # the last one written stays: notes, and of several sections in one place the first
    for section in (*reversed(others), *reversed(notes)):
        for span in section.spans:
            first, last = bisect.bisect_left(edges, span.start), bisect.bisect_left(edges, span.end)
            holding[first:last] = [section] * (last - first)

    def find(span: Span) -> Section | None:
        before = bisect.bisect_right(edges, span.start)
        return holding[before - 1] if before else None

    return find


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its number, its text and the mark in running text that it belongs to, if one was found."""

    number: int
    span: Span
    mark: Span | None


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its text, to which every offset refers, and what the format itself told.

    `given` are references that the source states by itself (a link, the mark of a publisher), in the order of their
    places; `notes` and `sections` are those that the markup shows, each empty where a format has none and the text must tell.
    `places` leads back to the source: from each offset on, where in the file the text stood, in order.
    """

    name: str
    text: str
    sha256: str
    format: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    given: tuple[Mention, ...] = ()
    notes: tuple[Note, ...] = ()
    sections: tuple[Section, ...] = ()
    places: tuple[tuple[int, str], ...] = ()

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def place(self, offset: int) -> str:
        """Where in the source an offset stands, such as "page 3, box 70 512 480 524"; empty where it is not known."""
        before = bisect.bisect_right(self.places, offset, key=lambda place: place[0])
        return self.places[before - 1][1] if before else ""


@dataclass(frozen=True, slots=True)
class Link:
    """A mention and what it means. `id` and `iri` are None where it could not be resolved; `reason` then says why.

    `facts` are statements about the thing referred to, or about this mention of it, as (name, value) pairs:
    article, date, title, creator, post, holder. `candidates` are the ids between which no rule could choose; `correction`
    is what a person said of it, and what it obeys.
    """

    mention: Mention
    id: str | None
    iri: str | None
    label: str
    rule: str
    confidence: float
    section: Section | None = None
    problem: str | None = None
    reason: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    candidates: tuple[str, ...] = ()
    correction: Correction | None = None

    @property
    def kind(self) -> str:
        """The kind of the mention."""
        return self.mention.kind

    @property
    def span(self) -> Span:
        """The place of the mention."""
        return self.mention.span

    def fact(self, name: str) -> str | None:
        """The first fact of that name."""
        return next((value for key, value in self.facts if key == name), None)


@dataclass(frozen=True, slots=True)
class DateBound:
    """One piece of evidence for when an undated paper was written: `side` is earliest or latest."""

    side: str
    day: datetime.date
    reason: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What a paper is: its own identity, date and sort, each as far as its text or format tells.

    `own` are the places where the paper names itself; they are no references. `dossier` is the dossier of the paper
    itself, as "33279" or "36600-VII". `id_reason` says how the number is known, `chamber_reason` how the chamber is, empty where nothing tells and the Tweede Kamer is
    taken. `asked` is the sentence above questions that says who asks whom. `evidence` bounds the period of a paper without a date.
    """

    iri: str
    id: str | None
    sort: str
    title: str
    date: datetime.date | None
    date_reason: str
    evidence: tuple[DateBound, ...] = ()
    chamber: str = "tk"
    chamber_reason: str = ""
    subject: str = ""
    asked: Span | None = None
    dossier: str | None = None
    own: tuple[Span, ...] = ()
    id_reason: str = ""

    @property
    def period(self) -> tuple[datetime.date | None, datetime.date | None]:
        """First and last day on which the paper may have been written; both its date where it has one."""
        if self.date:
            return self.date, self.date
        first = max((bound.day for bound in self.evidence if bound.side == "earliest"), default=None)
        last = min((bound.day for bound in self.evidence if bound.side == "latest"), default=None)
        return first, last


@dataclass(frozen=True, slots=True)
class Paper(Shown):
    """A document with all that was found in it: what is described in the graph."""

    document: Document
    sections: tuple[Section, ...]
    profile: Profile
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """The triples of one named graph as lines of N-Triples, each once; the text as read; the number of mentions."""

    graph: str
    lines: tuple[str, ...]
    text: str
    mentions: int


Finder = Callable[["Folded", Span], Iterable[Mention]]
"""Given the text and the place of an anchor: the mentions of a kind that this anchor belongs to."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of reference: how it is written, what it is called, what it becomes in the graph.

    `anchors` are words (lower case, without blanks and accents) of which one stands in every mention; kinds whose
    names come from a register have none. `edge` is the property of the direct edge. `iri` makes the official address from an id; None where the address is the
    register's or lies within the paper. `covers` are kinds that are not looked for inside a mention of this one.
    `listed` is False for what is kept in the graph but is no reference by itself (a date).
    """

    name: str
    label_nl: str
    label_en: str
    rdf_class: str
    edge: str
    anchors: tuple[str, ...] = ()
    find: Finder | None = None
    iri: Callable[[str], str] | None = None
    covers: frozenset[str] = frozenset()
    listed: bool = True
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
