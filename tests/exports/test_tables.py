"""Tables that people open in a spreadsheet hold no formula."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

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


CELLS = st.text("=+-@;,\"'\n\r\t a1＝－") | st.sampled_from(("-1", "+31.5", "5*HYPERLINK(1)", "-1,5", "a;", '"'))
DANGEROUS = re.compile("[=+@＝＋－＠-]")


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=3))
@example([["a", "b;=cmd"]])
@example([["a", 'b;"=cmd&"']])
@example([["a", "b;\n=cmd"], ["-1", "5*HYPERLINK(1)"]])
@example([["-1", "5"], ["a", "b;-1", "5*HYPERLINK(1)"]])
def test_no_separator_makes_a_formula_of_a_part_of_a_cell(rows: list[list[str]]) -> None:
    """A spreadsheet splits at semicolons or tabs where a country or a person has it so; quotes count where they open a cell."""
    text = as_csv(rows)
    for separator in ",;\t":
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            for cell in cells:
                # digits, signs and quotes alone call no function and name no cell
                assert not DANGEROUS.match(cell) or not re.search(r"[^-+\d.,\"]", cell), (separator, cell, text)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=3))
def test_a_table_has_the_same_text_but_for_apostrophes(rows: list[list[str]]) -> None:
    found = list(csv.reader(io.StringIO(as_csv(rows), newline="")))
    plain = [[re.sub(r"\r\n?", "\n", cell).replace("'", "") for cell in row] for row in rows]
    assert [[cell.replace("'", "") for cell in row] for row in found if row] == [row for row in plain if row]


def test_text_with_semicolons_stays_as_it_is() -> None:
    row = ["artikel 1; artikel 2", "a;b", "x;1", "https://e.org/?a=1;b=2", "1;2"]
    assert list(csv.reader([as_csv([row])])) == [row]
