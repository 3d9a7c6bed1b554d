"""Building: only what changed, whatever the files hold; test_killed.py is about builds that are stopped."""

from __future__ import annotations

import difflib
import io
import json
import os
import shutil
import time
from pathlib import Path

import pytest
from conftest import SAMPLES
from fragments import PIECES

from exports import rdf
from graph import Graph
from graph.report import Report
from graph.store import Store

AH = "https://zoek.officielebekendmakingen.nl/ah-tk-20252026-%s"


@pytest.fixture
def papers(tmp_path: Path, fresh: Path) -> Path:
    """The sample papers in a folder, with a store beside it that has the registers already."""
    shutil.copytree(fresh, tmp_path / "store")
    return shutil.copytree(SAMPLES, tmp_path / "papers")


@pytest.fixture
def empty(tmp_path: Path, fresh: Path) -> Path:
    """The same without papers."""
    shutil.copytree(fresh, tmp_path / "store")
    (tmp_path / "papers").mkdir()
    return tmp_path / "papers"


def build(papers: Path, *, prune: bool = False, store: str = "store") -> Report:
    with Graph.open(papers.parent / store, write=True) as graph:
        return graph.build([papers], prune)


def written(store: Path, form: str = "nquads", *, everything: bool = False) -> str:
    out = io.BytesIO()
    with Store(store) as opened:
        rdf.write(opened, form, out, everything)
    return out.getvalue().decode()


def paper(number: int, more: str = "") -> str:
    return (
        f"AH {number}\n2026Z{number:05}\n\nAntwoord van minister Berendsen (Buitenlandse Zaken) (ontvangen 29 juni 2026)\n\n"
        f"Vraag 1\n\nKent u Kamerstuk 33279-40?\n\nAntwoord\n\nJa, en het NPV ook. {more}\n"
    )


# ---- only what changed


def test_a_second_build_does_nothing(papers: Path) -> None:
    assert len(build(papers).built) == 3
    before = written(papers.parent / "store", everything=True)
    again = build(papers)
    assert (again.built, again.failed, again.missing, len(again.unchanged)) == ([], [], [], 3)
    assert written(papers.parent / "store", everything=True) == before


def test_a_changed_file_replaces_its_graph_alone(papers: Path) -> None:
    (papers / "a.txt").write_text(paper(7), "utf-8")
    build(papers)
    before = written(papers.parent / "store")
    (papers / "a.txt").write_text(paper(7, "Zie Kamerstuk 33279-41."), "utf-8")
    report = build(papers)
    assert (report.built, len(report.unchanged)) == (["papers/a.txt"], 3)
    after = written(papers.parent / "store")
    assert f"kst-33279-41> <{AH % 7}>" in after
    changed = {line for line in before.splitlines() if line not in set(after.splitlines())}
    assert all(line.endswith(f"<{AH % 7}> .") for line in changed)


def test_a_file_that_becomes_another_paper_leaves_nothing_of_the_first(papers: Path) -> None:
    (papers / "a.txt").write_text(paper(7), "utf-8")
    build(papers)
    (papers / "a.txt").write_text(paper(8), "utf-8")
    build(papers)
    after = written(papers.parent / "store", everything=True)
    assert AH % 7 not in after
    assert AH % 8 in after


def test_a_file_that_is_gone_is_reported_and_removed_when_asked(papers: Path) -> None:
    (papers / "a.txt").write_text(paper(7), "utf-8")
    build(papers)
    (papers / "a.txt").unlink()
    report = build(papers)
    assert (report.missing, report.pruned) == (["papers/a.txt"], [])
    assert AH % 7 in written(papers.parent / "store")
    report = build(papers, prune=True)
    assert (report.missing, report.pruned) == (["papers/a.txt"], ["papers/a.txt"])
    assert AH % 7 not in written(papers.parent / "store", everything=True)
    assert build(papers).missing == []


def test_what_lies_elsewhere_is_not_missing(papers: Path) -> None:
    other = shutil.copytree(papers, papers.parent / "other")
    (other / "a.txt").write_text(paper(7), "utf-8")
    build(other)
    report = build(papers, prune=True)
    assert (report.missing, report.pruned) == ([], [])
    assert AH % 7 in written(papers.parent / "store")


def test_one_paper_in_two_files_is_there_until_both_are_gone(papers: Path) -> None:
    for name in ("a.txt", "b.md"):
        (papers / name).write_text(paper(7, name), "utf-8")
    assert ("papers/b.md", "papers/a.txt") in build(papers).renditions
    (papers / "b.md").unlink()
    build(papers, prune=True)
    assert AH % 7 in written(papers.parent / "store")
    (papers / "a.txt").unlink()
    build(papers, prune=True)
    assert AH % 7 not in written(papers.parent / "store", everything=True)


def test_a_file_that_was_renamed_keeps_its_paper(papers: Path) -> None:
    (papers / "a.txt").write_text(paper(7), "utf-8")
    build(papers)
    (papers / "a.txt").rename(papers / "z.txt")
    report = build(papers, prune=True)
    assert (report.built, report.pruned) == (["papers/z.txt"], ["papers/a.txt"])
    assert AH % 7 in written(papers.parent / "store")


def test_the_order_of_paths_and_a_path_given_twice_make_no_difference(papers: Path) -> None:
    for number in (7, 8):
        (papers / f"{number}.txt").write_text(paper(number), "utf-8")
    files = sorted(papers.iterdir())
    with Graph.open(papers.parent / "one", write=True) as graph:
        assert len(graph.build([*files, papers]).built) == 5
    with Graph.open(papers.parent / "other", write=True) as graph:
        graph.build(reversed(files))
    assert written(papers.parent / "one") == written(papers.parent / "other")


