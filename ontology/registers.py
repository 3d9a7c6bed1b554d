"""The registers as lookups: which treaty, which post, who held it on that day.

The data is Turtle, one file a register in `registers/`; see there for how an entry is written. A register
of one's own overrides ours where both have the same notation (entries) or address (people, posts, terms).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from ontology import compiled
from ontology.entries import Entry, Name, Person, Post, Term
from ontology.naming import fold, squash
from ontology.reading import files, read
from ontology.stanzas import RegisterError

__all__ = ["Entry", "Name", "Person", "Post", "RegisterError", "Registers", "Term"]

BUILT_IN = Path(__file__).parent / "registers"

_ROLES = {
    squash(word): role
    for role, words in {
        "minister": "minister ministers",
        "staatssecretaris": "staatssecretaris staatssecretarissen",
        "minister-president": "minister-president ministerpresident premier",
        "vice-minister-president": "vice-minister-president viceminister-president vice-premier vicepremier",
    }.items()
    for word in words.split()
}
_VOOR = re.compile(r"^.* voor (?:de |het )?")
_WITH_PORTFOLIO = frozenset({"minister", "staatssecretaris"})
_TITLES = frozenset(
    {"dr", "drs", "mr", "ir", "ing", "prof", "bc", "ba", "ma", "bsc", "msc", "mba", "mpa", "llm", "phd"}
    | {"mevrouw", "mw", "dhr"}
)
_ADDRESS = re.compile(r"^\s*de\s+heer\s+", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[a-z]{1,2}\.)+[a-z]?\.?")


class Registers:
    """All registers together, made by `load`."""

    def __init__(
        self,
        entries: Iterable[Entry],
        people: Iterable[Person],
        posts: Iterable[Post],
        terms: Iterable[Term],
        post_names: Iterable[tuple[str, Post]] = (),
        members: Iterable[Person] = (),
    ) -> None:
        self.entries = tuple(entries)
        self.people = tuple(people)
        self.posts = tuple(posts)
        self.members = tuple(members)
        self.terms = tuple(sorted(terms, key=lambda term: (term.start, term.post.notation)))
        self._entry = {(entry.kind, entry.notation): entry for entry in self.entries}
        self._terms_by_post: defaultdict[str, list[Term]] = defaultdict(list)
        self._terms_by_person: defaultdict[str, list[Term]] = defaultdict(list)
        for term in self.terms:
            self._terms_by_post[term.post.notation].append(term)
            self._terms_by_person[term.person.notation].append(term)
        self._people_by_name = _by_name(self.people)
        self._members_by_name = _by_name(self.members)
        self._given = {fold(word) for person in (*self.people, *self.members) for word in person.given.split()}
        committees = [entry for entry in self.entries if entry.kind == "committee"]
        self._committee_for: dict[str, Entry] = {squash(each.notation.partition(":")[2]): each for each in committees}
        for each in committees:
            for label in each.names:
                self._committee_for.setdefault(squash(_VOOR.sub("", label.text)), each)
        # Later ones win: what a post is called by others must not hide the post that has it as its own name.
        post_names = tuple(post_names)
        self.portfolios = (
            *(post.portfolio for post in self.posts if post.portfolio),
            *(name for name, _ in post_names),
        )
        """The portfolios of all posts, by each of their names."""
        named = [*post_names, *((post.portfolio, post) for post in self.posts)]
        self._post_by_name: dict[tuple[str, str], Post] = {}
        for name, post in named:
            if post.role in _WITH_PORTFOLIO:
                self._post_by_name[post.role, squash(name)] = post
            else:
                self._post_by_name[post.role, ""] = post
                if name:
                    # The prime minister is minister of general affairs besides, and is found either way.
                    self._post_by_name["minister", squash(name)] = post

    @classmethod
    def load(cls, *extra: Path) -> "Registers":
        """The built-in registers and those of the files or folders in `extra`; later ones override.

        Registers of one's own are checked against the shapes; what was read once is kept compiled in a cache (see
        `ontology.compiled`). Raises RegisterError, which names the file and the line or the stanza, for what cannot be
        used.
        """
        paths = tuple(files((BUILT_IN, *extra)))
        place = compiled.place(paths)
        content = compiled.load(place)
        if content is None:
            content = read(paths)
            if extra:
                from ontology.checking import check

                check(tuple(files(extra)), tuple(files((BUILT_IN,))))
            compiled.save(place, content)
        return cls(*content)

    def entry(self, kind: str, notation: str) -> Entry | None:
        """The entry of that kind ("treaty") and notation ("npt"), if there is one."""
        return self._entry.get((kind, notation))

    def who(self, post_notation: str, day: date) -> tuple[Term, ...]:
        """The terms in a post on a day; on the day of a handover those of both."""
        return tuple(term for term in self._terms_by_post.get(post_notation, ()) if term.covers(day))

    def posts_of(self, person_notation: str, day: date | None = None) -> tuple[Term, ...]:
        """The terms of the people of that notation, all of them or those that run on `day`."""
        terms = self._terms_by_person.get(person_notation, ())
        return tuple(term for term in terms if day is None or term.covers(day))

    def people_named(self, surname: str) -> tuple[Person, ...]:
        """The people who held a post in the government and go by a name: a family name, with or without titles, initials or given name.

        Case, accents and hyphens make no difference. Initials and given names must agree with what the
        register knows, so that "Arno Rutte" is not Mark Rutte.
        """
        return _named(surname, self._people_by_name)

    def members_named(self, surname: str) -> tuple[Person, ...]:
        """The members of parliament who go by a name, as in `people_named`; only those whom a record gives with a number."""
        return _named(surname, self._members_by_name)

    def is_given_name(self, word: str) -> bool:
        """Whether a word is the given name of anybody in the registers, in any case."""
        return fold(word) in self._given

    def committee_for(self, portfolio: str) -> Entry | None:
        """The committee for a portfolio ("Buitenlandse Zaken", "BiZa"), compared as in `post_for`."""
        return self._committee_for.get(squash(portfolio))

    def post_for(self, role: str, portfolio: str) -> Post | None:
        r"""The post of a role ("Staatssecretaris") for a portfolio ("Buitenlandse Zaken", "OCW").

        Compared without case, accents, hyphens and blanks. "premier" needs no portfolio.
        """
        known = _ROLES.get(squash(role))
        if known is None:
            return None
        return self._post_by_name.get((known, squash(portfolio) if known in _WITH_PORTFOLIO else ""))


_ByName = Mapping[str, Mapping[str, Person]]


def _by_name(people: Iterable[Person]) -> _ByName:
    """People by address, by each of the ways in which their names are written."""
    found: defaultdict[str, dict[str, Person]] = defaultdict(dict)
    for person in people:
        for name in (person.surname, *person.names):
            found[squash(name)][person.iri] = person
    return found


def _named(surname: str, by_name: _ByName) -> tuple[Person, ...]:
    words = _words(surname)
    for first in range(len(words)):
        found = by_name.get(squash(" ".join(words[first:])))
        if found:
            before = words[:first]
            return tuple(person for person in found.values() if _agrees(before, person))
    return ()


@lru_cache(maxsize=10_000)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name without titles."""
    # Titles run together ("mr.drs.") fall apart; the dots of initials stay with them.
    spaced = re.sub(r"(?<=[a-z]{2}\.)(?=\w)", " ", _ADDRESS.sub("", name))
    joined = re.sub(r"\s*[-–]\s*", "-", spaced).replace(",", " ")
    return tuple(word for word in joined.split() if fold(word).replace(".", "") not in _TITLES)


def _agrees(before: Sequence[str], person: Person) -> bool:
    """Whether the words before a family name (initials, given names) can be those of `person`."""
    if not before:
        return True
    word, initials = before[0], squash(person.initials)
    if _INITIALS.fullmatch(fold(word)):
        return initials.startswith(squash(word)) or squash(word).startswith(initials)
    if person.given:
        return fold(word) in fold(person.given).split()
    return initials[:1] == squash(word)[:1]
