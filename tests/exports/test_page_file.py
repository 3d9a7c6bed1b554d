"""The file of a page: what it holds, what it leaves out and refuses, and that it is the same each time."""

import os
import re
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from pictured import IMAGE, SCRIPT, chain, held, sample

from exports import packing, page
from exports.looks import LOOKS, looks_of
from graph.network import network
from graph.store import Store

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    page.write(sample(), path, title=SCRIPT + IMAGE)
    return path


def test_the_file_names_no_other_place_and_allows_nothing_inline(hostile: Path) -> None:
    text = hostile.read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src &#39;none&#39;; script-src &#39;sha256-")
    assert "unsafe" not in policy[1]
    assert not re.search(r"""<(script|link|img|iframe)[^>]*\b(src|href)=""", text)
    assert "sourceMappingURL" not in text


def test_data_cannot_close_its_element(hostile: Path) -> None:
    text = hostile.read_text(encoding="utf-8")
    assert SCRIPT + IMAGE in held(text, "graph")["nodes"]["label"]
    assert SCRIPT + IMAGE in held(text, "evidence")["texts"]
    assert text.count("window.harm") == 2 * (SCRIPT + IMAGE).count("window.harm")  # the title, twice, escaped
    assert text.count("</script><script>") == 0


def test_only_the_page_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    report = page.write(sample(), Path("graph.html"), title="Kamer")
    assert os.listdir(tmp_path) == ["graph.html"]
    assert report == page.PageReport(6, 5, (tmp_path / "graph.html").stat().st_size)


def test_the_same_network_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, turned in (("one", False), ("other", True)):
        page.write(sample(turned=turned), tmp_path / name, title="Kamer")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    assert b"\r" not in (tmp_path / "one").read_bytes()


def test_the_encoding_of_the_system_does_not_matter(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from exports import page;"
        "from tests.exports.pictured import sample;"
        "page.write(sample(), Path(sys.argv[1]), title='Ye\\u015filg\\u00f6z')"
    )
    strange = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "PYTHONIOENCODING": "cp1252"}
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "graph.html")],
        check=True,
        cwd=ROOT,
        env=os.environ | strange | {"PYTHONPATH": str(ROOT)},
    )
    assert "Yeşilgöz" in (tmp_path / "graph.html").read_text(encoding="utf-8")


def test_a_large_network_is_refused_with_advice(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(page.LIMIT + 1))
    with pytest.raises(page.TooManyNodesError, match="--around") as refusal:
        page.write(graph, tmp_path / "graph.html", title="Alles")
    assert (refusal.value.nodes, refusal.value.limit) == (100_001, 100_000)
    assert os.listdir(tmp_path) == []


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nl and en"):
        page.write(sample(), tmp_path / "graph.html", title="Kamer", language="de")


def test_every_kind_of_the_sample_papers_has_a_name_in_both_languages(built: Path) -> None:
    with Store(built) as store:
        assert {kind for _, kind in network(store).nodes(data="kind")} <= LOOKS.keys()


def test_kinds_without_a_look_get_different_shapes() -> None:
    looks = looks_of(["zaak", "new one", "another"])
    assert list(looks) == ["zaak", "another", "new one"]
    assert looks["another"].shape != looks["new one"].shape


def test_a_large_page_keeps_some_quotes_for_every_node_and_says_what_it_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "ROOMY", 20)
    monkeypatch.setattr(packing, "QUOTES", 20 * packing.QUOTE)
    report = page.write(chain(100), tmp_path / "graph.html", title="100")
    evidence = held((tmp_path / "graph.html").read_text("utf-8"), "evidence")
    assert report.left == sum(evidence["left"].values()) > 0
    assert len(evidence["list"]) + report.left == 2 * 99
    assert max(map(len, evidence["texts"])) == packing.QUOTE
    edges = held((tmp_path / "graph.html").read_text("utf-8"), "graph")["edges"]
    quoted = {edges["to"][edge] for edge in range(99) if evidence["first"][edge] < evidence["first"][edge + 1]}
    assert quoted == set(edges["to"])
