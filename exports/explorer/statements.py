"""What a named graph says, by subject and property, and what kind of thing a subject is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import pyoxigraph

from graph.kinds import KINDS
from graph.store import value
from ontology.terms import KG, PREFIXES

Said = Mapping[str, tuple[str, ...]]
"""What is said of one subject: property to values, both as bare addresses or texts."""
Statements = Mapping[str, Said]

_TYPE = f"{PREFIXES['rdf']}type"
# the first class that a thing has decides: what was read stands out, and a motion with a number is a Kamerstuk
_KINDS = {
    "Document": "paper", "Question": "question", "Answer": "answer", "Note": "note", "Heading": "heading",
    "Signature": "signature", "Speech": "speech", "Body": "body", "Person": "person", "MemberOfParliament": "person",
} | {kind.rdf_class.removeprefix("kg:"): kind.name for kind in KINDS if kind.rdf_class != "kg:Person"} | {
    "Ministry": "ministry", "Party": "party", "Cabinet": "cabinet", "Term": "term", "TreatyEvent": "event", "Work": "work",
}  # fmt: skip
_PLACES = {KG + name: place for place, name in enumerate(_KINDS)}
_NAMES = tuple(_KINDS.values())


def statements(quads: pyoxigraph.Store, graph: str) -> Statements:
    """All that a named graph says."""
    return gathered(quads.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph)))


def gathered(quads: Iterable[pyoxigraph.Quad]) -> Statements:
    """What some quads say. A text in Dutch or English stands under its property with the language behind it: "...label@nl"."""
    about: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, found, _ in quads:  # each part of a quad is made anew when it is asked for, so once
        name = predicate.value
        if isinstance(found, pyoxigraph.Literal) and (language := found.language):
            name += f"@{language}"
        about.setdefault(value(subject), {}).setdefault(name, []).append(value(found))
    return {
        node: {name: tuple(sorted(each) if len(each) > 1 else each) for name, each in said.items()}
        for node, said in about.items()
    }


def every(said: Said, name: str) -> tuple[str, ...]:
    """The values of a property, such as "kg:number" or "skos:prefLabel@nl". Raises KeyError for an unknown prefix."""
    return said.get(_whole(name), ())


@cache
def _whole(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def first(said: Said, name: str) -> str | None:
    """The first value of a property."""
    found = said.get(_whole(name))
    return found[0] if found else None


def kind_of(said: Said) -> str:
    """The kind of a thing by its classes, such as "treaty"; "other" where none tells."""
    places = [_PLACES[each] for each in said.get(_TYPE, ()) if each in _PLACES]
    return _NAMES[min(places)] if places else "other"
