"""Lines sort the same whether they fit in memory or not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from exports.sorting import in_order

LINES = some.lists(some.binary(max_size=6).map(lambda line: line.replace(b"\n", b"") + b"\n"), max_size=60)


@given(LINES, some.integers(0, 200))
def test_lines_come_in_order_and_once_whatever_fits_in_memory(lines: list[bytes], most: int) -> None:
    assert list(in_order(lines, most)) == sorted(set(lines))
