"""Names and parameters on the command line: found by any name, and a sentence that says what to do where nothing is."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ENVIRONMENT, Run
from ending import ended
from pictured import PAPER, PERSON, TREATY, Opened, held, sample
from terminal import run_in_terminal

from exports import page
from exports.named import NamedQuery, WrongValue, all_queries, query
from graph import Graph
from graph.lookup import Entity

ALL = all_queries()
TYPES = {"date", "year", "vergaderjaar"}


def nobody(name: str, kinds: object) -> Entity:
    raise AssertionError(f"{name} is looked up")


@pytest.mark.parametrize("name", ["NPV", "NPT", "npt", "non proliferatie verdrag", "Kernwapenspreidingsverdrag"])
def test_a_query_takes_any_name(run: Run, built: Path, name: str) -> None:
    done = run("query", "documents-by-treaty", "--set", f"treaty={name}", "--store", built)
    ended(done, 0)
    assert done.stderr == ""
    assert len(list(csv.DictReader(io.StringIO(done.stdout)))) == 2


@pytest.mark.parametrize("name", ["2406", "AH 2406", "ah-tk-20252026-2406", "Aanhangsel 2025-2026, nr. 2406"])
def test_a_paper_is_named_by_its_number(run: Run, built: Path, name: str) -> None:
    done = run("query", "references-of-document", "--set", f"document={name}", "--store", built)
    ended(done, 0)
    assert done.stdout.count("\n") > 5


def test_part_of_a_name_is_told(run: Run, built: Path) -> None:
    done = run("query", "posts-of-person", "--set", "person=zegerius", "--store", built)
    ended(done, 0)
    assert done.stderr == '"zegerius" is read as Dilan Yeşilgöz-Zegerius (person, person:yesilgoz-zegerius)\n'
    assert "Minister van Defensie" in done.stdout


NOT_FOUND: list[tuple[tuple[str, ...], int, tuple[str, ...]]] = [
    (("query", "documents-by-treaty", "--set", "treaty=NPX"), 1, ('no treaty in the graph is called "NPX"', "did you mean", "Non-proliferatieverdrag (treaty, npt)")),
    (("query", "documents-by-treaty", "--set", "treaty=zzzz"), 1, ('no treaty in the graph is called "zzzz"', "try an id such as")),
    (("query", "documents-by-treaty", "--set", "treaty="), 2, ('treaty: "" is not the name, number or IRI of a treaty, such as NPV',)),
    (("query", "posts-of-person", "--set", "person=rutte"), 1, ('"rutte" can mean', "choose one by its id", "Mark Rutte (person, person/rutte_m)", "Arno Rutte (person, person/rutte_acl)")),
    (("query", "office-holders", "--set", "date=vorigjaar"), 2, ('date: "vorigjaar" is not a date as YYYY-MM-DD, such as 2023-10-01',)),
    (("query", "documents-by-treaty", "--set", "year=23"), 2, ('year: "23" is not a year of four digits',)),
    (("query", "most-referred-to", "--set", "vergaderjaar=2023-2025"), 2, ("is not a parliamentary year as YYYY-YYYY",)),
    (("query", "documents-by-treaty", "--set", "jaar=2020"), 2, ('has no parameter "jaar"; it has: treaty, year',)),
    (("query", "documents-by-treatie"), 2, ("did you mean documents-by-treaty",)),
    (("query", "SELECT * { ?s ?p ?o }", "--set", "treaty=npt"), 2, ("--set is for named queries",)),
    (("draw", "--around", "Verdrag van Moskou"), 1, ("no paper in the graph refers to", "(treaty, ltbt)", "(treaty, sort)")),
    (("draw", "--around", "Kernwapenverbodsverdra"), 1, ("nothing in the graph is called",)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "says"), NOT_FOUND, ids=lambda part: " ".join(part[:4]) if isinstance(part, tuple) else None
)
def test_what_is_not_found_is_an_error(run: Run, built: Path, words: tuple[str, ...], code: int, says: tuple[str, ...]) -> None:  # fmt: skip
    done = run(*words, "--store", built)
    ended(done, code)
    assert done.stdout == ""
    assert done.stderr.startswith("kamergraaf: ")
    for part in says:
        assert part in done.stderr


@pytest.mark.parametrize(
    "name", ["NPV", "non-PROLIFERATIE verdrag", "33279-40", "Kamerstuk 33 279, nr. 40", "Ollongren"]
)
def test_a_picture_is_drawn_around_any_name(run: Run, built: Path, name: str) -> None:
    done = run("draw", "-o", "page.html", "--around", name, "--store", built)
    ended(done, 0)
    assert done.stderr.startswith("page.html: ")


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.name)
def test_each_query_tells_what_it_takes(run: Run, each: NamedQuery) -> None:
    done = run("query", each.name, "--help")
    ended(done, 0)
    for part in (each.title, each.says, each.example):
        assert part in done.stdout
    for parameter in each.parameters.values():
        told = done.stdout.partition(f"  {parameter.name}: ")[2]
        assert told.startswith(parameter.says)
        assert parameter.expected in told
        assert f"default: {parameter.shown or 'none'}" in told


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.name)
def test_the_example_of_a_query_runs(samples: Graph, each: NamedQuery) -> None:
    words = {name: parameter.example for name, parameter in each.parameters.items()}
    values = each.parse(words, lambda name, kinds: samples.lookup(name, *kinds))
    samples.query(each.filled(values))
    for parameter in each.parameters.values():
        assert parameter.kinds or parameter.type in TYPES
        if parameter.kinds:
            assert values[parameter.name] == parameter.default, "the default is shown by its example"
        elif parameter.default:
            assert parameter.parse(parameter.default, nobody) == parameter.default


def test_help_without_a_query_is_that_of_the_command(run: Run) -> None:
    for words in (("query", "--help"), ("query", "-h"), ("query", "--help", "--store", "nowhere")):
        done = run(*words)
        ended(done, 0)
        assert "Usage: kamergraaf query" in done.stdout.replace("cli.py", "kamergraaf") or "--set" in done.stdout


def test_help_in_a_terminal_breaks_no_name(tmp_path: Path) -> None:
    told, listing = (
        run_in_terminal(
            [sys.executable, "-m", "exports.cli", *words], cwd=tmp_path, env=ENVIRONMENT, columns=columns
        ).text
        for words, columns in ((("query", "documents-by-minister", "--help"), 80), (("query", "--list"), 200))
    )
    assert "documents-by-minister --set name=Yeşilgöz" in told
    for each in ALL:
        assert each.name in listing
        for parameter in each.parameters.values():
            assert (f"{parameter.name}={parameter.shown}" if parameter.shown else parameter.name) in listing


@pytest.mark.parametrize(
    ("type_", "written", "value"),
    [
        ("date", "2023-10-01", "2023-10-01"), ("date", " 2024-02-29 ", "2024-02-29"), ("date", "2023-02-29", None), ("date", "20231001", None),
        ("date", "2023", None), ("date", "1-10-2023", None), ("date", "vorigjaar", None), ("date", "2023-10-01T00", None),
        ("year", "2023", "2023"), ("year", "23", None), ("year", "0023", None), ("year", "２０２３", None),
        ("vergaderjaar", "2025-2026", "2025-2026"), ("vergaderjaar", "2025/26", "2025-2026"), ("vergaderjaar", "20252026", "2025-2026"),
        ("vergaderjaar", "1999-00", "1999-2000"), ("vergaderjaar", "2025-2027", None), ("vergaderjaar", "2025", None),
    ],
)  # fmt: skip
def test_a_value_is_of_its_type(type_: str, written: str, value: str | None) -> None:
    parameter = next(each for named in ALL for each in named.parameters.values() if each.type == type_)
    if value is not None:
        assert parameter.parse(written, nobody) == value
        return
    with pytest.raises(WrongValue, match=parameter.name) as caught:
        parameter.parse(written, nobody)
    assert parameter.expected in str(caught.value)
    assert parameter.example in str(caught.value)


def test_an_empty_value_is_none_where_there_is_no_default() -> None:
    assert query("papers").parse({"year": " "}, nobody) == {"year": ""}
    with pytest.raises(WrongValue):
        query("most-referred-to").parse({"vergaderjaar": ""}, nobody)


ALIASES = {TREATY: ("NPV", "Kernwapenspreidingsverdrag", "Treaty of </script> & more"), PERSON: ("Yeşilgöz",)}


@pytest.fixture(scope="module", params=["vis", "canvas"])
def picture(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("names") / "page.html"
    if request.param == "vis":
        page.write(sample(), path, title="names", names=ALIASES)
    else:
        path.write_text(page.render(sample(), title="names", names=ALIASES), "utf-8", "replace")
    return path


def test_a_page_holds_the_names_of_those_nodes_that_have_some(picture: Path) -> None:
    nodes = held(picture.read_text("utf-8"), "graph")["nodes"]
    told = {nodes["iri"][int(number)]: tuple(names.split("\n")) for number, names in nodes["names"].items()}
    assert told == ALIASES


def test_the_search_of_a_picture_finds_every_alias(browser: Any, picture: Path) -> None:
    tab = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    opened = Opened(tab, picture)
    treaty, person, paper = "Non-proliferatieverdrag", "Dilan Yeşilgöz-Zegerius", "Aanhangsel 2406"
    for typed, label in (
        ("NPV", treaty), ("npv", treaty), ("N.P.V.", treaty), ("kernwapen", treaty), ("nonproliferatieverdrag", treaty),
        ("non proliferatie verdrag", treaty), ("</script> & more", treaty), ("yesilgoz", person), ("Yeşilgöz Zegerius", person),
        ("aanhangsel nr. 2406", paper), (TREATY, treaty), (PAPER, paper),
    ):  # fmt: skip
        tab.fill("#search", typed)
        assert tab.locator("#hits button").all_text_contents()[:1] == [label], typed
    tab.keyboard.press("Enter")
    assert tab.text_content("#card h2") == paper
    opened.check()
    tab.close()


def test_the_search_of_a_drawn_graph_finds_what_its_papers_never_write(
    browser: Any, samples: Graph, tmp_path: Path
) -> None:
    network = samples.network()
    page.write(network, tmp_path / "page.html", title="names", names=samples.entities.names(network))
    tab = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    opened = Opened(tab, tmp_path / "page.html")
    for typed, label in (
        ("npt", "Non-proliferatieverdrag"),
        ("Non-Proliferation Treaty", "Non-proliferatieverdrag"),
        ("33 279, nr. 40", "Kamerstuk 33279, nr. 40"),
        ("Kamerstuk 33279-40", "Kamerstuk 33279, nr. 40"),
    ):
        tab.fill("#search", typed)
        assert tab.locator("#hits button").all_text_contents()[0] == label, typed
    opened.check()
    tab.close()
