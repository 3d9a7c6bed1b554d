"""Find the words that refer: one pass over the text for all kinds and all names, then a look around each hit.

An Aho-Corasick automaton runs over the squeezed text with the anchors of the kinds and the names of the registers; at an
anchor the kind's own pattern reads what stands there. Overlaps are settled by one rule: of two mentions that overlap,
one goes if the other's kind covers its kind; of the same kind the one that starts first stays, then the longest. Numbers
that a range only implies share its words and all stay.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, cast

import ahocorasick_rs

from graph.fold import GONE, Folded, by_first_letters, fold, squeeze_all
from graph.kinds import BY_NAME, KINDS
from graph.kinds.registered import articles_before
from graph.model import Finder, Mention, Span
from graph.patterns import late
from ontology.collecting import uncollected
from ontology.registers import Entry, Name, Registers

_MUCH = 2_000_000
"""Characters after which it pays to have the automaton as a table: it is read in half the time and made in ten times as much."""
_MOST_IN_TABLE = 10_000
"""Patterns with which the table is still small enough for the memory next to the processor."""
_NAMED = ("treaty", "law", "committee", "topic")
_LONG = 12
_SHORT = 3
_SPLIT = late(rf"(?<=[0-9])(?<!(?<![0-9])(?:18|19|20)[0-9]{{2}}){GONE}+(?=[0-9])")
"""Signs without width that stand between the digits of a number; behind a year a soft hyphen is the dash of a vergaderjaar."""
_RUN_BEFORE = late(r"(?<![A-Za-z])(?:de|het|van|in|een|en|bij|aan)$", re.IGNORECASE)
_RUN_AFTER = late(r"(?!s|en(?![a-z]{2})|e[ ,.]|lijk|pje|tje|gev(?:ing|er)|boek)[a-z]{2,}")
_FUNCTION_WORD = late(
    r"(?:aan|van|voor|met|bij|heeft|wordt|is|zijn|niet|die|dat|en(?=[ ](?:de|het|aan|van|in|op)\b))(?![\w])"
)
_NUMERAL = late(r"[ \u00a0](?:II|III|IV|I)(?![\w])")
_MEVROUW = late(r"Mw\.?[ \u00a0\n]{1,2}(?:[A-Z]|(?:dr|drs|ir|mr|prof|van|de|den|der|ter)[ .])")
_OF_YEAR = late(r"[ \n](?:van|uit|\()[ \n]?((?:18|19|20)[0-9]{2})(?![0-9])")
_BROTHERS = ("Tractaat van ", "Conventie van ")
"""Other words with which a "Verdrag van ..." may begin."""


_Known = tuple[tuple[Entry, Name], ...]
"""The entries that one way of writing may mean, each with its name."""


class _Pattern(NamedTuple):
    """What a hit of the automaton leads to: the cases that it must have, the finders of its kinds, the names by their case."""

    cases: tuple[str, ...]
    finders: tuple[Finder, ...]
    names: tuple[tuple[str, _Known], ...]


class Recogniser:
    """The automaton over the anchors of all kinds and the names of some registers; made once, used for many texts."""

    @uncollected()
    def __init__(self, registers: Registers) -> None:
        """Compile the automaton: some milliseconds per thousand names."""
        finders: dict[str, list[Finder]] = {}
        for kind in KINDS:
            for anchor in kind.anchors if kind.find else ():
                finders.setdefault(anchor, []).append(cast("Finder", kind.find))
        self._finders = finders
        self._named = [(entry, name) for entry in registers.entries if entry.kind in _NAMED for name in _names(entry)]
        self._cased = squeeze_all([name.text for _, name in self._named])
        # the names that are squeezed to the same, by their places
        self._alike: dict[str, list[int]] = {}
        for place, cased in enumerate(self._cased):
            if len(cased) > 1:
                self._alike.setdefault(cased.lower(), []).append(place)
        # in order, so that what is made one after the other lies side by side: half of the time for many names
        self._patterns = sorted(pattern.encode("ascii") for pattern in {**dict.fromkeys(finders), **self._alike})
        self._told: list[_Pattern | None] = [None] * len(self._patterns)
        self._automaton = ahocorasick_rs.BytesAhoCorasick(self._patterns)
        self._before_table = _MUCH if len(self._patterns) < _MOST_IN_TABLE else sys.maxsize
        self._portfolios = by_first_letters(
            [*registers.portfolios]
            + [name.text for entry in registers.entries if entry.kind == "committee" for name in entry.names]
            + [
                _after_for(label)
                for entry in registers.entries
                if entry.kind == "committee"
                for label in (entry.label_nl, *(name.text for name in entry.names))
            ]
        )
        # a family name of one word is no more than that; one of several tells where the name ends
        self._surnames = by_first_letters(
            name for person in registers.people for name in (person.surname, *person.names) if " " in person.surname
        )

    def page(self, text: str) -> Folded:
        """The text as all stages read it."""
        return fold(text, self._portfolios, self._surnames)

    def mentions(self, page: Folded) -> tuple[Mention, ...]:
        """All mentions in a text, in the order of their places, overlaps settled."""
        if GONE in page.plain and (signs := list(_SPLIT.finditer(page.plain))):
            # patterns read numbers digit by digit; these are read as they are seen, and their places are those of the text
            gone = {place for sign in signs for place in range(*sign.span())}
            places = [place for place in range(len(page.text)) if place not in gone]
            seen = self.mentions(self.page("".join(page.text[place] for place in places)))
            return tuple(
                replace(each, span=Span(places[each.span.start], places[each.span.end - 1] + 1)) for each in seen
            )
        return tuple(_settle(self._found(page), page.plain))

    def _found(self, page: Folded) -> Iterator[Mention]:
        cased, place, told = page.cased, page.place.item, self._told
        for index, start, end in self.hits(page):
            cases, finders, names = told[index] or self._tell(index)
            # most hits are two or three small letters within a word, where a short name wants capitals
            if cases and not cased.startswith(cases, start):
                continue
            span = Span(place(start), place(end - 1) + 1)
            for find in finders:
                yield from find(page, span)
            if names and _stands_alone(page, span):
                for case, known in names:
                    if cased.startswith(case, start) and _in_one_piece(page, span, known[0][1]):
                        yield from _named(page, span, known)

    def _tell(self, index: int) -> _Pattern:
        """What a hit of a pattern leads to, which is put together when it is hit first: of many names few ever are."""
        pattern = self._patterns[index].decode("ascii")
        by_case: dict[str, list[tuple[Entry, Name]]] = {}
        for place in self._alike.get(pattern, ()):
            entry, name = self._named[place]
            by_case.setdefault(self._cased[place] if name.exact else "", []).append((entry, name))
        finders = tuple(self._finders.get(pattern, ()))
        cases = () if finders or "" in by_case else tuple(by_case)
        self._told[index] = told = _Pattern(
            cases, finders, tuple((case, tuple(known)) for case, known in by_case.items())
        )
        return told

    def hits(self, page: Folded) -> list[tuple[int, int, int]]:
        """Where which pattern stands, overlaps and all."""
        if 0 < self._before_table <= len(page.text):
            self._automaton = ahocorasick_rs.BytesAhoCorasick(
                self._patterns, implementation=ahocorasick_rs.Implementation.DFA
            )
        self._before_table -= len(page.text)
        return self._automaton.find_matches_as_indexes(page.squeezed.encode("ascii"), overlapping=True)


def _after_for(label: str) -> str:
    """The portfolio in the name of a committee: what follows "voor" and an article."""
    portfolio = label.partition(" voor ")[2] or label
    return portfolio.removeprefix("de ").removeprefix("het ")


def _names(entry: Entry) -> Iterator[Name]:
    """The names under which an entry is looked for; committees "voor" something are read by their portfolio."""
    for name in entry.names:
        if entry.kind == "committee" and (" voor " in name.text or " " not in name.text):
            continue
        yield name
        if name.text.startswith("Verdrag van "):
            for brother in _BROTHERS:
                yield Name(brother + name.text.removeprefix("Verdrag van "), name.exact, name.needs)


def _stands_alone(page: Folded, span: Span) -> bool:
    """Whether a name begins and ends as a word; a small letter run into a capital is a lost blank, not one word."""
    text = page.text
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    first, last = text[span.start], text[span.end - 1]
    begins = not before.isalnum() or (before.islower() and first.isupper() and _after_lost_blank(page, span))
    ends = (
        not after.isalnum()
        or (last.islower() and after.isupper())
        or (last.isalpha() and after.isdigit() and last.islower())
    )
    if span.end - span.start >= _LONG and first.isalpha() and last.islower():
        # in text from PDF words run together; a long name is still that name, but no plural or compound of it
        begins = begins or _RUN_BEFORE.search(text, max(0, span.start - 6), span.start) is not None
        ends = ends or _RUN_AFTER.match(text, span.end) is not None
    elif last.islower() and after.islower():
        ends = ends or _FUNCTION_WORD.match(text, span.end) is not None
    return begins and ends


def _after_lost_blank(page: Folded, span: Span) -> bool:
    """Whether the small letters run into a name are a word of their own: "hetEVRM", but not "ZonMw"."""
    long = span.end - span.start > _SHORT
    return long or _RUN_BEFORE.search(page.text, max(0, span.start - 6), span.start) is not None


def _in_one_piece(page: Folded, span: Span, name: Name) -> bool:
    """Whether a name in one word (start, sort) does not spread over two paragraphs. One that wants its case never means a word."""
    return name.exact or " " in name.text or "\n\n" not in page.plain[span.start : span.end]


def _named(page: Folded, span: Span, known: _Known) -> Iterator[Mention]:
    """A mention for each kind of entry that bears the name; `among` holds those that words elsewhere must settle."""
    article = articles_before(page.plain, span.start)
    parts = {"article": article} if article else {}
    if known[0][0].kind == "law" and (
        _NUMERAL.match(page.text, span.end) or (not article and _MEVROUW.match(page.text, span.start))
    ):
        return  # "Wet computercriminaliteit III" is another law, and "Mw. Belhaj" a lady
    for kind in dict.fromkeys(entry.kind for entry, _ in known):
        bearers = list(
            {entry.notation: (entry.notation, name.needs) for entry, name in known if entry.kind == kind}.values()
        )
        if len(bearers) == 1 and not bearers[0][1]:
            yield Mention(kind, span, bearers[0][0], parts)
        else:
            among = ";".join(f"{notation}={'|'.join(needs)}" for notation, needs in bearers)
            year = _OF_YEAR.match(page.plain, span.end)
            yield Mention(kind, span, None, {**parts, "among": among, **({"year": year[1]} if year else {})})


def _settle(found: Iterable[Mention], plain: str) -> Iterator[Mention]:
    """Mentions by place, without those that another one covers; see the rule at the top."""
    ordered = sorted(
        found, key=lambda mention: (mention.span.start, _by_words(mention), -mention.span.end, mention.id is None)
    )
    kept: list[Mention] = []
    # those of one kind in the same words stand together by what they name: a range implies up to 200 of them
    still_open: dict[tuple[str, Span], dict[tuple[str | None, str | None], Mention]] = {}
    covered: set[int] = set()
    for mention in ordered:
        start, covers = mention.span.start, BY_NAME[mention.kind].covers
        still_open = {place: group for place, group in still_open.items() if place[1].end > start}
        here, named = (mention.kind, mention.span), (mention.id, mention.parts.get("number"))
        group = still_open.get(here, {}) if mention.kind not in _NAMED else {}
        others = (next(iter(each.values())) for each in still_open.values() if each is not group)
        if named in group or any(_covers(other, mention, plain) for other in others):
            continue
        for place in [place for place in still_open if place[0] != mention.kind and place[0] in covers]:
            covered.update(map(id, still_open.pop(place).values()))
        still_open.setdefault(here, {})[named] = mention
        kept.append(mention)
    yield from (mention for mention in kept if id(mention) not in covered)


def _by_words(mention: Mention) -> bool:
    """Whether a law was read by how its name is built; where a register has a name, that goes before."""
    return mention.kind == "law" and "name" in mention.parts


def _covers(other: Mention, mention: Mention, plain: str) -> bool:
    """Whether a mention that starts no later makes this one superfluous.

    The name of a protocol holds the name of its treaty, and so does a treaty for those who are party to another; both are
    mentions. So are the numbers that "t/m" implies.
    """
    if other.kind != mention.kind:
        return mention.kind in BY_NAME[other.kind].covers
    outer, words_before = (
        plain[other.span.start : mention.span.start].lower(),
        plain[max(0, mention.span.start - 4) : mention.span.start].lower(),
    )
    held = ("protocol" in outer and words_before.split()[-1:] in (["het"], ["de"], ["the"])) or outer.endswith(
        ("bij het ", "bij de ")
    )
    return not (other.kind == "treaty" and held)
