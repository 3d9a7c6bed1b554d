"""Registers read from their Turtle: what the files say, checked, later files over earlier ones."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from ontology.entries import Entry, Person, Post, Term, read_entry, read_person, read_post, read_term
from ontology.stanzas import RegisterError, Stanza, read_stanzas

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
    """All that the registers hold; `post_names` are the other names of portfolios, each with its post.

    `people` held a post in the government; `members` are or were members of parliament. Some are both.
    """

    entries: tuple[Entry, ...]
    people: tuple[Person, ...]
    posts: tuple[Post, ...]
    terms: tuple[Term, ...]
    post_names: tuple[tuple[str, Post], ...]
    members: tuple[Person, ...]


def files(places: Iterable[Path]) -> Iterator[Path]:
    """The Turtle files that files and folders stand for, in order. Raises RegisterError for a folder without any."""
    for place in places:
        if os.path.isdir(place):  # not Path.is_dir, which raises where one may not look
            found = sorted(place.glob("*.ttl"))
            if not found:
                raise RegisterError(place, "the folder", "has no registers: there are no files that end in .ttl")
            yield from found
        else:
            yield place


def read(paths: Iterable[Path]) -> Content:
    """What the files hold; of two stanzas for the same thing the later one counts. Raises RegisterError."""
    entries: dict[tuple[str, str], Entry] = {}
    by_class: dict[str, dict[str, Stanza]] = {"Person": {}, "MemberOfParliament": {}, "Post": {}, "Term": {}}
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
    members = (read_person(stanza, parties) for stanza in by_class["MemberOfParliament"].values())
    return Content(
        tuple(entries.values()),
        tuple(people.values()),
        tuple(posts.values()),
        tuple(terms),
        tuple(post_names),
        tuple(members),
    )


def statements(paths: Iterable[Path]) -> Iterator[ox.Triple]:
    """All that the files say, without the stanzas that later ones override. Raises RegisterError."""
    later: set[tuple[str, str]] = set()
    for path in reversed(tuple(paths)):
        stanzas = read_stanzas(path)
        for stanza in stanzas:
            if later.isdisjoint(_keys(stanza)):
                yield from stanza.triples()
        later.update(key for stanza in stanzas for key in _keys(stanza))


def _keys(stanza: Stanza) -> set[tuple[str, str]]:
    """What a later stanza must share with this one to take its place: the address, or the notation of an entry."""
    kinds = stanza.classes & KINDS.keys()
    return {("", stanza.iri)} | {(kind, notation) for kind in kinds for notation in stanza.all("skos:notation")}
