"""Numbers of bodies abroad that leave something out: the year of an Official Journal, the body or year of a resolution."""

from __future__ import annotations

import re

from graph.kinds import address, label_of
from graph.model import Mention
from graph.resolve import rules
from graph.resolve.context import Context, Outcome, unresolved

_FURTHEST = 300
_COUNCIL = "veiligheidsraad|vnvr|security council|unsc"


def resolve_journal(mention: Mention, context: Context) -> Outcome:
    """An issue of the Official Journal without its year: that of the act named just before, which it published."""
    acts = [
        other
        for other in context.mentions
        if other.kind == "eu-act" and 0 <= mention.span.start - other.span.end <= _FURTHEST
    ]
    year = re.match(r"3(\d{4})", acts[-1].id or "") if acts else None
    if year is None:
        return unresolved("the year of the journal is left out, and no act is named before it")
    return _numbered(mention.kind, f"pb-{year[1]}-{mention.parts['issue']}", rules.YEAR_OF_ACT)


def resolve_resolution(mention: Mention, context: Context) -> Outcome:
    """A resolution by its number; the year from the same number elsewhere, the Security Council from anywhere in the paper."""
    number, year = mention.parts["number"], mention.parts.get("year")
    same = [other for other in context.mentions if other.kind == mention.kind and other.parts.get("number") == number]
    if not any("by" in other.parts or other.id for other in same) and not context.stands_in(_COUNCIL):
        return unresolved("nothing in the paper says that the resolution is one of the Security Council")
    years = {other.parts["year"] for other in same if "year" in other.parts}
    if year is None and len(years) == 1:
        year = years.pop()
    return _numbered(mention.kind, f"S/RES/{number}({year})" if year else f"S/RES/{number}", rules.NUMBER_ABROAD)


def _numbered(kind: str, identity: str, rule: rules.Rule) -> Outcome:
    return Outcome(rule, identity, address(kind, identity), label_of(kind, identity))
