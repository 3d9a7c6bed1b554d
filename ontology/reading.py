"""Registers read from their Turtle: what the files say, checked, later files over earlier ones."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ontology.entries import Entry, Person, Post, Term, read_entry, read_person, read_post, read_term
from ontology.stanzas import Stanza, read_stanzas

KINDS = {
    "Treaty": "treaty",
    "Law": "law",
    "Topic": "topic",
    "Committee": "committee",
    "Ministry": "ministry",
    "Party": "party",
}
"""Classes whose instances are entries, with the kind that each becomes."""


class Content(NamedTuple):
    """All that the registers hold; `post_names` are the other names of portfolios, each with its post."""

    entries: tuple[Entry, ...]
    people: tuple[Person, ...]
    posts: tuple[Post, ...]
    terms: tuple[Term, ...]
    post_names: tuple[tuple[str, Post], ...]


def files(places: Iterable[Path]) -> Iterator[Path]:
    """The Turtle files that files and folders stand for, in order."""
    for place in places:
        if place.is_dir():
            yield from sorted(place.glob("*.ttl"))
        else:
            yield place


def read(paths: Iterable[Path]) -> Content:
    """What the files hold; of two stanzas for the same thing the later one counts. Raises RegisterError."""
    entries: dict[tuple[str, str], Entry] = {}
    by_class: dict[str, dict[str, Stanza]] = {"Person": {}, "Post": {}, "Term": {}}
    for path in paths:
        for stanza in read_stanzas(path):
            for kind in stanza.classes & KINDS.keys():
                entry = read_entry(KINDS[kind], stanza)
                entries[entry.kind, entry.notation] = entry
            for kind in stanza.classes & by_class.keys():
                by_class[kind][stanza.iri] = stanza
    parties = {entry.iri: entry.label_nl for entry in entries.values() if entry.kind == "party"}
    people = {iri: read_person(stanza, parties) for iri, stanza in by_class["Person"].items()}
    posts = {iri: read_post(stanza) for iri, stanza in by_class["Post"].items()}
    terms = (read_term(stanza, people, posts) for stanza in by_class["Term"].values())
    post_names = (
        (name, posts[iri]) for iri, stanza in by_class["Post"].items() for name in stanza.all("kg:portfolioName")
    )
    return Content(
        tuple(entries.values()), tuple(people.values()), tuple(posts.values()), tuple(terms), tuple(post_names)
    )
