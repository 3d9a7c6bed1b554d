"""Days and parliamentary years."""

from __future__ import annotations

from datetime import date, timedelta

from graph.kinds.numbers import MONTHS
from graph.model import Mention


def opening(year: int) -> date:
    """The day on which the parliamentary year begins: the third Tuesday of September (Grondwet, article 65)."""
    first = date(year, 9, 15)
    return first + timedelta(days=(1 - first.weekday()) % 7)


def sitting(day: date) -> str:
    """The parliamentary year of a day as in official ids, "20252026"."""
    year = day.year if day >= opening(day.year) else day.year - 1
    return f"{year}{year + 1}"


def full_date(mention: Mention) -> date | None:
    """The day that a mention names in full; None where the year is left out or the day does not exist."""
    if "year" not in mention.parts:
        return None
    try:
        return date(int(mention.parts["year"]), int(mention.parts["month"]), int(mention.parts["day"]))
    except ValueError:
        return None


def in_words(day: date) -> str:
    """A day in Dutch words: "2 maart 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
