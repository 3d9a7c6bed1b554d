"""What the index holds of one paper, and of the registers: rows for the tables of index.sql, without touching the index."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exports.explorer.statements import Said, Statements, every, first, kind_of
from graph.lookup import last_segment
from graph.model import Span
from graph.sentences import sentence_at
from ontology.terms import KG, PREFIXES

PASSAGE = 1200  # characters; a passage is looked for and shown as one
Row = tuple[object, ...]
SECTIONS = frozenset(("question", "answer", "note", "heading", "signature", "speech", "body"))
_NAMED = (
    "skos:altLabel",
    "skos:altLabel@nl",
    "skos:altLabel@en",
    "kg:exactName",
    "skos:notation",
    "dcterms:identifier",
    "foaf:name",
)


@dataclass(frozen=True, slots=True)
class Entries:
    """The rows of one paper by table, each without the number of the paper, which comes first."""

    paper: Row
    passages: tuple[tuple[int, str], ...]
    sections: tuple[Row, ...]
    mentions: tuple[Row, ...]
    edges: tuple[tuple[str, str, str], ...]
    tags: tuple[tuple[str, str], ...]
    things: tuple[Row, ...]


def of_paper(iri: str, about: Statements, text: str, ministries: Mapping[str, str]) -> Entries:
    """The rows of a paper, from its named graph and its text; `ministries` are posts to ministries."""
    said, period = about.get(iri, {}), about.get(f"{iri}#period", {})
    day = first(said, "dcterms:date")
    marked = [node for node in about if every(about[node], "oa:hasTarget")]
    paper: Row = (
        first(said, "rdfs:label") or iri, first(said, "dcterms:title") or iri, first(said, "dcterms:identifier"),
        first(said, "dcterms:type") or "paper", day, day or first(period, "kg:earliest"),
        day or first(period, "kg:latest"), first(said, "kg:vergaderjaar"), len(marked),
    )  # fmt: skip
    marks = _marks(iri, about)
    edges = tuple(_edges(about))
    return Entries(
        paper,
        tuple(passages(text)),
        tuple(_sections(iri, about)),
        tuple(_mention(iri, about, node, text, day, marks) for node in marked),
        edges,
        tuple(dict.fromkeys(_tags(iri, about, edges, ministries))),
        tuple(things(about)),
    )


def passages(text: str) -> Iterator[tuple[int, str]]:
    """A text in passages with their starts: cut at empty lines, long ones at a blank; joined they are the text."""
    start = 0
    while start < len(text):
        end = text.find("\n\n", start)
        end = len(text) if end < 0 else end + 2
        if end - start > PASSAGE:
            last = start + PASSAGE
            blank = max(text.rfind(" ", start + PASSAGE // 2, last), text.rfind("\n", start + PASSAGE // 2, last))
            end = blank + 1 if blank > start else last
        yield start, text[start:end]
        start = end


def things(about: Statements) -> Iterator[Row]:
    """What a graph tells of the things in it that have a page: address, kind, names, number, day, web page."""
    for node, said in about.items():
        kind = kind_of(said)
        if kind == "other" or kind == "term" or ("#" in node and kind in SECTIONS):
            continue
        label = first(said, "rdfs:label") or first(said, "dcterms:title") or ""
        dutch, english = (first(said, f"skos:prefLabel@{language}") or label for language in ("nl", "en"))
        dutch = dutch or english or first(said, "skos:prefLabel") or node.rpartition("/")[2]
        number = first(said, "dcterms:identifier") or first(said, "skos:notation")
        yield node, kind, dutch, english or dutch, number, first(said, "dcterms:date"), first(said, "foaf:page")


def names(about: Statements) -> Iterator[tuple[str, list[str]]]:
    """Every name of every registered thing, by its address; among them those that it shares with others."""
    for node, _, dutch, english, *_ in things(about):
        said = about[str(node)]
        shared = [about[each] for each in every(said, "kg:ambiguousName") if each in about]
        others = (each for name in _NAMED for part in (said, *shared) for each in every(part, name))
        yield str(node), list(dict.fromkeys((str(dutch), str(english), *others, last_segment(str(node)))))


def ministries(registers: Statements) -> dict[str, str]:
    """The ministry of each post."""
    return {post: where for post, said in registers.items() if (where := first(said, "org:postIn"))}


def _sections(iri: str, about: Statements) -> Iterator[Row]:
    for node, said in about.items():
        if node.startswith(f"{iri}#") and (kind := kind_of(said)) in SECTIONS:
            number, opens = first(said, "kg:number"), first(said, "kg:opensAt")
            name = node.removeprefix(f"{iri}#")
            yield name, kind, int(number) if number else None, int(opens) if opens else None, first(said, "schema:text")


def _marks(iri: str, about: Statements) -> dict[str, Span]:
    """The place of the mark of each note, by the name of the note."""
    found = {}
    for said in about.values():
        if (note := first(said, "oa:hasBody") or "").startswith(f"{iri}#note-"):
            found[note.removeprefix(f"{iri}#")] = _span(about[first(said, "oa:hasTarget") or ""])
    return found


def _span(place: Said) -> Span:
    return Span(int(first(place, "oa:start") or 0), int(first(place, "oa:end") or 0))


def _mention(iri: str, about: Statements, node: str, text: str, day: str | None, marks: Mapping[str, Span]) -> Row:
    said = about[node]
    place = about[first(said, "oa:hasTarget") or ""]
    span, whole = _span(place), Span(0, len(text))
    kind, rule = (first(said, "kg:rule") or "//").rsplit("/", 2)[-2:]
    sections = (each.removeprefix(iri).removeprefix("#") for each in every(place, "dcterms:isPartOf"))
    section = next((name for name in sections if not name.startswith("char=")), "")
    sentence = sentence_at(text, span, whole)
    borne = sentence_at(text, marks[section], whole) if section in marks else sentence
    return (
        span.start, span.end, kind, rule, first(said, "oa:hasBody"), section, line(text[sentence.start : span.start]),
        line(text[slice(*span)]), line(text[span.end : sentence.end]), borne.start, borne.end,
        first(said, "kg:reading"), first(said, "kg:problem"), first(said, "kg:reason"),
        ", ".join(every(said, "kg:candidate")) or None, first(said, "kg:article"), first(said, "kg:holder"),
        first(said, "kg:asPost"), first(place, "kg:place"), day, node.removeprefix(f"{iri}#"),
    )  # fmt: skip


def line(text: str) -> str:
    """A text in one line; a blank at either end stays one."""
    words = " ".join(text.split())
    return f"{' ' * text[:1].isspace()}{words}{' ' * text[-1:].isspace()}" if words else " " * bool(text)


def _edges(about: Statements) -> Iterator[tuple[str, str, str]]:
    """The direct edges, by the short names of their properties."""
    for node, said in about.items():
        if any(mark in node for mark in ("#char=", "#m-", "#period")) or every(said, "kg:corrects"):
            continue
        for name, values in said.items():
            short = name.removeprefix(KG) if name.startswith(KG) else _SHORT.get(name, "")
            if short and not ("#" in node and short == "isPartOf"):
                yield from ((node, short, each) for each in values if _WEB.match(each))


_WEB = re.compile(r"https?://(?!.*#period$)")
OTHERS = {"isPartOf": f"{PREFIXES['dcterms']}isPartOf", "sameAs": f"{PREFIXES['owl']}sameAs"}
"""Edges whose properties are not of our own ontology, by the short names that the index has for all."""
_SHORT = {name: short for short, name in OTHERS.items()}


def _tags(
    iri: str, about: Statements, edges: tuple[tuple[str, str, str], ...], ministries: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """By what a paper can be filtered besides its own sort and year."""
    yield from (("treaty", target) for _, name, target in edges if name == "invokesTreaty")
    for said in about.values():
        place = about.get(first(said, "oa:hasTarget") or "", {})
        signs = f"{iri}#signature" in every(place, "dcterms:isPartOf") or bool(every(said, "kg:asPost"))
        for post in (*every(said, "kg:asPost"), *(every(said, "oa:hasBody") if signs else ())):
            if post in ministries:
                yield "ministry", ministries[post]
