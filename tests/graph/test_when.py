"""Days: the parliamentary year, dates without a year, and letters known by their date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import paper, references
from graph.days import sitting
from graph.kinds.numbers import MONTHS

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


def opening(year: int) -> date:
    """The third Tuesday of September, found by counting."""
    tuesdays = [day for n in range(30) if (day := date(year, 9, 1) + timedelta(n)).weekday() == 1]
    return tuesdays[2]


@given(DAYS)
def test_the_parliamentary_year_begins_on_the_third_tuesday_of_september(day: date) -> None:
    year = day.year if day >= opening(day.year) else day.year - 1
    assert sitting(day) == f"{year}{year + 1}"


@pytest.mark.parametrize(
    ("day", "years"),
    [
        ("2024-09-16", "20232024"), ("2024-09-17", "20242025"), ("2025-09-15", "20242025"), ("2025-09-16", "20252026"),
        ("2026-06-29", "20252026"), ("2026-01-01", "20252026"), ("2020-09-15", "20202021"), ("2015-09-15", "20152016"),
    ],
)  # fmt: skip
def test_the_days_on_which_the_year_began(day: str, years: str) -> None:
    assert sitting(date.fromisoformat(day)) == years


def resolved(words: str, written: date | None) -> str | None:
    (link,) = (link for link in references(f"Op {words} was dat zo.", written, dates=True) if link.kind == "date")
    return link.id


@given(DAYS, st.integers(0, 364))
def test_the_last_such_day_is_never_after_the_paper_and_within_a_year_of_it(written: date, ago: int) -> None:
    day = written - timedelta(ago)
    found = resolved(f"{day.day} {MONTHS[day.month - 1]} jl.", written)
    if (day.month, day.day) != (2, 29):
        assert found == day.isoformat()


@given(DAYS, st.integers(-180, 180))
def test_a_day_without_a_year_is_the_nearest(written: date, away: int) -> None:
    day = written + timedelta(away)
    if (day.month, day.day) != (2, 29):
        assert resolved(f"{day.day} {MONTHS[day.month - 1]}", written) == day.isoformat()


@given(DAYS, DAYS)
def test_a_full_date_is_itself_whenever_it_was_written(day: date, written: date) -> None:
    assert resolved(f"{day.day} {MONTHS[day.month - 1]} {day.year}", written) == day.isoformat()


@pytest.mark.parametrize("words", ["31 april 2024", "30 februari 2024", "29 februari 2023"])
def test_a_day_that_does_not_exist_stays_unresolved(words: str) -> None:
    assert resolved(words, date(2024, 11, 19)) is None
    (link,) = (link for link in references(f"Op {words}.", dates=True) if link.kind == "date")
    assert link.reason == "there is no such day"


def test_the_twenty_ninth_of_february_is_that_of_a_leap_year() -> None:
    assert resolved("29 februari jl.", date(2024, 6, 1)) == "2024-02-29"
    assert resolved("29 februari", date(2023, 6, 1)) == "2024-02-29"


def test_without_a_date_of_its_own_a_paper_leaves_the_year_open() -> None:
    assert resolved("2 maart", None) is None


@pytest.mark.parametrize(
    ("text", "day", "reason"),
    [
        ("Antwoord van minister Berendsen (ontvangen 29 juni 2026)", "2026-06-29", "ontvangen"),
        ("(ingezonden 3 mei 2024)", "2024-05-03", "ingezonden"),
        ("Den Haag, 15 januari 2025\n\nTekst.", "2025-01-15", "place and date"),
        ("’s-Gravenhage, 1 december 1981", "1981-12-01", "place and date"),
        ("MOTIE VAN HET LID KNOPS\nVoorgesteld 12 mei 2014", "2014-05-12", "Voorgesteld"),
        ("(ontvangen 31 juni 2026) Den Haag, 15 januari 2025", "2025-01-15", "place and date"),
        ("Op 3 mei 2024 gebeurde iets.", None, "the paper has no date"),
    ],
)
def test_the_date_of_a_paper_and_how_it_is_known(text: str, day: str | None, reason: str) -> None:
    profile = paper(text).profile
    assert (profile.date and profile.date.isoformat(), profile.date_reason) == (day, reason)


def test_a_date_that_is_given_wins() -> None:
    profile = paper("Den Haag, 15 januari 2025", date(2020, 1, 2)).profile
    assert (profile.date, profile.date_reason) == (date(2020, 1, 2), "given")


@pytest.mark.parametrize(
    ("day", "identity"),
    [
        (date(2024, 9, 16), "ah-tk-20232024-393"),
        (date(2024, 9, 17), "ah-tk-20242025-393"),
        (None, None),
    ],
)
def test_an_answer_paper_without_its_year_is_of_the_year_of_the_paper(day: date | None, identity: str | None) -> None:
    (link,) = references("Zie ook AH 393 hierover.", day)
    assert (link.kind, link.id) == ("aanhangsel", identity)


def test_the_day_of_a_letter_is_the_day_in_its_words() -> None:
    found = {link.kind: link.id for link in references("de Kamerbrief van 6 maart zegt", date(2025, 1, 29), dates=True)}
    assert found == {"letter": "letter:2024-03-06", "date": "2024-03-06"}
