"""Corrections obeyed: by the stages, by a build that goes on where it was, by the command; what fits nothing is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_corrections import correction

from graph import Graph, Link, references
from graph.correct import find
from graph.corrections import Correction, Corrections, write
from graph.find import paper
from graph.line import Line
from graph.model import Document, Span
from graph.obeyed import NOTHING
from ontology.registers import Registers
from ontology.terms import KG

TEXT = "Zie Kamerstuk 33279-40 en verder. Later staat er Kamerstuk 33279-41.\n"
REGISTERS = Registers.load()
SITE = "https://zoek.officielebekendmakingen.nl/"


PLACE = Span(4, 22)


def document(text: str = TEXT) -> Document:
    return Document("brief.txt", text, "0" * 64, "text")


ADDRESS = paper(document()).profile.iri


def own(verdict: str = "wrong", span: Span = PLACE, text: str = TEXT, **other: object) -> Correction:
    around = {
        "span": span,
        "quote": text[slice(*span)],
        "before": text[: span.start][-11:],
        "after": text[span.end :][:11],
    }
    return correction(verdict, **({"paper": ADDRESS} | around | other))


def links(*corrections: Correction, text: str = TEXT) -> list[Link]:
    return list(Line(REGISTERS, None, Corrections(corrections)).paper(document(text)).links)


def told(found: list[Link]) -> list[tuple[str | None, str, float]]:
    return [(link.id, link.rule, link.confidence) for link in found]


OTHERS = ("kst-33279-41", "stated", 0.99)


def test_what_is_wrong_is_no_claim_any_more_and_stays_as_a_mention() -> None:
    found = links(own("wrong"))
    assert told(found) == [(None, "refused", 0.0), OTHERS]
    assert (found[0].iri, found[0].span, found[0].kind) == (None, Span(4, 22), "kamerstuk")
    assert found[0].reason


def test_what_is_right_is_certain() -> None:
    assert told(links(own("right"))) == [("kst-33279-40", "confirmed", 1.0), OTHERS]


@pytest.mark.parametrize(
    ("meant", "kind", "identity", "iri"),
    [
        ("kst-33279-4", "kamerstuk", "kst-33279-4", SITE + "kst-33279-4"),
        (
            "Aanhangsel Handelingen II 2022/23, nr. 2406",
            "aanhangsel",
            "ah-tk-20222023-2406",
            SITE + "ah-tk-20222023-2406",
        ),
        ("npt", "treaty", "npt", "https://w3id.org/kamergraaf/treaty/npt"),
    ],
)
def test_what_means_another_thing_means_that(meant: str, kind: str, identity: str, iri: str) -> None:
    first, second = links(own("other", meant=meant))
    assert (first.kind, first.id, first.iri, first.rule, first.confidence) == (kind, identity, iri, "corrected", 1.0)
    assert (first.span, second.id) == (Span(4, 22), "kst-33279-41")


def test_what_is_confirmed_stays_although_the_program_reads_it_otherwise_now() -> None:
    assert told(links(own("right", claimed=SITE + "kst-33279-4"))) == [("kst-33279-4", "confirmed", 1.0), OTHERS]
    # no mention there at all
    words = own("right", span=Span(26, 32), kind="dossier", claimed=SITE + "dossier/33279")
    assert told(links(words))[1] == ("dossier-33279", "confirmed", 1.0)


def test_what_was_wrong_says_nothing_of_what_is_read_there_now() -> None:
    found = links(own("wrong", claimed=SITE + "kst-33279-4"))
    assert told(found) == told(links())
    assert not any(link.correction for link in found)


def test_words_that_no_rule_could_read_get_their_meaning_or_are_no_reference() -> None:
    text = "De motie op stuk nr. 7 is aangenomen.\n"
    (before,) = links(text=text)
    assert before.id is None
    place = {
        "span": before.span,
        "text": text,
        "kind": before.kind,
        "claimed": "",
        "paper": paper(document(text)).profile.iri,
    }
    assert told(links(own("other", meant="kst-33279-7", **place), text=text)) == [("kst-33279-7", "corrected", 1.0)]
    assert told(links(own("wrong", **place), text=text)) == [(None, "refused", 0.0)]


def test_in_a_text_that_shifted_words_are_found_by_what_stands_around_them() -> None:
    longer = "Geachte voorzitter,\n\n" + TEXT
    corrected = own(paper=paper(document(longer)).profile.iri)
    assert told(links(corrected, text=longer)) == [(None, "refused", 0.0), OTHERS]
    # lines that end elsewhere are no other words
    assert find("Een kop\nZie Kamerstuk\n33279-40 en\nverder.", corrected) == Span(12, 30)


def test_words_that_go_on_as_others_are_not_those_that_were_judged() -> None:
    assert find("Zie Kamerstuk 33279-401 en verder.", own()) is None


@pytest.mark.parametrize("text", ["Zie niets en verder.", "Kop. Zie Kamerstuk 33279-40 en meer.", f"Kop. {TEXT}{TEXT}"])
def test_words_that_are_gone_or_stand_there_twice_are_not_found(text: str) -> None:
    assert find(text, own()) is None


# ---- a build


def papers(folder: Path) -> Path:
    (folder / "papers").mkdir()
    (folder / "papers" / "a.txt").write_text(TEXT, "utf-8")
    (folder / "papers" / "b.txt").write_text("Een ander stuk. Zie Kamerstuk 33279-42.\n", "utf-8")
    return folder / "papers"


def judged(folder: Path, *told: Correction) -> Path:
    (folder / "own.ttl").write_bytes(write(told))
    return folder / "own.ttl"


def cited(graph: Graph) -> set[str]:
    rows = json.loads(graph.query(f"SELECT ?o {{ GRAPH ?g {{ ?s <{KG}cites> ?o }} }}"))["results"]["bindings"]
    return {row["o"]["value"].removeprefix(SITE) for row in rows}


@pytest.mark.slow
def test_a_build_obeys_reads_again_what_is_concerned_and_tells_what_fits_nothing(tmp_path: Path) -> None:
    folder = papers(tmp_path)
    place = {"paper": paper(folder / "a.txt").profile.iri}
    with Graph.open(tmp_path / "store", write=True) as graph:
        graph.build([folder])
        assert cited(graph) == {"kst-33279-40", "kst-33279-41", "kst-33279-42"}
        wrong = judged(tmp_path, own("wrong", **place))
        report = graph.build([folder], corrections=wrong)
        assert [Path(name).name for name in report.built] == ["a.txt"]
        assert (report.corrected, report.unmatched) == ({"wrong": 1}, [])
        assert cited(graph) == {"kst-33279-41", "kst-33279-42"}
        report = graph.build([folder], corrections=wrong)
        assert (report.built, report.corrected) == ([], {"wrong": 1})

        elsewhere = own("wrong", iri="https://example.org/1", paper="https://example.org/gone")
        changed = own("wrong", iri="https://example.org/2", span=Span(0, 4), quote="Niet", **place)
        report = graph.build([folder], corrections=judged(tmp_path, own("other", **place), elsewhere, changed))
        assert [Path(name).name for name in report.built] == ["a.txt"]
        assert report.corrected == {"other": 1}
        assert {each.iri: reason for each, reason in report.unmatched} == {
            "https://example.org/1": "the paper is not in the graph",
            "https://example.org/2": NOTHING,
        }
        assert cited(graph) == {"kst-33279-4", "kst-33279-41", "kst-33279-42"}

        # without them all is as it was
        assert [Path(name).name for name in graph.build([folder]).built] == ["a.txt"]
        assert cited(graph) == {"kst-33279-40", "kst-33279-41", "kst-33279-42"}


@pytest.mark.slow
def test_a_corrected_graph_says_who_said_what_and_conforms(tmp_path: Path, run: Any) -> None:
    folder = papers(tmp_path)
    place = {"paper": paper(folder / "a.txt").profile.iri}
    second = {"span": Span(49, 67), "claimed": SITE + "kst-33279-41"}
    made = own("wrong", iri="https://example.org/1", who="A. Lezer", why="een tikfout", **place)
    file = judged(tmp_path, made, own("other", iri="https://example.org/2", **(place | second)))
    done = run("build", folder, "--store", "store", "--corrections", file, "--report", "report.json")
    assert done.returncode == 0
    assert "corrections obeyed: 1 other, 1 wrong" in done.stderr
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["corrected"] == {"other": 1, "wrong": 1}
    assert run("validate", "--store", "store").stderr == "the graph conforms to its shapes\n"
    asked = "SELECT ?quote ?who ?why { ?mention kg:correctedBy ?by . ?mention oa:hasTarget/oa:exact ?quote . ?by kg:verdict 'wrong' ; dcterms:creator ?who ; rdfs:comment ?why }"
    prefixes = "".join(
        f"PREFIX {name}: <{iri}> "
        for name, iri in (("kg", KG), ("oa", "http://www.w3.org/ns/oa#"), ("dcterms", "http://purl.org/dc/terms/"), ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"))
    )  # fmt: skip
    with Graph.open(tmp_path / "store") as graph:
        (row,) = json.loads(graph.query(prefixes + asked.replace("{ ?m", "{ GRAPH ?g { ?m", 1) + " }"))["results"][
            "bindings"
        ]
    assert {name: cell["value"] for name, cell in row.items()} == {
        "quote": "Kamerstuk 33279-40", "who": "A. Lezer", "why": "een tikfout",
    }  # fmt: skip


def test_the_command_obeys_and_tells_what_fits_nothing(tmp_path: Path, run: Any) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    iri = paper(tmp_path / "a.txt").profile.iri
    gone = own("wrong", iri="https://example.org/1", span=Span(23, 29), quote="nergens"[:6], kind="zaak", paper=iri)
    file = judged(
        tmp_path, own("wrong", paper=iri), gone, own(iri="https://example.org/3", paper="https://example.org/x")
    )
    done = run("references", "a.txt", "--corrections", file, "--format", "jsonl")
    assert [(row["id"], row["rule"]) for row in map(json.loads, done.stdout.splitlines())] == [
        (None, "refused"), ("kst-33279-41", "stated"),
    ]  # fmt: skip
    first, second = done.stderr.splitlines()
    assert first.startswith('correction not obeyed: <https://example.org/1> on "nergen" in ')
    assert second == f"1 correction in {file} on papers that were not read here"


@pytest.mark.slow
def test_a_graph_that_is_built_anew_and_a_page_obey(tmp_path: Path, run: Any) -> None:
    folder = papers(tmp_path)
    file = judged(tmp_path, own("other", iri="https://example.org/1", paper=paper(folder / "a.txt").profile.iri))
    assert run("build", folder, "--store", "store").returncode == 0
    done = run("rebuild", folder, "--store", "store", "--corrections", file)
    assert "corrections obeyed: 1 other" in done.stderr
    run("annotate", folder / "a.txt", "-o", "plain.html")
    run("annotate", folder / "a.txt", "-o", "page.html", "--corrections", file)
    plain, obeying = ((tmp_path / name).read_text("utf-8") for name in ("plain.html", "page.html"))
    assert "kst-33279-40" in plain
    assert f'href="{SITE}kst-33279-40"' not in obeying


def test_the_command_refuses_a_broken_file(tmp_path: Path, run: Any) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "own.ttl").write_text("<https://example.org/a> a", "utf-8")
    commands = ("references", "a.txt"), ("annotate", "a.txt"), ("build", "a.txt", "--store", "store"), ("rebuild", "a.txt", "--store", "store")  # fmt: skip
    (tmp_path / "store").mkdir()
    for words in commands:
        done = run(*words, "--corrections", "own.ttl")
        assert done.returncode == 1
        assert done.stderr.startswith("kamergraaf: own.ttl, line 1: this is not Turtle")
    assert [path.name for path in tmp_path.glob("store*")] == ["store"]
    assert references(tmp_path / "a.txt")[0].id == "kst-33279-40"
