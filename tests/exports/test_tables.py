"""Tables that people open in a spreadsheet hold no formula."""

from __future__ import annotations

import csv
import io

import pytest

from exports.tables import as_csv, harmless

FORMULAS = ('=HYPERLINK("https://e.org")', "+A1", "-A1", "@SUM(1)", "\tx", "\nx", "＝1", "=1,2")
PLAIN = ("1-2", "", "a=b", "-1", "+31.5", "a\nb", 'say "x"', "é😀")


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(cell: str) -> None:
    table = list(csv.reader(io.StringIO(as_csv([("a",), (cell,)]), newline="")))
    assert table == [["a"], [f"'{cell}"]]
    assert as_csv([("a",), ("x\ry",)]) == 'a\n"x\ny"\n', "no cell ends its row"


def test_an_answer_is_made_harmless_and_keeps_what_does_no_harm() -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("x", "y"), *((cell, cell) for cell in (*FORMULAS, *PLAIN))])
    table = list(csv.reader(io.StringIO(harmless(out.getvalue().encode()).decode(), newline="")))
    assert table == [["x", "y"], *(["'" + cell] * 2 for cell in FORMULAS), *([cell] * 2 for cell in PLAIN)]
