"""Look up entities by any of their names: label, abbreviation, alias, number, id or IRI.

One lookup for the command line, Python and the explorer. Who calls supplies the entities; this module ranks them. Case,
diacritics, hyphens, blanks and punctuation make no difference, but an exact match comes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache
from heapq import nlargest
from itertools import chain

from graph.kinds import BY_NAME, address, label_of
from graph.kinds.names import full_name
from graph.model import Link
from ontology.naming import fold, squash
from ontology.registers import Registers
from ontology.terms import BASE

_KIND_BY_PREFIX = (
    ("kst-", "kamerstuk"), ("dossier-", "dossier"), ("ah-", "aanhangsel"), ("h-", "handelingen"), ("stb-", "staatsblad"),
    ("trb-", "tractatenblad"), ("stcrt-", "staatscourant"), ("pb-", "publicatieblad"), ("3", "eu-act"), ("chamber:", "chamber"),
)  # fmt: skip
"""How ids begin, with their kinds; only kinds whose `label_of` tells whether the rest is an id too."""
_LAST_SEGMENT = re.compile(r"[/=]([^/=]+)/?$")
_ARTICLES = ("", "de ", "het ")
_OMITTED = ("Kamerstuk ", "dossier ", "AH ")
"""Prefixes that people leave out when they type a bare number, such as "33279-40"."""
LONGEST = 300
"""Characters of a name that somebody types, at most; longer input names nothing."""
_LISTED = 12
"""Candidates in a message."""
_NEAREST = 5
_KINDS_LISTED = 4
_SIMILAR = 0.6
"""Ratio of difflib from which on a name is worth suggesting."""
_PREFIX, _LONG_PREFIX = 3, 8
"""Letters that the beginning of a word, and of a name without blanks, has at least."""

Read = Callable[[str], Iterable[Link]]
"""Find the references in a text."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that a name may mean. `names` are all its names besides `id`, `iri` and `label`.

    `registered` tells whether a register has it; the rest are known by how papers call them alone.
    """

    kind: str
    id: str
    iri: str
    label: str
    names: tuple[str, ...] = ()
    registered: bool = False

    @property
    def all_names(self) -> tuple[str, ...]:
        """The label, the other names, and the id, unless that is an IRI, which has words that are no name."""
        return (self.label, *self.names) if "://" in self.id else (self.label, *self.names, self.id)


class Rank(IntEnum):
    """Quality of a match between a name and an entity, best first."""

    IDENTIFIER = 0
    EXACT = 1
    READ = 2
    """The name is a reference as papers write it, such as "33 279, nr. 40", and the entity is what it refers to."""
    NORMALIZED = 3
    WORDS = 4
    PREFIX = 5


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a name may mean, and how well it fits."""

    entity: Entity
    rank: Rank


class UnknownName(LookupError):
    """No entity has the name, or several have it (`AmbiguousName`); `candidates` are the nearest, or those that have it."""

    def __init__(self, message: str, name: str, candidates: Iterable[Entity] = ()) -> None:
        """Keep the message without the candidates, the name, and the candidates."""
        self.message, self.name, self.candidates = message, name, tuple(candidates)
        super().__init__(message, name, self.candidates)

    def __str__(self) -> str:
        """Give the message with the candidates, one a line, each with what chooses it."""
        return "\n".join([self.message, *listed(self.candidates)])


class AmbiguousName(UnknownName):
    """Several entities have the name equally well."""


def listed(candidates: Collection[Entity]) -> Iterator[str]:
    """Describe candidates, one a line: label, kind, and the id, or the IRI where candidates share an id."""
    for each in list(candidates)[:_LISTED]:
        yield f"  {each.label} ({each.kind}, {choice(each, candidates)})"
    if len(candidates) > _LISTED:
        yield f"  and {len(candidates) - _LISTED} more"


def choice(entity: Entity, candidates: Iterable[Entity]) -> str:
    """Give what chooses an entity among candidates: its id, or its IRI in short where others share the id."""
    shared = any(each.id == entity.id and each.iri != entity.iri for each in candidates)
    return entity.iri.removeprefix(BASE) if shared else entity.id


def normalize(name: str) -> str:
    """Reduce a name to what makes a difference: letters and digits, without case and diacritics."""
    # a name in another script has no letters that squash keeps
    return squash(name) or "".join(fold(name).split())


