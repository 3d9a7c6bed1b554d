"""Questions, quality, threads and the first page: each answer is the one that the graph gives."""

import csv
import io
import re
from pathlib import Path

import pytest
from conftest import Run
from looking import Page
from test_skeleton import ask

from exports.explorer.app import OWN
from exports.explorer.words import texts
from exports.named import all_queries
from graph.answer import Question
from graph.askers import Answer, Askers, Unanswered


def test_every_question_is_asked_in_both_languages() -> None:
    for named in all_queries():
        assert f"question.{named.name}" in texts()
        assert f"question_says.{named.name}" in texts()
        for slot in named.parameters:
            assert f"slot.{slot}" in texts()


@pytest.mark.parametrize("name", [named.name for named in all_queries()])
def test_a_question_has_the_answer_of_the_command(site: str, built: Path, run: Run, name: str) -> None:
    if name not in ("final-answer", "documents-by-treaty", "unresolved"):
        assert ask(site, f"/en/questions/{name}?run=1")[0] == 200
        return
    told = list(csv.reader(io.StringIO(run("query", name, "--store", built, "--format", "csv").stdout)))
    shown = ask(site, f"/en/questions/{name}?format=csv")[2].removeprefix("\ufeff")
    assert list(csv.reader(io.StringIO(shown))) == told


def test_a_slot_holds_what_the_reader_fills_in(site: str) -> None:
    source = ask(site, "/nl/questions/documents-by-treaty?run=1&treaty=ctbt")[2]
    assert "brief-kernwapens-belarus" in source
    assert "Aanhangsel 2025-2026" not in source
    evil = ask(site, "/nl/questions/documents-by-treaty?run=1&treaty=%22%7D%7D%20%3Cscript%3E")
    assert evil[0] == 404
    assert "<script>" not in evil[2]
    assert "Niets gevonden" in evil[2]


def test_who_was_minister_then(site: str) -> None:
    source = ask(site, "/nl/questions/office-holders?run=1&date=2023-10-01")[2]
    assert re.findall(r"<bdi>([^<]*Ollongren[^<]*)</bdi>", source)
    assert "Yeşilgöz" not in source


def test_a_question_of_ours_does_not_wait_for_what_anybody_writes(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no room at all for queries of strangers the named ones are answered, in a table and in a picture."""
    ask_one = Askers.ask

    async def full(askers: Askers, question: Question) -> Answer:
        if askers.bounds != OWN:
            raise Unanswered("busy", "no room")
        return await ask_one(askers, question)

    monkeypatch.setattr(Askers, "ask", full)
    assert ask(site, "/sparql?query=ASK%7B%7D")[0] == 503
    assert "no room" in ask(site, "/en/graph?query=ASK%7B%7D")[2]
    for page in ("/en/questions/papers?run=1", "/en/graph?ask=papers"):
        status, _, source = ask(site, page)
        assert (status, "no room" in source, "brief-kernwapens-belarus" in source) == (200, False, True)


def test_a_question_that_is_none_is_not_there(site: str) -> None:
    assert ask(site, "/nl/questions/none")[0] == 404
    assert ask(site, "/nl/questions/..%2Fpapers")[0] == 404


def test_quality_counts_and_leads_to_the_words(site: str) -> None:
    overview = Page(ask(site, "/nl/quality")[2])
    place = overview.link("zaaknummer dat Kamerstuk wordt genoemd")
    found = ask(site, place)[2]
    assert found.count('class="sentence"') == 2
    assert "2 vermeldingen" in found
    open_ones = ask(site, "/nl/quality/mentions?rule=unresolved")[2]
    assert "brief van 14 februari" in open_ones
    rows = list(csv.DictReader(io.StringIO(ask(site, f"{place}&format=csv")[2].removeprefix("\ufeff"))))
    assert {row["words"] for row in rows} == {"2023Z06024"}
    for odd in ("", "?kind=zaak", "?rule='", "?reason=%00&page=9"):
        assert ask(site, f"/nl/quality/mentions{odd}")[0] == 200


def test_a_thread_goes_through_the_papers_in_time(site: str) -> None:
    source = ask(site, "/nl/thread/treaty/npt")[2]
    assert source.index("Aanhangsel 2025-2026") < source.index("brief-kernwapens-belarus")
    assert "2 stukken noemen dit" in source
    old = ask(site, "/nl/thread/treaty/npt?order=old")[2]
    assert old.index("brief-kernwapens-belarus") < old.index("Aanhangsel 2025-2026")
    dossier = ask(site, "/en/thread/ob/dossier/33279")[2]
    assert "Kamerstuk 33279-40" in dossier
    assert ask(site, "/nl/thread/none")[0] == 404


def test_the_first_page_leads_to_papers_and_questions(site: str) -> None:
    first = Page(ask(site, "/nl/")[2])
    assert "3 stukken" in first.words
    assert "Non-proliferatieverdrag" in first.words
    for href, words in first.links:
        if href.startswith("/"):
            assert ask(site, href)[0] == 200, words


@pytest.mark.parametrize("name", ["NPV", "npt", "non%20proliferatie%20verdrag", "Kernwapenspreidingsverdrag"])
def test_a_form_takes_any_name(site: str, name: str) -> None:
    status, _, source = ask(site, f"/nl/questions/documents-by-treaty?run=1&treaty={name}")
    assert (status, "brief-kernwapens-belarus" in source) == (200, True)
    status, _, source = ask(site, f"/nl/graph?ask=documents-by-treaty&set=treaty%3D{name}")
    assert (status, "brief-kernwapens-belarus" in source) == (200, True)


@pytest.mark.parametrize(
    ("asked", "status", "says", "link"),
    [
        (
            "documents-by-treaty?run=1&treaty=NPX",
            404,
            "Did you mean",
            "Treaty on the Non-Proliferation of Nuclear Weapons",
        ),
        ("documents-by-treaty?run=1&treaty=zzzz", 404, "Nothing found", ""),
        ("posts-of-person?run=1&person=rutte", 300, "several things", "Mark Rutte"),
        ("office-holders?run=1&date=vorigjaar", 400, "a date as YYYY-MM-DD, such as 2023-10-01", ""),
        ("documents-by-treaty?format=csv&year=x", 400, "a year of four digits", ""),
    ],
)
def test_a_form_says_what_it_cannot_read_and_leads_on(site: str, asked: str, status: int, says: str, link: str) -> None:
    found, headers, source = ask(site, f"/en/questions/{asked}")
    assert found == status
    assert headers["content-type"].startswith("text/html")
    shown = Page(source)
    assert says in shown.words
    assert "One row" not in shown.words
    if link:
        again = ask(site, next(href for href, words in shown.links if words == link))
        assert again[0] == 200
        assert 'role="alert"' not in again[2]


def test_the_graph_says_what_it_cannot_read(site: str) -> None:
    for wrong in ("set=treaty%3DNPX", "set=year%3Dx"):
        status, _, source = ask(site, f"/en/graph?ask=documents-by-treaty&{wrong}")
        assert (status, "There was no answer" in source) == (200, True)
    assert "Did you mean" in ask(site, "/en/graph?q=Yesilgos")[2]
