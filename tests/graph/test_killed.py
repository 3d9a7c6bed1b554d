"""Builds that are killed at any moment leave whole papers, and the next goes on where they were."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ENVIRONMENT
from test_build import build, paper, written

from graph.store import Store

BUILD = """
import sys
from graph import Graph
with Graph.open(sys.argv[1], write=True) as graph:
    graph.build([sys.argv[2]], progress=lambda done, total, name: print(done, flush=True))
"""


def graphs(store: Path) -> dict[str, set[str]]:
    """The statements of each paper, with those that tell of its text and source."""
    found: dict[str, set[str]] = {}
    for line in written(store, everything=True).splitlines():
        graph = line.rsplit(" ", 2)[1].strip("<>")
        if "/graph/" not in graph:
            found.setdefault(graph, set()).add(line)
    return found


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    papers = tmp_path_factory.mktemp("killed") / "papers"
    papers.mkdir()
    for number in range(1, 21):
        (papers / f"{number:03}.txt").write_text(paper(number, "Zie het antwoord op vraag 1. " * 20), "utf-8")
    build(papers, store="whole")
    return papers


@pytest.mark.slow
@pytest.mark.parametrize("turn", [0, *(pytest.param(turn, marks=pytest.mark.torture) for turn in range(1, 5))])
def test_a_build_that_is_killed_leaves_whole_papers_and_goes_on(many: Path, tmp_path: Path, turn: int) -> None:
    chance = random.Random(time.time_ns())
    papers = shutil.copytree(many, tmp_path / "papers")
    store, moment = tmp_path / "store", chance.randint(0, 16)
    command = [sys.executable, "-c", BUILD, str(store), str(papers)]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as building:
        assert building.stdout
        for _ in range(moment):
            building.stdout.readline()
        time.sleep(chance.random() / (3 if moment == 0 else 100))
        building.kill()
    whole = graphs(many.parent / "whole")
    if (store / "quads").is_dir():
        with Store(store, write=True) as opened:
            known = {source.paper for source in opened.sources().values()}
            assert known == set(opened.papers())
        kept = graphs(store)
        assert all(statements == whole[paper] for paper, statements in kept.items())
        assert len(kept) >= moment
    report = build(papers)
    assert len(report.built) + len(report.unchanged) == 20
    assert len(report.unchanged) >= moment
    assert graphs(store) == whole


IN_PIECES = BUILD.replace(
    "import sys\n", "import sys\nimport graph.build, graph.load\ngraph.build.MANY, graph.load._LONGEST = 1, 60_000\n", 1
)


@pytest.mark.slow
@pytest.mark.parametrize("turn", [0, *(pytest.param(turn, marks=pytest.mark.torture) for turn in range(1, 9))])
def test_a_build_that_is_killed_while_it_loads_goes_on(many: Path, tmp_path: Path, turn: int) -> None:
    """In pieces of some papers, of which one is loaded while the next is gathered."""
    chance = random.Random(time.time_ns())
    papers, store = shutil.copytree(many, tmp_path / "papers"), tmp_path / "store"
    command = [sys.executable, "-c", IN_PIECES, str(store), str(papers)]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as building:
        assert building.stdout
        for _ in range(chance.randint(1, 20)):
            building.stdout.readline()
        time.sleep(chance.random() / 20)
        building.kill()
    whole = graphs(many.parent / "whole")
    # who reads comes before the next build, and sees papers with their records
    for write in (False, True):
        kept = graphs(store)
        assert all(statements == whole[paper] for paper, statements in kept.items())
        with Store(store, write) as opened:
            assert {source.paper for source in opened.sources().values()} == set(opened.papers()) == set(kept)
    report = build(papers)
    assert len(report.built) + len(report.unchanged) == 20
    assert graphs(store) == whole
    assert not list(store.glob("arriving*"))