def rank(name: str, entities: Iterable[Entity], read: Collection[str] = ()) -> list[Match]:
    """Rank the entities that a name may mean, best first; `read` are the IRIs of `read_references`."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST:
        return []
    query = _Query(name, normalize(name), frozenset(_words(name)), frozenset(read))
    found = [Match(each, fits) for each in entities if (fits := _fit(query, each)) is not None]
    return sorted(found, key=lambda match: (match.rank, match.entity.label, match.entity.iri))


def choose(name: str, entities: Collection[Entity], read: Collection[str] = (), kinds: Collection[str] = ()) -> Match:
    """Find the one entity that a name means; `kinds` are those of the entities, for the message.

    Raises AmbiguousName if several fit equally well and UnknownName, with the nearest names, if none fits.
    """
    found = rank(name, entities, read)
    best = [match for match in found if match.rank == found[0].rank]
    # somebody whom a register knows goes before a namesake of whom papers give only the name
    known = {match.entity.kind for match in best if match.entity.registered}
    best = [match for match in best if match.entity.registered or match.entity.kind not in known]
    if len(best) == 1:
        return best[0]
    if best and best[0].rank < Rank.PREFIX:
        raise ambiguous(name, [match.entity for match in best], best[0].rank)
    raise unknown(name, [match.entity for match in best] or nearest(name, entities), kinds)


def ambiguous(name: str, candidates: Collection[Entity], rank: Rank = Rank.EXACT) -> AmbiguousName:
    """Make the error for a name that several entities have."""
    fits = f"can mean {len(candidates)} things" if rank < Rank.WORDS else f"is part of {len(candidates)} names"
    return AmbiguousName(f'"{name}" {fits}; choose one by its id:', name, candidates)


def unknown(name: str, candidates: Collection[Entity], kinds: Collection[str] = ()) -> UnknownName:
    """Make the error for a name that nothing of some kinds has."""
    what = f"no {' or '.join(kinds)}" if 0 < len(kinds) < _KINDS_LISTED else "nothing"
    hint = "; did you mean:" if candidates else "; try an id such as kst-33279-40 or npt, or part of a name"
    return UnknownName(f'{what} in the graph is called "{name}"{hint}', name, candidates)


def nearest(name: str, entities: Iterable[Entity], count: int = _NEAREST) -> list[Entity]:
    """Find the entities whose names resemble a name most, for "did you mean"."""
    wanted = normalize(name[:LONGEST])
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    best = dict[str, tuple[float, Entity]]()
    for each in entities:
        for key in {normalize(one) for one in each.all_names}:
            if 2 * min(len(key), len(wanted)) < _SIMILAR * (len(key) + len(wanted)):
                continue
            matcher.set_seq1(key)
            # each an upper bound of the next, and much cheaper
            if matcher.quick_ratio() >= _SIMILAR and (ratio := matcher.ratio()) >= _SIMILAR:
                best[each.iri] = max(best.get(each.iri, (0.0, each)), (ratio, each), key=lambda pair: pair[0])
    ordered = nlargest(count, sorted(best.values(), key=lambda pair: pair[1].iri), key=lambda pair: pair[0])
    return [each for _, each in ordered]


@dataclass(frozen=True, slots=True)
class _Query:
    name: str
    key: str
    words: frozenset[str]
    read: frozenset[str]


def _fit(query: _Query, entity: Entity) -> Rank | None:
    if query.name in (entity.iri, entity.id, entity.iri.removeprefix(BASE)):
        return Rank.IDENTIFIER
    names = entity.all_names
    if query.name in names:
        return Rank.EXACT
    if entity.iri in query.read:
        return Rank.READ
    keys = [normalize(name) for name in names]
    if query.key and (query.key in keys or query.key == normalize(last_segment(entity.iri))):
        return Rank.NORMALIZED
    if query.words:
        words = [_words(name) for name in names]
        if any(query.words <= each for each in words):
            return Rank.WORDS
        if any(_begin(query.words, each) for each in words):
            return Rank.PREFIX
        # longer than a word, since short ones begin too many names ("No Peace" is no "nope")
        if len(query.key) >= _LONG_PREFIX and any(key.startswith(query.key) for key in keys):
            return Rank.PREFIX
    return None


def _begin(starts: frozenset[str], words: frozenset[str]) -> bool:
    """Test whether each word asked for begins a word of a name; a number must be the whole number."""
    return all(
        any(word == start or (len(start) >= _PREFIX and not start.isdigit() and word.startswith(start)) for word in words)
        for start in starts
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(name)))


def last_segment(iri: str) -> str:
    """Give the last part of an IRI: "kst-33279-40" of its address."""
    found = _LAST_SEGMENT.search(iri)
    return found[1] if found else ""


def read_references(name: str, read: Read) -> list[str]:
    """Read a name as papers would write a reference, and give the IRIs of what it may refer to, the likeliest first.

    A bare number is also read as that of a Kamerstuk, a dossier and an answer to written questions.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST:
        return []
    omitted = _OMITTED if any(character.isdigit() for character in name) else ()
    found = (_read(f"{before}{name}", read) for before in ("", *omitted))
    return list(dict.fromkeys(each.iri for each in found if each))


