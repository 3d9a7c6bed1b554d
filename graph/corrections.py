"""Corrections: what people say of references, in a file of Turtle that a build obeys and that can be shared.

A correction names a place (paper, offsets, words, some words around them), the kind of the reference there, what was claimed,
and a verdict: right, wrong, or other with what is meant. Of several for one place and kind the one made last counts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from graph.kinds import BY_NAME
from graph.lookup import by_id
from graph.model import Span
from graph.triples import literal, node, typed
from ontology.stanzas import RegisterError, Stanza, read_stanzas
from ontology.terms import BASE, KG, PREFIXES

AROUND = 40
"""Characters on either side of the words that are kept, by which they are found again in a text that shifted."""
_WORDS = {"Correction", "corrects", "kind", "verdict", "claimed", "meant"}
_PREFIXES = ("dcterms", "kg", "oa", "rdfs", "xsd")
_ADDRESS = re.compile(r"\A[a-zA-Z][a-zA-Z0-9+.-]*+:")
RIGHT, WRONG, OTHER = VERDICTS = ("right", "wrong", "other")
"""What a person says of a reference: it means what was claimed, it is none, it means something else."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of the reference in a place, and when.

    `paper` is the address of the paper, `span` and `quote` the place and its words when it was looked at, `before` and `after`
    some text around them. `claimed` is the address of what was read in the words, empty for nothing; `meant` is what they
    mean, as an id, an address or as papers write it, where the verdict is `OTHER`. `who` and `why` may be empty.
    """

    iri: str
    paper: str
    span: Span
    quote: str
    before: str
    after: str
    kind: str
    claimed: str
    verdict: str
    meant: str
    made: datetime
    who: str = ""
    why: str = ""

    @property
    def place(self) -> tuple[str, Span, str, str]:
        """What it is about: paper, place, words and kind."""
        return self.paper, self.span, self.quote, self.kind


class CorrectionsError(Exception):
    """A file of corrections that cannot be used; the message names file, line and reason."""


class Corrections:
    """Corrections that were read, those that count: of several for one place and kind the one made last."""

    def __init__(self, found: Iterable[Correction] = ()) -> None:
        """Take corrections in any order."""
        last = {each.place: each for each in sorted(found, key=lambda each: (each.made, each.iri))}
        self._by_paper: dict[str, list[Correction]] = {}
        for each in sorted(last.values(), key=lambda each: (each.paper, each.made, each.iri)):
            self._by_paper.setdefault(each.paper, []).append(each)

    @classmethod
    def load(cls, path: Path) -> Corrections:
        """Those in a file. Raises CorrectionsError."""
        return cls(read(path))

    def of(self, paper: str) -> tuple[Correction, ...]:
        """Those of the paper of an address, in the order in which they were made."""
        return tuple(self._by_paper.get(paper, ()))

    def stamp(self, paper: str) -> str:
        """What changes when the corrections of a paper do; empty where it has none."""
        own = self.of(paper)
        return hashlib.sha256("".join(map(stanza, own)).encode("utf-8", "replace")).hexdigest()[:12] if own else ""

    def version(self, made_by: str, paper: str) -> str:
        """Return what decides on the outcome for a paper: what does for all of them, and what people said of it."""
        stamp = self.stamp(paper)
        return f"{made_by}, corrections {stamp}" if stamp else made_by

    def __iter__(self) -> Iterator[Correction]:
        """All of them, by papers, in the order in which they were made."""
        for each in self._by_paper.values():
            yield from each


def address_of(paper: str, span: Span, kind: str, made: datetime, who: str) -> str:
    """The address of a correction, which two people who judge the same place do not share."""
    told = "\n".join((paper, str(span.start), str(span.end), kind, made.isoformat(), who))
    return f"{BASE}correction/{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:16]}"


def said(correction: Correction) -> Iterator[tuple[str, str]]:
    """What a correction says beside its place, as properties and objects in the notation of N-Triples."""
    yield "rdf:type", node(f"{KG}Correction")
    yield "kg:kind", literal(correction.kind)
    yield "kg:verdict", literal(correction.verdict)
    if correction.claimed:
        yield "kg:claimed", node(correction.claimed)
    if correction.meant:
        yield "kg:meant", literal(correction.meant)
    yield "dcterms:created", typed(correction.made.isoformat(), "dateTime")
    if correction.who:
        yield "dcterms:creator", literal(correction.who)
    if correction.why:
        yield "rdfs:comment", literal(correction.why)


def stanza(correction: Correction) -> str:
    """A correction in Turtle, with the prefixes of `write`."""
    lines = [
        f"oa:start {correction.span.start} ; oa:end {correction.span.end} ; oa:exact {literal(correction.quote)} ;",
        f"oa:prefix {literal(correction.before)} ; oa:suffix {literal(correction.after)} ;",
        f"dcterms:isPartOf {node(correction.paper)} ] ;",
    ]
    rest = [(name, each) for name, each in said(correction) if name != "rdf:type"]
    told = " ;\n    ".join(f"{name} {_short(each)}" for name, each in rest)
    return (
        f"{node(correction.iri)} a kg:Correction ;\n    kg:corrects [ " + "\n        ".join(lines) + f"\n    {told} .\n"
    )


def write(corrections: Iterable[Correction]) -> bytes:
    """A file of corrections, in the order given, which `read` gives back."""
    heads = "".join(f"{head}\n" for head in _heads())
    return "\n".join((heads, *map(stanza, corrections))).encode()


def added(before: bytes, correction: Correction) -> bytes:
    """A file with one more correction behind what is in it, of which nothing is changed."""
    lines = before.decode().splitlines()
    missing = [head for head in _heads() if head not in lines]
    front = before if not before or before.endswith(b"\n") else before + b"\n"
    return (
        front
        + "\n".join(("".join(f"{head}\n" for head in missing), stanza(correction)))
        .lstrip("\n" if missing else "")
        .encode()
    )


def _heads() -> list[str]:
    return [f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in _PREFIXES]


def _short(word: str) -> str:
    """A typed value with the prefix of its type; a string ends with its quotation mark, whatever is in it."""
    front, is_time, _ = word.rpartition(f"^^<{PREFIXES['xsd']}dateTime>")
    return f"{front}^^xsd:dateTime" if is_time and word.endswith(">") else word


def read(path: Path) -> tuple[Correction, ...]:
    """The corrections in a file, in its order, also those that others overrule. Raises CorrectionsError."""
    try:
        stanzas = read_stanzas(path)
    except RegisterError as error:
        raise CorrectionsError(str(error)) from error
    found = [each for each in stanzas if "Correction" in each.classes]
    if stanzas and not found:
        raise CorrectionsError(f"{path}, line 1: there is no correction in it (a kg:Correction)")
    return tuple(map(_read, found))


def _read(said: Stanza) -> Correction:
    """The correction that a stanza is."""
    for word in said.words():
        if word.startswith(KG) and word.removeprefix(KG) not in _WORDS:
            raise _error(said, f"a correction has no kg:{word.removeprefix(KG)}")
    places = list(said.nodes("kg:corrects"))
    if len(places) != 1:
        raise _error(said, "it names one place, with kg:corrects [ oa:start ... ]")
    (place,) = places
    paper = _paper(said, _one(said, place, "dcterms:isPartOf"))
    start, end = (_number(said, place, name) for name in ("oa:start", "oa:end"))
    quote, kind, verdict = _one(said, place, "oa:exact"), _one(said, said, "kg:kind"), _one(said, said, "kg:verdict")
    if end - start != len(quote):
        raise _error(
            said, f"the words (oa:exact) have {len(quote)} characters, from oa:start to oa:end there are {end - start}"
        )
    if kind not in BY_NAME:
        raise _error(said, f"there is no kind {kind!r} (kg:kind); the kinds are {', '.join(BY_NAME)}")
    if verdict not in VERDICTS:
        raise _error(said, f"the verdict (kg:verdict) is {verdict!r}; it is one of {', '.join(VERDICTS)}")
    claimed, meant = _one(said, said, "kg:claimed", ""), _one(said, said, "kg:meant", "")
    if verdict == RIGHT and not claimed:
        raise _error(said, "what is right is missing: the address of what was claimed (kg:claimed)")
    if (verdict == OTHER) != bool(meant):
        raise _error(said, "kg:meant says what is meant where the verdict is other, and only there")
    return Correction(
        said.iri, paper, Span(start, end), quote,
        _one(said, place, "oa:prefix", ""), _one(said, place, "oa:suffix", ""), kind, claimed, verdict, meant,
        _time(said), _one(said, said, "dcterms:creator", ""), _one(said, said, "rdfs:comment", ""),
    )  # fmt: skip


def _paper(whole: Stanza, name: str) -> str:
    """The address of a paper that is named by address or id."""
    if found := by_id(name):
        return found.iri
    if not _ADDRESS.match(name):
        raise _error(whole, f"{name!r} is no paper (dcterms:isPartOf); give its address or an id such as kst-33279-40")
    return name


def _one(whole: Stanza, part: Stanza, name: str, without: str | None = None) -> str:
    """The one value of a property."""
    values = part.all(name)
    if len(values) > 1:
        raise _error(whole, f"{name} stands in it {len(values)} times")
    value = values[0] if values else without
    if value is None or (without is None and not value):
        raise _error(whole, f"{name} is missing")
    return value


def _number(whole: Stanza, part: Stanza, name: str) -> int:
    value = _one(whole, part, name)
    if not re.fullmatch(r"[0-9]{1,12}", value):
        raise _error(whole, f"{name} is {value!r}; it is a number of characters")
    return int(value)


def _time(whole: Stanza) -> datetime:
    value = _one(whole, whole, "dcterms:created")
    try:
        made = datetime.fromisoformat(value)
    except ValueError:
        made = None
    if made is None or made.tzinfo is None:
        raise _error(whole, f"dcterms:created is {value!r}; write a moment as 2026-03-02T10:15:00Z")
    return made


def _error(whole: Stanza, problem: str) -> CorrectionsError:
    """The error that says what is wrong with a correction, at the line on which it begins."""
    own = re.escape(re.split(r"[/#]", whole.iri)[-1])
    text = whole.path.read_text("utf-8", "replace")
    begin = re.search(rf"(?<![\w-]){own}(?![\w-])", text)
    line = text.count("\n", 0, begin.start()) + 1 if begin else 1
    return CorrectionsError(f"{whole.path}, line {line}: <{whole.iri}>: {problem}")
