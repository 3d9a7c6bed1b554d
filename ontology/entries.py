"""What the registers hold, and how each is read from its stanza of Turtle."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ontology.stanzas import Stanza


class Name(NamedTuple):
    """One way in which an entry is written; a tuple, as an entry is, since a register may have a hundred thousand.

    `exact` names (abbreviations, words that are ordinary Dutch otherwise) count only in the case as written.
    Where `needs` is not empty, one of these lower-case words must stand somewhere in the same document.
    """

    text: str
    exact: bool
    needs: tuple[str, ...] = ()


class Entry(NamedTuple):
    """A treaty, law, committee, ministry or party; `page` is the official address where it is certain.

    `concluded` is the year in which a treaty was concluded, None where the register does not say.
    """

    kind: str
    notation: str
    iri: str
    label_nl: str
    label_en: str
    names: tuple[Name, ...]
    page: str | None
    concluded: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who held a post; two people of one family name share a notation, never an `iri`.

    `party` is the party of the latest term, empty for people of no party.
    """

    notation: str
    iri: str
    given: str
    initials: str
    surname: str
    party: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """An office in the government: a role ("minister") and what it is for ("Buitenlandse Zaken")."""

    notation: str
    iri: str
    role: str
    portfolio: str
    label_nl: str
    label_en: str
    ministry: str | None


@dataclass(frozen=True, slots=True)
class Term:
    """A person in a post from `start` to `end`, both days included; no `end` means still in office."""

    person: Person
    post: Post
    start: date
    end: date | None
    note: str

    def covers(self, day: date) -> bool:
        """Whether the term runs on `day`."""
        return self.start <= day and (self.end is None or day <= self.end)


def read_entry(kind: str, stanza: Stanza) -> Entry:
    """An entry of a register of that kind."""
    label_nl = stanza.label("nl")
    page = stanza.first("foaf:page")
    return Entry(
        kind=kind,
        notation=stanza.need("skos:notation"),
        iri=stanza.iri,
        label_nl=label_nl,
        label_en=stanza.label("en") or label_nl,
        names=tuple(_names(stanza)),
        page=page or (stanza.iri if stanza.iri.startswith("https://wetten.overheid.nl/") else None),
        concluded=int(year[:4]) if (year := stanza.first("kg:concluded")) else None,
    )


def _names(stanza: Stanza) -> Iterator[Name]:
    # A title that is itself ambiguous is listed again as an ambiguous name, which then takes its place.
    seen: set[str] = set()
    for node in stanza.nodes("kg:ambiguousName"):
        needs = tuple(sorted(node.all("kg:nameNeeds")))
        if not needs:
            raise node.error("an ambiguous name says with kg:nameNeeds which words settle it")
        for predicate, exact in (("skos:altLabel", False), ("kg:exactName", True)):
            for text in node.all(predicate):
                seen.add(text)
                yield Name(text, exact, needs)
    for predicate, exact in (("kg:exactName", True), ("skos:prefLabel", False), ("skos:altLabel", False)):
        for text in stanza.all(predicate):
            if text not in seen:
                seen.add(text)
                yield Name(text, exact)


def read_person(stanza: Stanza, parties: dict[str, str]) -> Person:
    """A person; `parties` says how the party of an address is called."""
    return Person(
        notation=stanza.need("skos:notation"),
        iri=stanza.iri,
        given=stanza.first("foaf:givenName") or "",
        initials=stanza.first("kg:initials") or "",
        surname=stanza.need("foaf:familyName"),
        party=parties.get(stanza.first("kg:party") or "", ""),
        names=tuple(dict.fromkeys([*stanza.all("skos:prefLabel"), *stanza.all("skos:altLabel")])),
    )


def read_post(stanza: Stanza) -> Post:
    """A post in the government."""
    label_nl = stanza.label("nl")
    return Post(
        notation=stanza.need("skos:notation"),
        iri=stanza.iri,
        role=stanza.need("kg:role"),
        portfolio=stanza.first("kg:portfolio") or "",
        label_nl=label_nl,
        label_en=stanza.label("en") or label_nl,
        ministry=stanza.first("org:postIn"),
    )


def read_term(stanza: Stanza, people: dict[str, Person], posts: dict[str, Post]) -> Term:
    """A term, of one of `people` in one of `posts` (by address)."""
    person, post = stanza.need("org:member"), stanza.need("kg:post")
    if person not in people:
        raise stanza.error(f"org:member names {person}, which is in no register of people; add it or correct it")
    if post not in posts:
        raise stanza.error(f"kg:post names {post}, which is in no register of posts; add it or correct it")
    start, end = stanza.day("schema:startDate"), stanza.day("schema:endDate")
    if start is None:
        raise stanza.error("a term needs a schema:startDate")
    if end is not None and end < start:
        raise stanza.error(f"the term ends ({end}) before it starts ({start})")
    return Term(people[person], posts[post], start, end, stanza.first("skos:note") or "")
