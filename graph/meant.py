"""What a person means who names a thing: by its id, its address, a number as papers write it, or a name of the registers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from graph.kinds import BY_NAME, address, label_of
from graph.kinds.names import full_name
from graph.model import Link
from ontology.registers import Registers

_BY_FRONT = (
    ("kst-", "kamerstuk"), ("dossier-", "dossier"), ("ah-", "aanhangsel"), ("h-", "handelingen"), ("stb-", "staatsblad"),
    ("trb-", "tractatenblad"), ("stcrt-", "staatscourant"), ("pb-", "publicatieblad"), ("3", "eu-act"), ("chamber:", "chamber"),
)  # fmt: skip
"""How ids begin, with their kinds; those whose labels tell whether the rest is an id too."""
_LEAST_TAIL = re.compile(r"[/=]([^/=]+)/?$")

_ARTICLES = ("", "de ", "het ")

Read = Callable[[str], Iterable[Link]]
"""The references in a text."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that words may mean: its kind, id, address and name."""

    kind: str
    id: str
    iri: str
    label: str


def by_id(identity: str) -> Thing | None:
    """What has a number with an official address, by its id: kst-33279-40, dossier-33279, 32016R0679."""
    kind = next((kind for front, kind in _BY_FRONT if identity.startswith(front)), None)
    label = label_of(kind, identity) if kind else identity
    iri = address(kind, identity) if kind and label != identity else None
    return Thing(kind, identity, iri, label) if kind and iri else None


def meant(words: str, registers: Registers, read: Read) -> Thing | None:
    """The one thing that words name; None where they name none or several, or more than a thing."""
    words = " ".join(words.split())
    return (
        by_id(words) or _registered(words, registers) or _by_address(words, read) or _read(words, read)
        if words
        else None
    )


def _registered(words: str, registers: Registers) -> Thing | None:
    """What the registers hold by that notation or address. Two people of one name share a notation, never an address."""
    entries = (Thing(each.kind, each.notation, each.iri, each.label_nl) for each in registers.entries)
    posts = (Thing("office", each.notation, each.iri, each.label_nl) for each in registers.posts)
    if found := next(
        (each for each in chain(entries, posts) if each.kind in BY_NAME and words in (each.id, each.iri)), None
    ):
        return found
    people = chain((("minister", each) for each in registers.people), (("member", each) for each in registers.members))
    return next(
        (Thing(kind, each.notation, each.iri, full_name(each)) for kind, each in people if each.iri == words), None
    )


def _by_address(words: str, read: Read) -> Thing | None:
    """What has that official address, of which the last part is the id."""
    tail = _LEAST_TAIL.search(words)
    return next((each for each in _ids(tail[1], read) if each.iri == words), None) if tail else None


def _ids(tail: str, read: Read) -> Iterator[Thing]:
    for found in (by_id(tail), by_id(f"dossier-{tail}"), _read(tail, read)):
        if found:
            yield found


def _read(words: str, read: Read) -> Thing | None:
    """What papers would mean by these words."""
    front = "Zie "
    found = [link for link in read(f"{front}{words} aldaar.") if BY_NAME[link.kind].listed]
    if len(found) != 1 or found[0].iri is None or found[0].id is None or "#" in found[0].iri:
        return None
    (link,) = found
    whole = link.span.end == len(front) + len(words) and words[: link.span.start - len(front)].lower() in _ARTICLES
    return Thing(link.kind, link.id or "", link.iri or "", link.label) if whole else None
