"""What the rules of resolving share: the paper, its sections and profile, the registers, and the outcome that they give."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph

from graph.kinds import BY_NAME, address, label_of
from graph.kinds.identities import dossier_of, number_of
from graph.kinds.names import surname
from graph.known import Known
from graph.model import Document, Mention, Profile, Section, Span, section_finder
from graph.patterns import late
from graph.resolve.rules import UNRESOLVED, Rule
from ontology.naming import slug
from ontology.registers import Registers

NOT_KNOWN = "not in the list of known publications"
_NUMBERED = ("kamerstuk", "aanhangsel", "document")
_FURTHEST_BESIDE = 24
MOST_DOSSIERS = 200
"""Dossiers named before a place that are looked at: far more than papers name, and an end for those made to have many."""
_SENTENCE_END = late(r"\n\n|(?<!\bnr)(?<!\bnrs)[.?!][ \u00a0\n]+[A-ZÀ-Þ]")
_TOP = 3000
_SPEAKER = late(r"^(?:De|de) (?:heer|voorzitter)\b[^\n:]{0,50}:|^Mevrouw [^\n:]{2,50}:", re.MULTILINE)
_REPORT = late(
    r"VERSLAG VAN EEN|Verslag van een|HANDELINGEN|MONDELING OVERLEG|Vragen en opmerkingen uit de commissie|Regeling van werkzaamheden"
)


@dataclass(frozen=True)
class Context:
    """A paper with all that is known of it when its mentions are resolved; what many mentions ask is found once."""

    document: Document
    sections: tuple[Section, ...]
    profile: Profile
    registers: Registers
    mentions: tuple[Mention, ...]
    known: Known | None = None

    def section(self, kind: str, number: int) -> Section | None:
        """The section of that kind and number, if the paper has it."""
        return self._numbered_sections.get((kind, number))

    def status(self, kind: str, identity: str) -> str | None:
        """What the list of known publications says of an id, if there is one and it covers the kind."""
        return self.known.status(kind, identity) if self.known else None

    def within(self, name: str) -> str:
        """The address of something that exists only within this paper."""
        return f"{self.profile.iri}#{name}"

    def beside(self, mention: Mention) -> Mention | None:
        """The numbered paper in brackets right behind a mention ("brief d.d. 2 maart jl. (Kamerstuk 33279-40)"), or in it."""
        starts, numbered = self._numbered
        for index in range(bisect_left(starts, mention.span.start), len(starts)):
            other = numbered[index]
            if mention.span.holds(other.span):
                return other
            if other.span.start > mention.span.end + _FURTHEST_BESIDE:
                return None
            if other.span.start >= mention.span.end:
                between = self.document.text[mention.span.end : other.span.start]
                if re.fullmatch(r"[ \u00a0\n]{0,3}\((?:zie (?:ook )?|bijlage bij |met |Tweede Kamer, )?", between):
                    return other
        return None

    def in_letter(self, mention: Mention) -> bool:
        """Whether a mention stands in the words of a letter: the day of "brief van 6 maart" is that of the letter."""
        starts, letters = self._letters
        index = bisect_right(starts, mention.span.start)
        return index > 0 and letters[index - 1].holds(mention.span)

    def dossier_before(self, place: int) -> str | None:
        """The dossier that was named last before a place; in a debate, that in which motions were moved last."""
        for starts, dossiers in (self._moved, self._dossiers):
            index = bisect_left(starts, place)
            if index:
                return dossiers[index - 1]
        return None

    def dossiers_before(self, place: int) -> tuple[str, ...]:
        """The dossiers that were named before a place, each once, the last one first; of many the last MOST_DOSSIERS."""
        return self._last_dossiers[bisect_left(self._dossiers[0], place)]

    def only_dossier_before(self, place: int) -> str | None:
        """The dossier that a number without one must be of: where motions were moved the last, the one in its sentence, or the only one."""
        starts, _ = self._dossiers
        index = bisect_left(starts, place)
        near = index and not _SENTENCE_END.search(self.document.text, starts[index - 1], place)
        moved = bisect_left(self._moved[0], place) > 0
        if near or moved or len(self.dossiers_before(place)) == 1:
            return self.dossier_before(place)
        return None

    def act_before(self, place: int, furthest: int) -> Mention | None:
        """The act of the European Union that was named last before a place, at most so many characters away."""
        starts, acts = self._acts
        index = bisect_left(starts, place)
        # of two that share words the later may reach behind the place
        near = (act for act in reversed(acts[max(0, index - 2) : index]) if 0 <= place - act.span.end <= furthest)
        return next(near, None)

    def dossier_of_number(self, number: str) -> str | None:
        """The dossier with which the paper names the same number elsewhere."""
        return self._by_number.get(number)

    def stands_in(self, words: str) -> bool:
        """Whether one of some lower-case words, with | between them, stands in the paper as a word or at the front of one."""
        if words not in self._standing:
            pattern = rf"\b(?:{'|'.join(re.escape(word) for word in words.split('|'))})"
            self._standing[words] = re.search(pattern, self.lower) is not None
        return self._standing[words]

    def family(self, name: str) -> str:
        """The family name in a name: without initials, and without given names that the registers know (Edgar Mulder)."""
        words = surname(name).split()
        while len(words) > 1 and self.registers.is_given_name(words[0]):
            words = words[1:]
        return " ".join(words)

    @cached_property
    def section_of(self) -> Callable[[Span], Section | None]:
        """What tells the section in which a place begins."""
        return section_finder(self.sections)

    @cached_property
    def members(self) -> frozenset[str]:
        """The names, as slugs, of the members that the paper names as such."""
        return frozenset(slug(self.family(other.parts["name"])) for other in self.mentions if other.kind == "member")

    @cached_property
    def certain_members(self) -> frozenset[str]:
        """The same without those who are only called "de heer"."""
        certain = (
            other for other in self.mentions if other.kind == "member" and other.parts["by"] not in ("heer", "collega")
        )
        return frozenset(slug(self.family(other.parts["name"])) for other in certain)

    @cached_property
    def _numbered(self) -> tuple[list[int], list[Mention]]:
        found = [other for other in self.mentions if other.id is not None and other.kind in _NUMBERED]
        return [other.span.start for other in found], found

    @cached_property
    def spoken(self) -> bool:
        """Whether the paper reports what was said in the Kamer or a committee; "de heer" is then one of its members."""
        text = self.document.text
        return len(_SPEAKER.findall(text)) > 1 or _REPORT.search(text[:_TOP]) is not None

    @cached_property
    def _letters(self) -> tuple[list[int], list[Span]]:
        found = [other.span for other in self.mentions if other.kind == "letter"]
        return [span.start for span in found], found

    @cached_property
    def _by_number(self) -> dict[str, str]:
        papers = [other.id for other in reversed(self.mentions) if other.id and other.kind == "kamerstuk"]
        return {number_of(identity): dossier_of(identity) for identity in papers}

    @cached_property
    def _moved(self) -> tuple[list[int], list[str]]:
        found = [other for other in self.mentions if other.id and "moved" in other.parts]
        return [other.span.start for other in found], [dossier_of(other.id or "") for other in found]

    @cached_property
    def _dossiers(self) -> tuple[list[int], list[str]]:
        found = [other for other in self.mentions if other.id and other.kind in ("kamerstuk", "dossier")]
        named = [
            dossier_of(other.id or "") if other.kind == "kamerstuk" else (other.id or "").removeprefix("dossier-")
            for other in found
        ]
        return [other.span.start for other in found], named

    @cached_property
    def _last_dossiers(self) -> list[tuple[str, ...]]:
        """Those before each of the dossiers that are named, and behind the last."""
        found: list[tuple[str, ...]] = [()]
        for dossier in self._dossiers[1]:
            found.append((dossier, *(other for other in found[-1] if other != dossier))[:MOST_DOSSIERS])
        return found

    @cached_property
    def _numbered_sections(self) -> dict[tuple[str, int | None], Section]:
        return {(section.kind, section.number): section for section in reversed(self.sections)}

    @cached_property
    def _acts(self) -> tuple[list[int], list[Mention]]:
        found = [other for other in self.mentions if other.kind == "eu-act"]
        return [other.span.start for other in found], found

    @cached_property
    def resolutions(self) -> dict[str, tuple[bool, frozenset[str]]]:
        """Of each number of a resolution whether the paper names its body anywhere, and the years that stand with it."""
        told, years = set[str](), dict[str, set[str]]()
        for other in self.mentions:
            if other.kind == "un-resolution" and (number := other.parts.get("number")):
                years.setdefault(number, set()).update(filter(None, [other.parts.get("year")]))
                if "by" in other.parts or other.id:
                    told.add(number)
        return {number: (number in told, frozenset(found)) for number, found in years.items()}

    @cached_property
    def lower(self) -> str:
        """The text in small letters."""
        return self.document.text.lower()

    @cached_property
    def _standing(self) -> dict[str, bool]:
        return {}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule made of a mention; the parts of a Link that depend on the rule."""

    rule: Rule
    id: str | None = None
    iri: str | None = None
    label: str = ""
    problem: str | None = None
    reason: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    candidates: tuple[str, ...] = ()


def unresolved(reason: str, candidates: tuple[str, ...] = (), facts: tuple[tuple[str, str], ...] = ()) -> Outcome:
    """The outcome for a mention that no rule can join to one thing."""
    return Outcome(UNRESOLVED, reason=reason, candidates=candidates, facts=facts)


def stated(mention: Mention, rule: Rule) -> Outcome | None:
    """The outcome for a mention whose words or markup give its identity; None if they do not.

    An address that no RDF store takes leaves the mention unresolved.
    """
    if mention.id is None or BY_NAME[mention.kind].iri is None:
        return None
    iri = address(mention.kind, mention.id)
    try:
        pyoxigraph.NamedNode(iri or "")
    except ValueError:
        return unresolved("this is no valid web address")
    return Outcome(rule, mention.id, iri, label_of(mention.kind, mention.id))


Resolver = Callable[[Mention, Context], Outcome | None]
"""A rule or a few that belong together: an outcome, or None where the next may know."""
