"""The notation in which the other tests say what they expect."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markup import Marked, mark, unmark

CASES = [
    ("geen verwijzing", "geen verwijzing", []),
    ("zie [[Kamerstuk 1|kst-1]].", "zie Kamerstuk 1.", [Marked(4, 15, None, "kst-1")]),
    ("[[a|zaak|x]] en [[b|?]]", "a en b", [Marked(0, 1, "zaak", "x"), Marked(5, 6, None, None)]),
    ("[[brief van [[2 mei|d]]|l]]", "brief van 2 mei", [Marked(0, 15, None, "l"), Marked(10, 15, None, "d")]),
    ("[[[footnoteRef:2]|note-2]] [2: x]", "[footnoteRef:2] [2: x]", [Marked(0, 15, None, "note-2")]),
    ("[[[[t/m|a]]|b]]", "t/m", [Marked(0, 3, None, "a"), Marked(0, 3, None, "b")]),
]


@pytest.mark.parametrize(("marked", "text", "marks"), CASES)
def test_marks_are_read(marked: str, text: str, marks: list[Marked]) -> None:
    assert unmark(marked) == (text, marks)


@given(
    st.text("ab c\n]", max_size=12),
    st.lists(st.tuples(st.integers(0, 12), st.integers(1, 12), st.sampled_from(["x", "y:z", None]))),
)
def test_there_and_back(text: str, places: list[tuple[int, int, str | None]]) -> None:
    marks: list[Marked] = []
    for start, length, identity in places:
        each = Marked(start, start + length, None, identity)
        crosses = any(
            one.start < other.start < one.end < other.end for m in marks for one, other in ((m, each), (each, m))
        )
        if each.end <= len(text) and not crosses:
            marks.append(each)
    back, found = unmark(mark(text, marks))
    assert back == text
    assert sorted(found, key=str) == sorted(marks, key=str)


def test_what_cannot_be_marked_is_refused() -> None:
    with pytest.raises(ValueError, match="cross"):
        mark("abcdef", [Marked(0, 3, None, "x"), Marked(2, 5, None, "y")])
    with pytest.raises(ValueError, match="reads as a mark"):
        mark("[[a|b]]", [])
    with pytest.raises(ValueError, match="not closed"):
        unmark("[[a")
