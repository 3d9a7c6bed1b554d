"""One paper in several files: twins with the same bytes, renditions in several formats; none lost, the best one read."""

import io
import itertools
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ENVIRONMENT, ROOT

from exports import rdf
from graph import Graph
from graph.counts import counts
from graph.report import Report
from graph.store import Store

KST = "https://zoek.officielebekendmakingen.nl/kst-33279-40"
TEXT = "kst-33279-40\n\nGeachte voorzitter,\n\nZie Kamerstuk 31945-1.\n"
HTML = '<meta name="dcterms.identifier" content="kst-33279-40"><p>Zie Kamerstuk 31945-2.</p>'
XML = (
    '<officiele-publicatie><metadata><meta name="DC.identifier" content="kst-33279-40"/></metadata>'
    "<kamerstuk><al>Zie Kamerstuk 31945-3.</al></kamerstuk></officiele-publicatie>"
)
FILES = {"brief.txt": TEXT, "brief.html": HTML, "brief.xml": XML}
BEST = ["brief.xml", "brief.html", "brief.txt"]


@pytest.fixture
def papers(tmp_path: Path, fresh: Path) -> Path:
    shutil.copytree(fresh, tmp_path / "store")
    (tmp_path / "papers").mkdir()
    return tmp_path / "papers"


def build(papers: Path, *paths: Path, prune: bool = False) -> Report:
    with Graph.open(papers.parent / "store", write=True) as graph:
        return graph.build(paths or [papers], prune)


def state(papers: Path) -> tuple[str, list[tuple[str, str, bool]]]:
    """What the graph says, and which sources it has with their papers."""
    out = io.BytesIO()
    with Store(papers.parent / "store") as store:
        rdf.write(store, "nquads", out, False)
        return out.getvalue().decode(), [(each.name, each.paper, each.read) for each in store.sources().values()]


def write(papers: Path, *names: str) -> list[Path]:
    for name in names:
        (papers / name).write_text(FILES[name], "utf-8")
    return [papers / name for name in names]


def cited(papers: Path) -> set[str]:
    return {number for number in "123456" if f"kst-31945-{number}>" in state(papers)[0]}


@pytest.mark.slow
@pytest.mark.parametrize("order", list(itertools.permutations(FILES)), ids=" ".join)
def test_the_best_rendition_is_read_whatever_the_order(papers: Path, order: tuple[str, ...]) -> None:
    for path in write(papers, *order):
        build(papers, path)
    assert cited(papers) == {"3"}
    assert state(papers)[1] == [
        ("papers/brief.html", KST, False), ("papers/brief.txt", KST, False), ("papers/brief.xml", KST, True),
    ]  # fmt: skip


def test_all_at_once_is_the_same_as_one_by_one(papers: Path) -> None:
    report = build(papers, *write(papers, *FILES))
    assert cited(papers) == {"3"}
    assert sorted(report.renditions) == [
        ("papers/brief.html", "papers/brief.xml"),
        ("papers/brief.txt", "papers/brief.xml"),
    ]
    assert report.built
    assert not report.failed


