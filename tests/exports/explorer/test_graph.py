"""The page of the graph as a reader without scripts gets it, its files, and its service for programs."""

import csv
import io
import json
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree

import httpx
import pyoxigraph
import pytest
from conftest import serving
from looking import HOSTILE, IMAGE, SCRIPT, Page

from exports.explorer.nearby import MOST, SHARED
from exports.explorer.paths import STEPS
from exports.explorer.seen import PAGE
from exports.explorer.state import whole
from exports.explorer.words import LANGUAGES, Say
from exports.page import SCRIPTS
from graph import Graph
from ontology.terms import KG

LETTER = "document/brief-veelsoortige-verwijzingen-a917f87a"
PATH = "path=treaty/npt+zaak/2023Z06024"


@pytest.fixture(scope="module")
def client(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site, timeout=60) as opened:
        yield opened


def shown(client: httpx.Client, query: str, language: str = "nl") -> str:
    answer = client.get(f"/{language}/graph?{query}")
    assert answer.status_code == 200
    return answer.text.replace("&#39;", "'")


def rows(text: str) -> int:
    """How many things the table of a page has."""
    return text.count('<tr id="n')


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_names_the_communities_and_leads_into_each(client: httpx.Client, language: str) -> None:
    text = shown(client, "", language)
    assert Say(language)("graph.largest") in text
    hubs = text.split('name="group" value="')[1:]
    assert len(hubs) > 2
    for hub in hubs:
        assert rows(shown(client, f"group={quote(hub.partition(chr(34))[0])}", language)) >= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_surroundings_are_a_picture_and_tables_with_sentences(client: httpx.Client, language: str) -> None:
    text = shown(client, f"open={LETTER}", language)
    page, say = Page(text), Say(language)
    assert rows(text) == PAGE + 1
    assert say("graph.things", PAGE + 1) in page.words
    assert "svg" in page.tags
    assert set(page.ids) >= {f"n{number}" for number in range(PAGE + 1)}
    assert text.count('class="sentence"') > 10
    assert f'name="open" value="{LETTER}"' in text  # the rest of its neighbours
    places = [href for href, _ in page.links if href.startswith(f"/{language}/doc/") and "at=" in href]
    assert places
    assert client.get(places[0]).status_code == 200