# ---- the same input, the same bytes


@pytest.mark.slow
def test_two_builds_in_different_folders_are_the_same_bytes(tmp_path: Path) -> None:
    found = []
    for name in ("one", "much/deeper/other"):
        papers = shutil.copytree(SAMPLES, tmp_path / name / "papers")
        build(papers)
        store = papers.parent / "store"
        found.append({form: written(store, form, everything=True) for form in rdf.FORMATS})
    assert found[0].keys() == {"turtle", "ntriples", "trig", "nquads", "jsonld", "rdfxml"}
    for form in found[0]:
        assert found[0][form] == found[1][form], form
        assert str(tmp_path) not in found[0][form]


def test_a_small_change_is_a_small_difference(papers: Path) -> None:
    """A sentence at the end with one reference more: what it says, and no line of another paper."""
    mixed = papers / "brief-veelsoortige-verwijzingen.txt"
    build(papers)
    before = written(papers.parent / "store", "turtle").splitlines()
    text = mixed.read_text("utf-8")
    mixed.write_text(text.replace("kernwapens.\n", "kernwapens, en in Kamerstuk 33279-41.\n"), "utf-8")
    build(papers)
    after = written(papers.parent / "store", "turtle").splitlines()
    lines = [line for line in difflib.unified_diff(before, after, n=0, lineterm="") if line[0] in "+-"][2:]
    assert any("kst-33279-41" in line for line in lines)
    assert len(lines) < 60


# ---- whatever the files hold

HOSTILE = {
    "script": "</script><script>alert(1)</script> Kamerstuk 33279-40 <img src=x onerror=alert(1)>",
    "quotes": '""" \'\'\' \\" \\u0022 \' " Kamerstuk 33279-40 """ } } ; DROP ALL ; INSERT DATA {',
    "nul": "Kamerstuk\x00 33279-40 \x00 en \x0b \x1f",
    "surrogates": "Kamerstuk 33279-40 \ud800 en \udfff en \ud83d",
    "javascript": "zie javascript:alert(1) en http://a.nl/'><script> en https://x.nl/%zz<>\" en http://[::1/ en http://a.nl/{}|\\^`",
    "controls": "".join(map(chr, range(1, 32))) * 2 + "Kamerstuk 33279-40" * 50,
    "non-characters": "Kamerstuk 33279-40 \ufffe \uffff \U0001ffff \ufdd0",
    "everything": "\n".join(PIECES),
    "bidi": "Kamerstuk \u202e04-97233 \u2066 \u200f 33279-40",
    "template": "{{ 7*7 }} {% raw %} ${x} #{x} <% x %> Kamerstuk 33279-40",
    "mark": "\ufeffKamerstuk 33279-40",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_any_text_is_built_or_refused_with_a_reason(empty: Path, encoding: str) -> None:
    for name, text in HOSTILE.items():
        (empty / f"{name}.txt").write_bytes(text.encode(encoding, "surrogatepass"))
    report = build(empty)
    refused = {"controls", "surrogates", "everything"} if encoding == "utf-16" else {"controls"}
    assert {failure.name for failure in report.failed} == {f"papers/{name}.txt" for name in refused}
    assert len(report.built) == len(HOSTILE) - len(refused)
    with Graph.open(empty.parent / "store") as graph:
        for paper_iri in graph.store.papers():
            text = graph.store.text(paper_iri)
            told = f"GRAPH <{paper_iri}> {{ ?p oa:start ?s ; oa:end ?e ; oa:exact ?x }}"
            places = graph.query(f"PREFIX oa: <http://www.w3.org/ns/oa#> SELECT ?s ?e ?x {{ {told} }}")
            rows = json.loads(places)["results"]["bindings"]
            assert rows
            for row in rows:
                assert text[int(row["s"]["value"]) : int(row["e"]["value"])] == row["x"]["value"]


def test_only_web_addresses_become_addresses(empty: Path) -> None:
    papers = empty
    (papers / "a.txt").write_text(HOSTILE["javascript"], "utf-8")
    build(papers)
    assert "<javascript:" not in written(papers.parent / "store")


def test_a_megabyte_on_one_line(empty: Path) -> None:
    filler = "woord " * 800
    (empty / "a.txt").write_text((filler + "Kamerstuk 33279-40 en het NPV. ") * 210, "utf-8")
    begun = time.monotonic()
    report = build(empty)
    assert report.mentions == 420
    assert time.monotonic() - begun < 20


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the one who runs this may read every file")
def test_a_file_that_may_not_be_read_fails_alone(papers: Path) -> None:
    (papers / "a.txt").write_text(paper(7), "utf-8")
    (papers / "a.txt").chmod(0)
    report = build(papers)
    assert ([failure.name for failure in report.failed], len(report.built)) == (["papers/a.txt"], 3)


@pytest.mark.skipif(os.name != "posix", reason="links are made otherwise elsewhere")
def test_links_that_lead_nowhere_or_in_circles_stop_nothing(papers: Path) -> None:
    (papers / "circle").symlink_to(papers)
    (papers / "nowhere.txt").symlink_to(papers / "gone.txt")
    (papers / "self.txt").symlink_to(papers / "self.txt")
    assert len(build(papers).built) == 3


def test_a_named_pipe_is_not_waited_for(papers: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no named pipes here")
    os.mkfifo(papers / "pipe.txt")
    assert len(build(papers).built) == 3
