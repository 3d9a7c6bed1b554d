"""What a named graph says, by subject and property, and what kind of thing a subject is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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


def statements(quads: pyoxigraph.Store, graph: str) -> Statements:
    """All that a named graph says."""
    return gathered(quads.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph)))


def gathered(quads: Iterable[pyoxigraph.Quad]) -> Statements:
    """What some quads say. A text in Dutch or English stands under its property with the language behind it: "...label@nl"."""
    about: dict[str, dict[str, list[str]]] = {}
    for quad in quads:
        name, said = quad.predicate.value, about.setdefault(value(quad.subject), {})
        if isinstance(quad.object, pyoxigraph.Literal) and quad.object.language:
            name += f"@{quad.object.language}"
        said.setdefault(name, []).append(value(quad.object))
    return {node: {name: tuple(sorted(each)) for name, each in said.items()} for node, said in about.items()}


def every(said: Said, name: str) -> tuple[str, ...]:
    """The values of a property, such as "kg:number" or "skos:prefLabel@nl". Raises KeyError for an unknown prefix."""
    prefix, _, local = name.partition(":")
    return said.get(PREFIXES[prefix] + local, ())


def first(said: Said, name: str) -> str | None:
    """The first value of a property."""
    return next(iter(every(said, name)), None)


def kind_of(said: Said) -> str:
    """The kind of a thing by its classes, such as "treaty"; "other" where none tells."""
    classes = {each.removeprefix(KG) for each in said.get(_TYPE, ())}
    return next((kind for name, kind in _KINDS.items() if name in classes), "other")
