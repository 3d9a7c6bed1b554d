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
    act = context.act_before(mention.span.start, _FURTHEST)
    year = re.match(r"3(\d{4})", act.id or "") if act else None
    if year is None:
        return unresolved("the year of the journal is left out, and no act is named before it")
    return _numbered(mention.kind, f"pb-{year[1]}-{mention.parts['issue']}", rules.YEAR_OF_ACT)


def resolve_resolution(mention: Mention, context: Context) -> Outcome:
    """A resolution by its number; the year from the same number elsewhere, the Security Council from anywhere in the paper."""
    number, year = mention.parts["number"], mention.parts.get("year")
    told, years = context.resolutions[number]
    if not told and not context.stands_in(_COUNCIL):
        return unresolved("nothing in the paper says that the resolution is one of the Security Council")
    if year is None and len(years) == 1:
        (year,) = years
    return _numbered(mention.kind, f"S/RES/{number}({year})" if year else f"S/RES/{number}", rules.NUMBER_ABROAD)


def _numbered(kind: str, identity: str, rule: rules.Rule) -> Outcome:
    return Outcome(rule, identity, address(kind, identity), label_of(kind, identity))
