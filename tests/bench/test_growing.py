"""Papers for measuring growth: copies that are libraries of their own, no two papers of one name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ENVIRONMENT, ROOT

from bench.growth import MOST, TEMPLATES, moved, write_copies
from bench.papers import notice, self_of, text
from graph import paper


def test_a_copy_is_the_same_paper_with_other_numbers() -> None:
    for number in range(40):
        words = text(number, characters=700)
        assert moved(words, 0) == words
        first, other = paper(words), paper(moved(words, 33))
        assert [link.kind for link in other.links] == [link.kind for link in first.links]
        assert first.profile.id == self_of(number).name
        assert other.profile.id == moved(self_of(number).name, 33) != first.profile.id


def test_a_copy_refers_to_papers_of_its_own() -> None:
    papers = [paper(moved(text(number, characters=700), 2)) for number in range(60)]
    there = {each.profile.iri for each in papers}
    assert sum(link.iri in there for each in papers for link in each.links) > 10
    assert not there & {paper(text(number, characters=700)).profile.iri for number in range(60)}


def test_a_notice_cites_one_paper_before_it() -> None:
    for number in range(1, 40):
        found = paper(notice(number))
        assert found.profile.id == self_of(number).name
        assert found.profile.date == self_of(number).day
        (cited,) = (link.id for link in found.links if link.kind != "date")
        assert cited in {self_of(other).name for other in range(number)}


def test_no_two_papers_have_one_name() -> None:
    names = [self_of(number).name for number in range(0, TEMPLATES, 7)]
    copies = range(0, MOST // TEMPLATES, 5)
    assert len({moved(name, copy) for name in names for copy in copies}) == len(names) * len(copies)


def test_more_than_can_be_told_apart_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at most"):
        write_copies(tmp_path, MOST + 1)


@pytest.mark.torture
def test_growth_is_measured_and_nothing_is_left(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "bench.growth", "--papers", "30", "60", "--characters", "500", "--folder", str(tmp_path), "--json", "told.jsonl"]  # fmt: skip
    done = subprocess.run(line, cwd=tmp_path, env=ENVIRONMENT | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True)  # fmt: skip
    assert "quads" in done.stdout
    assert [line.count('"papers"') for line in (tmp_path / "told.jsonl").read_text("utf-8").splitlines()] == [1, 1]
    assert [path.name for path in tmp_path.iterdir()] == ["told.jsonl"]
