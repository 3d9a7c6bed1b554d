"""What the rules of resolving share: the paper, its sections and profile, the registers, and the outcome that they give."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from graph.known import Known
from graph.model import Document, Mention, Profile, Section
from graph.resolve.rules import UNRESOLVED, Rule
from ontology.registers import Registers


@dataclass(frozen=True, slots=True)
class Context:
    """A paper with all that is known of it when its mentions are resolved."""

    document: Document
    sections: tuple[Section, ...]
    profile: Profile
    registers: Registers
    mentions: tuple[Mention, ...]
    known: Known | None = None

    def section(self, kind: str, number: int) -> Section | None:
        """The section of that kind and number, if the paper has it."""
        return next((section for section in self.sections if section.kind == kind and section.number == number), None)

    def within(self, name: str) -> str:
        """The address of something that exists only within this paper."""
        return f"{self.profile.iri}#{name}"

    def beside(self, mention: Mention) -> Mention | None:
        """The numbered paper in brackets right behind a mention ("brief d.d. 2 maart jl. (Kamerstuk 33279-40)"), or in it."""
        for other in self.mentions:
            if other.id is None or other.kind not in ("kamerstuk", "aanhangsel", "document"):
                continue
            if mention.span.holds(other.span):
                return other
            if 0 <= other.span.start - mention.span.end <= 24:
                between = self.document.text[mention.span.end : other.span.start]
                if re.fullmatch(r"[ \u00a0\n]{0,3}\((?:zie (?:ook )?|bijlage bij |met |Tweede Kamer, )?", between):
                    return other
        return None


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


Resolver = Callable[[Mention, Context], Outcome | None]
"""A rule or a few that belong together: an outcome, or None for a mention that is not theirs."""
