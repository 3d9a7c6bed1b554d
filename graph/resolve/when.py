"""Which day is meant: dates with and without a year, and letters that are known by their date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from graph.days import full_date, in_words
from graph.kinds import address
from graph.model import Mention
from graph.resolve import rules
from graph.resolve.context import Context, Outcome, unresolved


def day_of(mention: Mention, context: Context) -> tuple[date | None, rules.Rule, str]:
    """The day that a date or letter names, by which rule, or the reason why it cannot be told."""
    parts, written = mention.parts, context.profile.date
    if "year" in parts:
        full = full_date(mention)
        return full, rules.FULL_DATE, "" if full else "there is no such day"
    if written is None:
        return None, rules.UNRESOLVED, "the year is left out, and the paper has no date to count from"
    days = list(_in_years(parts, range(written.year - 1, written.year + 2)))
    if "last" in parts:
        past = [day for day in days if day <= written]
        return (max(past), rules.LAST_DATE, "") if past else (None, rules.UNRESOLVED, "there is no such day")
    if not days:
        return None, rules.UNRESOLVED, "there is no such day"
    if mention.kind == "letter" or context.in_letter(mention):
        days = [day for day in days if day <= written]  # nobody refers to a letter that is yet to be written
    return min(days, key=lambda day: (abs(day - written), day)), rules.NEAREST_DATE, ""


def _in_years(parts: Mapping[str, str], years: range) -> Iterator[date]:
    for year in years:
        try:
            yield date(year, int(parts["month"]), int(parts["day"]))
        except ValueError:
            continue


def resolve_date(mention: Mention, context: Context) -> Outcome:
    """A day by itself."""
    day, rule, reason = day_of(mention, context)
    if day is None:
        return unresolved(reason)
    iso = day.isoformat()
    return Outcome(rule, iso, f"https://w3id.org/kamergraaf/day/{iso}", in_words(day))


def resolve_letter(mention: Mention, context: Context) -> Outcome:
    """A letter by its date; it is the numbered paper beside it where there is one."""
    day, rule, reason = day_of(mention, context)
    if day is None:
        return unresolved(reason)
    iso, label = day.isoformat(), f"brief van {in_words(day)}"
    facts = (("date", iso),)
    if beside := context.beside(mention):
        return Outcome(rules.SAME_PAPER, f"letter:{iso}", address(beside.kind, beside.id or ""), label, facts=facts)
    rule = rule if rule in (rules.LAST_DATE, rules.NEAREST_DATE) else rules.BY_DATE
    return Outcome(rule, f"letter:{iso}", context.within(f"letter-{iso}"), label, facts=facts)
