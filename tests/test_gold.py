"""The project's own gold set: well formed, and read as well as before.

Most texts were written without sight of the code, some to find out what it missed. The bounds are goals that have been reached; they only go up.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.gold import SOFT, Found, GoldText, marked_kinds, match
from bench.marked import MarkError, load_marked, parse
from bench.score import Score, ours, run
from graph.kinds import KINDS

GOLD = Path(__file__).parent / "gold"
HARD = [kind.name for kind in KINDS if kind.name not in SOFT]


@pytest.fixture(scope="module")
def score() -> Score:
    return run(list(load_marked(GOLD)), ours)


def test_the_texts_say_that_they_are_no_official_texts_and_have_enough_of_every_kind() -> None:
    assert all("geen officiële tekst" in path.read_text("utf-8").splitlines()[0] for path in GOLD.glob("*.txt"))
    counted = [reference.kind for text in load_marked(GOLD) for reference in text.references]
    assert len(counted) >= 500
    assert {kind for kind in counted if counted.count(kind) < 5} == set()


def test_numbers_and_names_are_found_and_right(score: Score) -> None:
    *_, precision, recall, _ = score.figures(HARD)
    assert precision >= 0.98, score.mistakes
    assert recall >= 0.97, score.mistakes


def test_soft_kinds_are_found_and_right(score: Score) -> None:
    for kind in SOFT:
        assert score.figures([kind])[-1] >= 0.85, kind


def test_wrong_targets_are_rare(score: Score) -> None:
    assert score.wrong_target / sum(score.found.values()) < 0.01


def test_what_is_called_certain_is_right(score: Score) -> None:
    right, total = score.certain()
    assert right / total >= 0.985


def test_a_kind_that_a_set_does_not_mark_is_not_counted() -> None:
    text = GoldText("a", "x" * 40, None, (Found(0, 10, "treaty", "npt"),), (), frozenset({"treaty"}))
    found = [Found(0, 10, "treaty", "npt"), Found(20, 30, "treaty", "ctbt"), Found(12, 18, "un-resolution", "S/RES/1")]
    score = run([text], lambda _: found)
    assert score.figures(["treaty", "un-resolution"])[:3] == (1, 2, 1)
    assert score.not_marked == {"un-resolution": 1}


def test_a_set_says_in_its_table_which_kinds_it_marks(tmp_path: Path) -> None:
    assert marked_kinds(tmp_path) is None
    readme = tmp_path / "README.md"
    readme.write_text("# A set\n\n| file | n |\n| --- | --- |\n| a | 2 |\n", "utf-8")
    assert marked_kinds(tmp_path) is None
    readme.write_text(
        "# A set\n\n## Kinds and ids\n\n| kind | id |\n| --- | --- |\n| eu-act | `3` |\n| staatsblad, tractatenblad | `stb` |\n\n"
        "## Rules\n\n| other | x |\n",
        "utf-8",
    )
    assert marked_kinds(tmp_path) == {"eu-act", "staatsblad", "tractatenblad"}


def test_marks_within_marks_and_what_is_ignored() -> None:
    text = parse(
        "a", "Het [[vierde Protocol bij het [[EVRM|treaty|echr]]|treaty|echr-protocol-4]] en {{het Protocol}}."
    )
    assert text.text == "Het vierde Protocol bij het EVRM en het Protocol."
    assert [(each.id, text.text[each.start : each.end]) for each in text.references] == [
        ("echr-protocol-4", "vierde Protocol bij het EVRM"),
        ("echr", "EVRM"),
    ]
    assert [text.text[start:end] for start, end, _ in text.ignore] == ["het Protocol"]


@pytest.mark.parametrize("marked", ["[[open", "dicht|treaty|npt]]", "{{open", "[[a}}"])
def test_marks_that_do_not_fit_are_refused(marked: str) -> None:
    with pytest.raises(MarkError):
        parse("a", marked)


def test_one_found_reference_matches_one_in_gold() -> None:
    gold = GoldText(
        "a", "x" * 40, None, (Found(0, 10, "treaty", "npt"), Found(20, 30, "treaty", "npt")), ((35, 40, ()),)
    )
    found = [
        Found(2, 8, "treaty", "npt"),
        Found(3, 9, "treaty", "npt"),
        Found(36, 38, "law", "law:x"),
        Found(12, 14, "url", "http://a/"),
    ]
    pairs, missed, wrong = match(gold, found)
    assert len(pairs) == 1
    assert missed == [gold.references[1]]
    assert [each.kind for each in wrong] == ["treaty", "url"]
