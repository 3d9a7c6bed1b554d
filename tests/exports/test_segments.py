"""A text cut at the boundaries of its references: nothing lost, nothing twice, overlaps told."""

from hypothesis import given
from hypothesis import strategies as st

from exports.segments import Segment, segments

SPANS = st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=12)


@given(st.text(max_size=30), SPANS)
def test_the_pieces_joined_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    pieces = list(segments(text, spans))
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text == text[piece.start : piece.end] != "" for piece in pieces)


@given(st.text(max_size=30), SPANS)
def test_each_character_knows_its_spans(text: str, spans: list[tuple[int, int]]) -> None:
    told = [piece.within for piece in segments(text, spans) for _ in piece.text]
    for place, within in enumerate(told):
        assert within == tuple(index for index, (start, end) in enumerate(spans) if start <= place < end)


@given(st.text(max_size=30), SPANS)
def test_a_piece_ends_where_the_next_belongs_to_others_or_a_span_begins_anew(
    text: str, spans: list[tuple[int, int]]
) -> None:
    pieces = list(segments(text, spans))
    edges = {edge for start, end in spans if start < end for edge in (start, end)}
    assert {piece.start for piece in pieces[1:]} <= edges


def test_overlaps_and_nesting() -> None:
    assert list(segments("abcdef", [(1, 4), (3, 5), (3, 3), (1, 4)])) == [
        Segment(0, 1, "a", ()),
        Segment(1, 3, "bc", (0, 3)),
        Segment(3, 4, "d", (0, 1, 3)),
        Segment(4, 5, "e", (1,)),
        Segment(5, 6, "f", ()),
    ]


def test_no_text_has_no_pieces() -> None:
    assert list(segments("", [(0, 1)])) == []
