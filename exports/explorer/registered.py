"""What the registers say of a thing: other names, facts, who held an office and when."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import pyoxigraph

from exports.explorer.statements import Said, first, gathered
from exports.explorer.words import Say
from graph.named_graphs import REGISTERS
from graph.store import value
from ontology.terms import KG, PREFIXES

_node = pyoxigraph.NamedNode
_HERE = _node(REGISTERS)
_NAMES = tuple(
    PREFIXES[prefix] + name for prefix, name in (("skos", "altLabel"), ("kg", "exactName"), ("skos", "prefLabel"), ("foaf", "name"))
)  # fmt: skip
_MANY = 500  # facts of one thing, at most


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a register says: the property in words, and a text or the address of a thing."""

    words: str
    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody in an office, from a day until another; empty where it is not known or not over."""

    person: str
    post: str
    start: str
    end: str


def other_names(quads: pyoxigraph.Store, iri: str, label: str) -> list[str]:
    """The other names of a thing, each once."""
    found = (each for name in _NAMES for each in quads.quads_for_pattern(_node(iri), _node(name), None, _HERE))
    return [
        name for name in dict.fromkeys(sorted(value(quad.object) for quad in islice(found, _MANY))) if name != label
    ]


def facts(quads: pyoxigraph.Store, iri: str, say: Say) -> list[Fact]:
    """What the registers say of a thing in words of our own ontology, in the language of the page."""
    told = []
    for quad in islice(quads.quads_for_pattern(_node(iri), None, None, _HERE), _MANY):
        name = quad.predicate.value
        if name.startswith(KG) and name not in _NAMES and not isinstance(quad.object, pyoxigraph.Triple):
            words = _label(quads, name, say.language)
            if isinstance(quad.object, pyoxigraph.NamedNode):
                told.append(Fact(words, "", quad.object.value))
            elif words:
                told.append(Fact(words, say.day(value(quad.object)), ""))
    return sorted(told, key=lambda fact: (fact.words, fact.text, fact.target))


def held(quads: pyoxigraph.Store, iri: str) -> list[Held]:
    """The offices that a person held, or the people who held an office, the newest first."""
    terms: list[Said] = []
    for name in (f"{PREFIXES['org']}member", f"{KG}post"):
        for quad in islice(quads.quads_for_pattern(None, _node(name), _node(iri), _HERE), _MANY):
            if isinstance(quad.subject, pyoxigraph.NamedNode):
                terms += gathered(quads.quads_for_pattern(quad.subject, None, None, _HERE)).values()
    return sorted((_held(said) for said in terms if first(said, "kg:post")), key=lambda term: term.start, reverse=True)


def _held(said: Said) -> Held:
    return Held(
        first(said, "org:member") or "", first(said, "kg:post") or "", first(said, "schema:startDate") or "",
        first(said, "schema:endDate") or "",
    )  # fmt: skip


def _label(quads: pyoxigraph.Store, name: str, language: str) -> str:
    """What the ontology calls a property."""
    found = quads.quads_for_pattern(_node(name), _node(f"{PREFIXES['rdfs']}label"), None, _HERE)
    return next(
        (
            quad.object.value
            for quad in found
            if isinstance(quad.object, pyoxigraph.Literal) and quad.object.language == language
        ),
        name.removeprefix(KG),
    )