def by_id(identity: str) -> Entity | None:
    """Make the entity that has a number with an official address from its id: kst-33279-40, dossier-33279, 32016R0679."""
    kind = next((kind for prefix, kind in _KIND_BY_PREFIX if identity.startswith(prefix)), None)
    label = label_of(kind, identity) if kind else identity
    iri = address(kind, identity) if kind and label != identity else None
    return Entity(kind, identity, iri, label) if kind and iri else None


def meant(words: str, registers: Registers, read: Read) -> Entity | None:
    """Find the one entity that words name without a graph: in the registers, or by a number that has an address.

    None where they name none or several, or more than an entity.
    """
    words = " ".join(words.split())
    return (
        by_id(words) or _registered(words, registers) or _by_address(words, read) or _read(words, read)
        if words
        else None
    )


def registered(registers: Registers) -> Iterator[Entity]:
    """Give the entities of the registers with all their names; a person is of the kind "person"."""
    for entry in registers.entries:
        names = tuple(dict.fromkeys((entry.label_en, *(name.text for name in entry.names))))
        yield Entity(entry.kind, entry.notation, entry.iri, entry.label_nl, names, True)
    for post in registers.posts:
        yield Entity("office", post.notation, post.iri, post.label_nl, (post.label_en,), True)
    for person in {each.iri: each for each in (*registers.people, *registers.members)}.values():
        yield Entity("person", person.notation, person.iri, full_name(person), (person.surname, *person.names), True)


def _registered(words: str, registers: Registers) -> Entity | None:
    """Find a register entry by its notation or IRI. Two people of one name share a notation, never an IRI."""
    entries = (Entity(each.kind, each.notation, each.iri, each.label_nl) for each in registers.entries)
    posts = (Entity("office", each.notation, each.iri, each.label_nl) for each in registers.posts)
    if found := next(
        (each for each in chain(entries, posts) if each.kind in BY_NAME and words in (each.id, each.iri)), None
    ):
        return found
    people = chain((("minister", each) for each in registers.people), (("member", each) for each in registers.members))
    return next(
        (Entity(kind, each.notation, each.iri, full_name(each)) for kind, each in people if each.iri == words), None
    )


def _by_address(words: str, read: Read) -> Entity | None:
    """Find what has that official address, of which the last part is the id."""
    tail = last_segment(words)
    return next((each for each in _by_tail(tail, read) if each.iri == words), None) if tail else None


def _by_tail(tail: str, read: Read) -> Iterator[Entity]:
    for found in (by_id(tail), by_id(f"dossier-{tail}"), _read(tail, read)):
        if found:
            yield found


def _read(words: str, read: Read) -> Entity | None:
    """Find what papers would refer to by these words, if they refer to one entity and say nothing else."""
    front = "Zie "
    found = [link for link in read(f"{front}{words} aldaar.") if BY_NAME[link.kind].listed]
    if len(found) != 1 or found[0].iri is None or found[0].id is None or "#" in found[0].iri:
        return None
    (link,) = found
    whole = link.span.end == len(front) + len(words) and words[: link.span.start - len(front)].lower() in _ARTICLES
    return Entity(link.kind, link.id or "", link.iri or "", link.label) if whole else None