def test_a_tie_tells_where_it_says_so(client: httpx.Client) -> None:
    text = shown(client, f"open=treaty/npt&tie={quote('ob/ah-tk-20252026-2406 invokesTreaty treaty/npt')}")
    assert Say("nl")("graph.where") in text
    assert "Past dit bij het " in text
    assert 'class="edge chosen"' in text
    assert Say("nl")("graph.only_query") in shown(
        client, f"open=treaty/npt&tie={quote('treaty/npt cites treaty/ctbt')}"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_path_is_told_in_sentences(client: httpx.Client, language: str) -> None:
    text = shown(client, PATH, language)
    section = text.partition('<section class="way">')[2].partition("</section>")[0]
    assert section.count("<li>") == section.count('class="sentence"') == 2
    assert Say(language)("back.invokesTreaty") in section


def test_a_path_that_is_not_there_is_said(client: httpx.Client) -> None:
    assert Say("nl")("graph.no_path", STEPS) not in shown(client, "path=treaty/npt+treaty/ctbt")
    assert Say("nl")("graph.no_path", STEPS) in shown(client, "path=treaty/npt+treaty/ctbt&without=invokesTreaty")


@pytest.mark.parametrize(
    ("typed", "step"),
    [
        ("q=NPV", "open=treaty/npt"),
        ("q=33279-40", "open=ob/kst-33279-40"),
        ("from=treaty/npt&to=2023Z06024", "path=treaty/npt%20zaak/2023Z06024"),
    ],
)
def test_what_a_reader_types_becomes_a_step(client: httpx.Client, typed: str, step: str) -> None:
    answer = client.get(f"/nl/graph?{typed}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/nl/graph?{step}")


def test_what_can_be_several_things_is_asked(client: httpx.Client) -> None:
    text = shown(client, "q=minister")
    assert text.partition('class="choices"')[2].count('name="open"') > 1
    assert 'name="path" value="treaty/npt ' in shown(client, "from=treaty/npt&to=minister")
    assert Say("nl")("graph.nothing", name="zzzz") in shown(client, "q=zzzz")


def test_buttons_take_back_and_let_through_again(client: httpx.Client) -> None:
    for asked, then in (
        (f"open={LETTER}&open=treaty/npt&undo=1", f"open={LETTER}"),
        (f"open={LETTER}&off=url&off=treaty&on=url", f"open={LETTER}&off=treaty"),
    ):
        answer = client.get(f"/en/graph?{asked}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/en/graph?{then}")
    text = shown(client, f"open={LETTER}&off=treaty")
    assert 'class="row k-treaty"' not in text
    assert 'name="on" value="treaty"' in text


def test_the_answer_to_a_question_and_to_sparql_is_drawn(client: httpx.Client) -> None:
    assert rows(shown(client, "ask=documents-by-treaty&set=treaty%3Dnpt")) == 3
    query = f"CONSTRUCT {{ ?a <http://example.org/#beside> ?b }} WHERE {{ GRAPH ?p {{ ?p <{KG}invokesTreaty> ?a, ?b }} FILTER (STR(?a) < STR(?b)) }}"
    text = shown(client, f"query={quote(query)}")
    assert rows(text) > 2
    assert "beside" in text
    text = shown(client, f"query={quote('SELECT ?p ?t { GRAPH ?p { ?p kg:invokesTreaty ?t } }')}")
    assert Say("nl")("edge.invokesTreaty") in text
    assert Say("nl")("questions.trouble") in shown(client, "query=SELECT")
    assert Say("nl")("questions.trouble") in shown(client, f"query={quote('ASK { ?s ?p ?o }')}")
    assert client.get("/nl/graph?ask=none").status_code == 404


def test_the_period_narrows_and_the_bars_lead_to_years(client: httpx.Client) -> None:
    text = shown(client, f"open={LETTER}&open=ob/ah-tk-20252026-2406")
    years = [href for href, _ in Page(text).links if "since=" in href]
    assert years
    asked = parse_qs(urlsplit(years[0]).query)
    assert asked["since"] == asked["until"]
    assert rows(client.get(years[0]).text) < rows(text)


def test_an_address_that_is_too_long_says_so(client: httpx.Client) -> None:
    steps = "&".join(f"hide=https://example.org/{'x' * 90}{number}" for number in range(60))
    assert Say("nl")("graph.long", 4000) in shown(client, f"open=treaty/npt&{steps}")
    assert Say("nl")("graph.cut") in shown(client, "open=treaty/npt&" + "&".join(["open=treaty/npt"] * 120))


# ---- the service


def test_the_service_gives_neighbours_in_order_and_a_few_at_a_time(client: httpx.Client) -> None:
    first = client.get(f"/graph/neighbours?of={LETTER}").json()
    assert (first["of"], len(first["neighbours"])) == (whole(LETTER), PAGE)
    rest = client.get(f"/graph/neighbours?of={LETTER}&offset={PAGE}&limit=1000").json()
    assert len(rest["neighbours"]) == first["total"] - PAGE <= MOST
    listed = [each["iri"] for each in first["neighbours"] + rest["neighbours"]]
    assert len(set(listed)) == first["total"]
    assert all(each["ties"] for each in first["neighbours"])
    fewer = client.get(f"/graph/neighbours?of={LETTER}&off=treaty&limit=100").json()
    assert "treaty" not in {each["kind"] for each in fewer["neighbours"]}
    assert fewer["total"] < first["total"]


@pytest.mark.parametrize("of", ["", "none", "javascript:alert(1)", "%00", "http://[", "x" * 5000])
def test_the_service_knows_what_it_has(client: httpx.Client, of: str) -> None:
    assert client.get(f"/graph/neighbours?of={of}").status_code == 404


@pytest.mark.parametrize(
    "limits", ["limit=-1", "limit=1e9", "limit=٣", "offset=99999999999", "offset=x", "limit=999999999"]
)
def test_no_limit_is_too_strange(client: httpx.Client, limits: str) -> None:
    assert len(client.get(f"/graph/neighbours?of={LETTER}&{limits}").json()["neighbours"]) <= MOST


def test_the_script_is_kept_and_shares_the_drawing(client: httpx.Client) -> None:
    text = shown(client, "open=treaty/npt")
    place = text.partition('<script src="')[2].partition('"')[0]
    answer = client.get(place)
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert set(SHARED) < set(SCRIPTS)


# ---- files


def test_files_hold_what_is_seen(client: httpx.Client) -> None:
    ask = f"{LETTER}&hide=treaty/npt"
    things = rows(shown(client, f"open={ask}"))
    table = list(csv.DictReader(io.StringIO(client.get(f"/nl/graph/csv?open={ask}").content.decode("utf-8-sig"))))
    assert table
    assert all(row["sentence"] for row in table if row["source"] == whole(LETTER))
    gexf = ElementTree.fromstring(client.get(f"/nl/graph/gexf?open={ask}").content)
    space = "{http://www.gexf.net/1.2draft}"
    assert len(list(gexf.iter(f"{space}node"))) == things
    assert len(list(gexf.iter(f"{space}edge"))) == len(table)
    turtle = client.get(f"/nl/graph/turtle?open={ask}").content
    said = list(pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE))
    assert {row["target"] for row in table} <= {quad.object.value for quad in said}
    svg = ElementTree.fromstring(client.get(f"/nl/graph/svg?open={ask}").content)
    assert len(list(svg.iter("{http://www.w3.org/2000/svg}path"))) == things
    assert client.get(f"/nl/graph/exe?open={ask}").status_code == 404
    assert client.get("/nl/graph/csv").status_code == 404
    assert client.get("/nl/graph/csv?query=SELECT").status_code == 400


