"""No text takes more than its share of time: twice as much of anything takes about twice as long."""

from __future__ import annotations

import time
from datetime import date

import pytest

from graph import paper

PIECES = [
    "brief van 2 mei 2024 ", "motie-Van Nispen-Jansen c.s. ", "Kamerstuk 33279-40 en in stuk nr. 7, ", "de heer Jansen en ",
    "Kernstopverdrag ", "[2: ", "[2: x] ", "(http://a.nl/b)( ", "http://a.nl/" + ")" * 50 + " ", "(", "1", "1 ", "\n", "De Van Der ",
    "minister van Klimaat ", "ECLI:NL:", "artikel 1, 2, ", "'a b c ", "\u200b", "1\u200b", "A.", "aan de leden ", "nr. 1 (", "12 345 ", "-",
]  # fmt: skip
SIZE = 60_000
SECONDS = 3.0
"""Many times what any of them takes on a slow machine; a quadratic one takes minutes."""


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_a_long_line_of_one_thing(piece: str) -> None:
    text = (piece * (SIZE // len(piece) + 1))[:SIZE]
    begun = time.perf_counter()
    paper(text, date(2024, 5, 5))
    assert time.perf_counter() - begun < SECONDS
