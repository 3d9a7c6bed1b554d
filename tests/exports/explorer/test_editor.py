"""The page for SPARQL: what it shows of each sort of answer, its files, and what it makes of wrong and hostile queries."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from urllib.parse import quote

import pytest
from looking import IMAGE, SCRIPT
from test_skeleton import ask

from exports.explorer import editor
from exports.named import all_queries

ROWS = "SELECT ?paper ?treaty WHERE { GRAPH ?paper { ?paper kg:invokesTreaty ?treaty } } ORDER BY ?paper ?treaty"


def shown(site: str, query: str, language: str = "nl") -> str:
    status, _, text = ask(site, f"/{language}/sparql?query={quote(query)}")
    assert status == 200
    return text


def test_without_a_query_there_is_one_to_begin_with(site: str) -> None:
    text = ask(site, "/en/sparql")[2]
    assert html.escape(editor.FIRST.splitlines()[0], quote=False) in text
    assert "<table>" not in text
    begun = shown(site, editor.FIRST)
    assert "Non-proliferatieverdrag" in begun
    assert 'href="/nl/id/treaty/npt"' in begun


def test_rows_are_a_table_and_a_file(site: str) -> None:
    text = shown(site, ROWS, "en")
    rows = text.partition("<tbody>")[2].partition("</tbody>")[0].count("<tr>")
    (link,) = re.findall(r'href="(/sparql\?[^"]*format=csv)"', text)
    status, headers, file = ask(site, html.unescape(link))
    assert (status, headers["content-type"].partition(";")[0]) == (200, "text/csv")
    assert len(list(csv.reader(io.StringIO(file)))) == rows + 1 > 2
    assert f"{rows} rows" in text


def test_rows_can_be_seen_raw(site: str) -> None:
    plain = shown(site, ROWS, "en")
    (link,) = re.findall(r'href="(/en/sparql\?[^"]*view=raw)"', plain)
    raw = ask(site, html.unescape(link))[2]
    assert "<table>" not in raw
    told = json.loads(html.unescape(raw.partition("<pre")[2].partition("<code>")[2].partition("</code>")[0]))
    assert f"{len(told['results']['bindings'])} rows" in raw
    assert f"{len(told['results']['bindings'])} rows" in plain
    truth = ask(site, f"/en/sparql?query={quote('ASK { ?s ?p ?o }')}&view=raw")[2]
    assert "true" in truth.partition("<pre")[2]
    large = ask(site, f"/en/sparql?query={quote('SELECT * { ?s ?p ?o } LIMIT 3000')}&view=raw")[2]
    assert "3,000 rows. Only its beginning is shown." in large
    assert len(large) < 100_000


@pytest.mark.parametrize("form", editor._ROWS)
def test_every_file_of_rows_is_there(site: str, form: str) -> None:
    assert ask(site, f"/sparql?query={quote(ROWS)}&format={form}")[0] == 200


@pytest.mark.parametrize("form", editor._TRIPLES)
def test_statements_are_turtle_and_files(site: str, form: str) -> None:
    query = "CONSTRUCT { ?d kg:invokesTreaty ?t } WHERE { GRAPH ?d { ?d kg:invokesTreaty ?t } }"
    text = shown(site, query)
    assert "kamergraaf/treaty/npt" in text.partition("<pre")[2]
    assert f"format={form}" in text
    assert ask(site, f"/sparql?query={quote(query)}&format={form}")[0] == 200


def test_a_long_answer_is_shown_in_part(site: str) -> None:
    text = shown(site, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "en")
    assert "Only its beginning is shown." in text
    assert len(text) < 400_000
    assert "the first 200 are shown" in shown(site, "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 300", "en")


def test_truth_is_said_in_the_language_of_the_page(site: str) -> None:
    assert "<bdi>ja</bdi>" in shown(site, "ASK { ?s ?p ?o }")
    assert "<bdi>no</bdi>" in shown(site, "ASK { <urn:none> ?p ?o }", "en")


@pytest.mark.parametrize(
    "query", ["SELECT nonsense", "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "x" * 6001], ids=["wrong", "refused", "long"]
)  # fmt: skip
def test_a_query_without_an_answer_says_why_and_stays(site: str, query: str) -> None:
    text = shown(site, query)
    assert "Daar kwam geen antwoord op:" in text
    assert query in text.partition("<textarea")[2].replace("&lt;", "<").replace("&gt;", ">")
    assert "<table>" not in text


def test_a_hostile_query_and_answer_are_text(site: str) -> None:
    evil = SCRIPT + "</textarea>" + IMAGE
    literal = evil.replace("\\", "\\\\").replace('"', '\\"')
    text = shown(site, f'SELECT ("{literal}" AS ?x) ("javascript:alert(1)" AS ?y) (<http://e.org/> AS ?z) {{ }}')
    assert "<script>window" not in text
    assert "<img" not in text
    assert text.count("</textarea>") == 1
    assert not re.search(r'href="(javascript:|http://e\.org)', text)


def test_columns_that_count_may_hold_anything(site: str) -> None:
    assert "1.5" in shown(site, "SELECT ?papers { VALUES ?papers { 1.5 -2 'x' 7 } }")


def test_every_named_query_is_an_example_that_runs(site: str) -> None:
    links = re.findall(r'<li><a href="/en(/sparql\?query=[^"]+)">', ask(site, "/en/sparql")[2])
    assert len(links) == len(all_queries())
    for link in links[:3]:
        assert "<table>" in ask(site, f"/en{link}")[2]


@pytest.mark.parametrize(("wanted", "language"), [("", "nl"), ("nl,en;q=0.5", "nl"), ("en-GB,nl;q=0.5", "en")])
def test_a_browser_at_the_endpoint_is_led_to_the_page_in_its_language(site: str, wanted: str, language: str) -> None:
    status, headers, _ = ask(site, "/sparql", Accept="text/html,application/xhtml+xml", Accept_Language=wanted)
    assert (status, headers["location"]) == (303, f"/{language}/sparql")