def test_turtle_says_nothing_that_the_graph_does_not(client: httpx.Client, built: Path) -> None:
    turtle = client.get(f"/nl/graph/turtle?open={LETTER}&open=treaty/npt").content
    with Graph.open(built) as opened:
        for quad in pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE):
            if not quad.predicate.value.endswith("#label"):
                assert any(opened.store.quads.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)), quad


# ---- hostile texts, speed


@pytest.mark.slow
def test_hostile_labels_are_text(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "hostile.txt").write_text(HOSTILE, "utf-8")
    with Graph.open(tmp_path / "store", write=True) as made:
        made.build([tmp_path / "papers"])
    with serving(tmp_path / "store") as address:
        overview = httpx.get(f"{address}/nl/graph").text
        hub = overview.partition('name="group" value="')[2].partition('"')[0]
        text = httpx.get(f"{address}/nl/graph?open={hub}&node={hub}&q={quote(SCRIPT + IMAGE)}").text
    page = Page(text)
    assert "img" not in page.tags
    assert page.tags.count("script") == 1
    data = json.loads(page_data(text))
    assert any("evil.example" in iri for iri in data["nodes"]["iri"])
    assert all(href.startswith(("/", "#", "http://", "https://")) for href, _ in page.links)


def page_data(text: str) -> str:
    """What the script of the page draws."""
    return unescape(text.partition('data-seen="')[2].partition('"')[0])


@pytest.mark.slow
def test_a_view_takes_a_fifth_of_a_second_of_work(client: httpx.Client) -> None:
    for query in ("", "open=treaty/npt", f"open={LETTER}", PATH):
        shown(client, query)
        start = time.process_time()
        shown(client, query)
        assert time.process_time() - start < 0.2, query