def test_a_better_rendition_may_come_while_the_other_is_being_loaded(
    papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = shutil.copytree(papers.parent, papers.parent.with_name("put")) / "papers"
    build(whole, *write(whole, *FILES))
    monkeypatch.setattr("graph.build.MANY", 1)
    monkeypatch.setattr("graph.load._LONGEST", 0)  # each is loaded as soon as it is read
    build(papers, *write(papers, *FILES))
    assert state(papers) == state(whole)


def test_the_next_best_is_read_when_the_best_goes(papers: Path) -> None:
    build(papers, *write(papers, *FILES))
    for gone, left in zip(BEST, ("2", "1", None), strict=True):
        (papers / gone).unlink()
        assert build(papers, prune=True).pruned == [f"papers/{gone}"]
        assert cited(papers) == ({left} if left else set())
    assert state(papers)[1] == []


def test_the_next_best_is_read_when_the_best_becomes_another_paper(papers: Path) -> None:
    build(papers, *write(papers, *FILES))
    (papers / "brief.xml").write_text(XML.replace("33279-40", "33279-41"), "utf-8")
    build(papers)
    assert cited(papers) == {"2", "3"}
    assert {name: paper for name, paper, _ in state(papers)[1]}["papers/brief.xml"] == KST.replace("-40", "-41")


def test_a_worse_rendition_that_changes_changes_nothing_in_the_graph(papers: Path) -> None:
    build(papers, *write(papers, *FILES))
    before = state(papers)
    (papers / "brief.txt").write_text(TEXT + "Meer, zie Kamerstuk 31945-6.\n", "utf-8")
    build(papers)
    assert state(papers) == before
    again = build(papers)
    assert (again.built, len(again.unchanged)) == ([], 3)


LETTER = "Geachte voorzitter,\n\nZie Kamerstuk 31945-1.\n"


def test_the_same_bytes_under_two_names_are_one_paper_with_two_sources(papers: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (papers / name).write_text(LETTER, "utf-8")
    report = build(papers)
    assert (report.built, report.twins) == (["papers/a.txt"], [("papers/b.txt", "papers/a.txt")])
    (one, read), (other, not_read) = ((paper, read) for _, paper, read in state(papers)[1])
    assert one == other
    assert (read, not_read) == (True, False)
    assert build(papers).unchanged == ["papers/a.txt", "papers/b.txt"]


def test_a_copy_that_comes_later_leaves_the_address_as_it_is(papers: Path) -> None:
    (papers / "b.txt").write_text(LETTER, "utf-8")
    build(papers)
    before = state(papers)[0]
    (papers / "a.txt").write_text(LETTER, "utf-8")
    assert build(papers).twins == [("papers/a.txt", "papers/b.txt")]
    assert state(papers)[0] == before


def test_a_twin_keeps_the_paper_when_the_other_goes(papers: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (papers / name).write_text(LETTER, "utf-8")
    build(papers)
    (papers / "a.txt").unlink()
    build(papers, prune=True)
    ((name, _, read),) = state(papers)[1]
    assert (name, read, cited(papers)) == ("papers/b.txt", True, {"1"})
    (papers / "b.txt").write_text("Iets anders, zie Kamerstuk 31945-2.", "utf-8")
    build(papers)
    assert cited(papers) == {"2"}


def test_files_in_a_zip_are_read_as_if_in_a_folder(papers: Path) -> None:
    with zipfile.ZipFile(papers / "stukken.zip", "w") as file:
        for name, text in FILES.items():
            file.writestr(f"map/{name}", text)
        file.writestr("map/plaatje.png", b"\x89PNG")
        file.writestr("__MACOSX/map/._brief.txt", b"x")
        file.writestr("../../buiten.txt", "Zie Kamerstuk 31945-6.")
    report = build(papers)
    assert cited(papers) == {"3", "6"}
    assert "papers/stukken.zip/map/brief.xml" in report.built
    assert [name for name, _ in report.skipped] == ["papers/stukken.zip/map/plaatje.png"]
    assert not (papers.parent.parent / "buiten.txt").exists()
    assert len(build(papers).unchanged) == 4
    (papers / "stukken.zip").unlink()
    assert len(build(papers, prune=True).pruned) == 4


def test_a_damaged_zip_is_named_and_a_bomb_is_not_unpacked(papers: Path) -> None:
    (papers / "stuk.zip").write_bytes(b"PK\x03\x04 half")
    with zipfile.ZipFile(papers / "bom.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("bom.txt", b" " * 70_000_000)
        file.writestr("goed.txt", LETTER)
    report = build(papers)
    assert {each.name: each.reason.partition(" (")[0] for each in report.failed} == {
        "papers/stuk.zip": "the zip file is damaged", "papers/bom.zip/bom.txt": "its part bom.txt unpacks to more than 64 MB",
    }  # fmt: skip
    assert report.built == ["papers/bom.zip/goed.txt"]


@pytest.mark.parametrize("between", ["\n", "\r\n", "\0"])
def test_a_list_on_standard_input(papers: Path, between: str) -> None:
    paths = write(papers, *FILES)
    command = [sys.executable, "-m", "exports.cli", "build", "-", "--store", "store", "--report", "report.json"]
    given = between.join(map(str, paths)).encode()
    done = subprocess.run(command, cwd=papers.parent, env=ENVIRONMENT, input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads((papers.parent / "report.json").read_text("utf-8"))
    assert told["built"] == ["papers/brief.html", "papers/brief.txt", "papers/brief.xml"]
    assert {each["file"] for each in told["renditions"]} == {"papers/brief.html", "papers/brief.txt"}


def test_the_report_tells_what_has_no_text_and_what_was_read_in_part(papers: Path) -> None:
    sys.path.insert(0, str(Path(__file__).parent / "read"))
    from makers import Page, pdf

    (papers / "scan.pdf").write_bytes(pdf(Page(), Page()))
    (papers / "half.pdf").write_bytes(pdf(Page().text(70, 700, "Zie Kamerstuk 31945-1."), Page()))
    told = build(papers).told()
    assert told["failed"] == [{"file": "papers/scan.pdf", "reason": "the PDF has no text on its 2 pages (scanned?)"}]
    assert told["partial"] == [{"file": "papers/half.pdf", "pages_without_text": "2"}]


CORPUS = ROOT.parent / "shared/corpus"


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real papers is not on this machine")
def test_all_files_of_the_corpus_are_built(papers: Path) -> None:
    files = [path for path in CORPUS.iterdir() if path.is_file() and path.suffix != ".tsv"]
    report = build(papers, *files)
    assert len(files) >= 267
    assert report.failed == []
    assert len(report.built) + len(report.twins) == len(files)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("settings.json", '{"editor": {"tab": 4}}', "no record of a Zaak or Document"),
        ("drawing.xml", "<svg xmlns='http://www.w3.org/2000/svg'/>", "root element svg"),
        ("frame.html", "<title>x</title><body><script>var x</script></body>", "no text"),
    ],
)
@pytest.mark.slow
def test_a_file_that_is_no_paper_is_skipped_where_nobody_named_it(
    papers: Path, name: str, text: str, reason: str
) -> None:
    (papers / name).write_text(text)
    with zipfile.ZipFile(papers / "stukken.zip", "w") as file:
        file.writestr(name, text + " ")
    report = build(papers)
    assert report.failed == []
    assert {skipped for skipped, _ in report.skipped} == {f"papers/{name}", f"papers/stukken.zip/{name}"}
    assert all(reason in told for _, told in report.skipped)
    with Graph.open(papers.parent / "store", write=True) as graph:
        for paths in ([papers / name], [papers / name, papers], [papers, papers / name]):
            named = graph.build(paths)
            assert [failure.name for failure in named.failed] == [f"papers/{name}"]
            assert reason in named.failed[0].reason


def test_a_paper_of_several_renditions_counts_once(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    for name in ("kst-33279-40.txt", "kst-33279-40.html"):
        text = "Zie Kamerstuk 33783-12 en het NPV."
        (folder / name).write_text(f"<p>{text}</p>" if name.endswith("html") else text, "utf-8")
    with Graph.open(tmp_path / "store", write=True) as graph:
        report = graph.build([folder])
        assert (len(report.built), report.papers, report.mentions) == (2, 1, counts(graph.store).mentions)
