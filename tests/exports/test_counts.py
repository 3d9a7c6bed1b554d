"""One meaning of each count, on every surface: `build`, `info`, `measure`, the explorer, the picture, the named query."""

from __future__ import annotations

import csv
import io
import re
import shutil
import urllib.request
from pathlib import Path

import pytest
from conftest import SAMPLES, Run, serving

from exports.named import query
from exports.packing import ranked
from graph import Graph
from graph.counts import counts, referred
from graph.network import network


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of the samples with a twin, notes and unresolved mentions."""
    folder = tmp_path_factory.mktemp("counts")
    papers = folder / "papers"
    shutil.copytree(SAMPLES, papers)
    first = sorted(papers.iterdir())[0]
    shutil.copy(first, papers / f"twin-of-{first.name}")
    with Graph.open(folder / "store", write=True) as graph:
        report = graph.build([papers])
        found = counts(graph.store)
    assert report.twins
    assert (len(report.built), report.mentions) == (found.papers, found.mentions)
    assert found.files == found.papers + 1
    return folder / "store"


def test_papers_mentions_and_statements_mean_the_same(store: Path, run: Run) -> None:
    with Graph.open(store) as graph:
        found = counts(graph.store)
    said = run("info", "--store", store).stdout.replace(",", "")
    assert f"{found.papers} papers from {found.files} files" in said
    assert f"{found.mentions} mentions" in said
    assert f"{found.statements} statements about papers; {found.registers} in registers" in said
    assert re.search(rf"in all\W+{found.mentions}\b", said)
    assert run("export", "--store", store, "--format", "nquads").stdout.count("\n") == found.statements
    with serving(store) as site:
        first, quality = (urllib.request.urlopen(f"{site}/en/{page}").read().decode() for page in ("", "quality"))
    assert f"{found.papers} papers, {found.mentions} mentions." in first
    rows = re.findall(r'<tr><td>[^<]*</td><td class="number">(\d+)</td><td class="number">(?:<a[^>]*>)?(\d+)', quality)
    assert sum(int(yes) + int(no) for yes, no in rows) == found.mentions


def test_most_referred_to_has_one_unit(store: Path, run: Run) -> None:
    with Graph.open(store) as graph:
        found, net = referred(graph.store), network(graph.store)
        told = csv.DictReader(io.StringIO(graph.query(query("most-referred-to").filled({}), "csv").decode()))
        named = {row["what"]: (int(row["papers"]), int(row["mentions"])) for row in told}
    for node, about in net.nodes(data=True):
        if node in found:
            assert (about["weight"], about["mentions"]) == (found[node].papers, found[node].mentions), node
    order = [net.nodes[node]["weight"] for node in ranked(net)]
    assert order == sorted(order, reverse=True)
    measured = csv.DictReader(io.StringIO(run("measure", "--store", store, "--format", "csv").stdout))
    for row in measured:
        each = found.get(row["address"])
        assert int(row["papers that refer to it"]) == (each.papers if each else 0)
    with serving(store) as site:
        first = urllib.request.urlopen(f"{site}/en/").read().decode()
    listed = [int(number) for number in re.findall(r"mentioned in (\d+) paper", first)]
    within = ("answer", "note", "date")
    papers = sorted(
        (found[node].papers for node, kind in net.nodes(data="kind") if node in found and kind not in within),
        reverse=True,
    )
    assert listed == papers[: len(listed)]
    # the query is of one parliamentary year, so at most as many
    assert named
    assert all(papers <= found[what].papers for what, (papers, _) in named.items())


@pytest.mark.parametrize("command", [["info"], ["query", "papers"], ["export"], ["draw"], ["measure"], ["validate"]])
def test_an_empty_store_says_so(tmp_path: Path, run: Run, command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Graph.open(tmp_path / "empty", write=True):
        pass
    told = run(*command, "--store", tmp_path / "empty")
    assert "no papers yet" in told.stdout + told.stderr
    assert "Traceback" not in told.stderr
