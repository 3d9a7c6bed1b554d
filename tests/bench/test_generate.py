"""Papers for measuring: the same number gives the same paper, and their quads are those that a build makes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest

from bench.generate import quads_of, write_papers, write_store
from bench.papers import self_of, text
from graph import Graph, paper
from graph.named_graphs import OWN_GRAPHS, TEXTS
from graph.store import Store


def said(store: Store) -> set[str]:
    """What papers say, and their texts."""
    own = {pyoxigraph.NamedNode(graph) for graph in OWN_GRAPHS if graph != TEXTS}
    return {str(quad) for quad in store.quads if quad.graph_name not in own}


def test_the_same_number_gives_the_same_paper_and_another_one_another() -> None:
    assert text(7) == text(7)
    assert len({text(number) for number in range(40)}) == 40
    assert text(7, seed=1) != text(7)


def test_no_two_papers_have_one_name() -> None:
    assert len({self_of(number).name for number in range(20_000)}) == 20_000


def test_papers_know_who_they_are_and_refer_to_each_other() -> None:
    found = [paper(text(number)) for number in range(60)]
    assert [each.profile.id for each in found] == [self_of(number).name for number in range(60)]
    kinds = Counter(link.kind for each in found for link in each.links)
    assert len(kinds) > 12
    there = {each.profile.iri for each in found}
    assert sum(link.iri in there for each in found for link in each.links) > 60


@pytest.mark.slow
@pytest.mark.slow
def test_quads_are_those_of_a_build(tmp_path: Path) -> None:
    write_papers(tmp_path / "papers", 8)
    with Graph.open(tmp_path / "built", write=True) as built:
        built.build([tmp_path / "papers"])
        expected = said(built.store)
    assert write_store(tmp_path / "loaded", papers=8)[0] == 8
    with Graph.open(tmp_path / "loaded") as loaded:
        assert said(loaded.store) == expected
        assert len(loaded.store.sources()) == 8
    assert list(quads_of(3)) == list(quads_of(3))
