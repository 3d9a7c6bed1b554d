"""Small pictures, drawn on the server as SVG: how often in each year, and what stands around a thing.

Here are the measures; the templates write the elements, so that every text is escaped as everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exports.explorer.evidence import Named
from exports.explorer.words import Say

WIDTH, HEIGHT, GAP = 360, 64, 2  # of a histogram and between its bars, in the units of the picture
ROW, SIDE, MIDDLE, TOP = 30, 230, 250, 26
_FIRST, _SECOND = 26, 27  # characters that fit beside a dot, and in the middle


@dataclass(frozen=True, slots=True)
class Bar:
    """A year in a histogram."""

    year: str
    number: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars, the width of the picture and of the bars together, and what it says in words."""

    bars: tuple[Bar, ...]
    width: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A thing in the picture, with the place of its dot and of its name."""

    thing: Named
    label: str
    x: float
    y: float
    left: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A thing in the middle, dots to the left and the right of it, and what each side is."""

    me: Named
    label: str
    dots: tuple[Dot, ...]
    width: float
    height: float
    middle: float
    y: float
    left: str
    right: str


def histogram(years: Sequence[tuple[str, int]], say: Say) -> Histogram | None:
    """The years as bars; nothing for less than two years, which a number tells better."""
    if len(years) < 2:
        return None
    most = max(number for _, number in years)
    wide = min(30.0, WIDTH / len(years))
    bars = []
    for place, (year, number) in enumerate(years):
        high = max(1.5, HEIGHT * number / most) if number else 0.0
        bars.append(
            Bar(year, number, round(place * wide, 1), round(HEIGHT - high, 1), round(wide - GAP, 1), round(high, 1))
        )
    words = say("card.histogram", first=years[0][0], last=years[-1][0], most=say.number(most))
    return Histogram(tuple(bars), WIDTH, round(wide * len(years)), words)


def surroundings(me: Named, before: Sequence[Named], after: Sequence[Named], left: str, right: str) -> Picture:
    """A thing with what refers to it on its left, and what it refers to on its right."""
    rows = max(len(before), len(after), 2)
    dots = []
    for things, here in ((before, True), (after, False)):
        for place, thing in enumerate(things):
            y = TOP + ROW * (place + 0.5 + (rows - len(things)) / 2)
            dots.append(Dot(thing, short(thing.label, _FIRST), SIDE if here else SIDE + MIDDLE, y, here))
    width, height = 2 * SIDE + MIDDLE, TOP + ROW * rows + 8
    return Picture(
        me, short(me.label, _SECOND), tuple(dots), width, height, width / 2, TOP + ROW * rows / 2,
        left if before else "", right if after else "",
    )  # fmt: skip


def short(label: str, most: int) -> str:
    """A name cut to what fits; the whole stands in the title."""
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"
