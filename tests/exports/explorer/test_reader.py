"""The reader: the text as stored, every reference marked, and the way from a question to its final answer."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from conftest import serving
from hypothesis import given
from hypothesis import strategies as st
from looking import HOSTILE, LONG, Page
from test_skeleton import ask

from exports.explorer import addresses
from exports.explorer.entries import passages
from exports.explorer.outline import final
from graph import Graph
from graph.store import Store
from ontology.terms import BASE

ANSWER = "/nl/doc/ob/ah-tk-20252026-2406"


@pytest.fixture(scope="module")
def odd_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    (folder / "papers").mkdir()
    (folder / "papers" / "hostile.txt").write_text(HOSTILE, "utf-8")
    (folder / "papers" / "<img src=x onerror=alert(1)>.txt").write_text(
        "Over {{ 7*7 }} en Kamerstuk 33279-40.", "utf-8"
    )
    (folder / "papers" / "long.txt").write_text(LONG, "utf-8")
    with Graph.open(folder / "store", write=True) as made:
        assert not made.build([folder / "papers"]).failed
    return folder / "store"


@pytest.fixture(scope="module")
def odd(odd_store: Path) -> Iterator[str]:
    with serving(odd_store) as address:
        yield address


def pages(site: str, iri: str) -> Iterator[Page]:
    """All parts of a paper."""
    path = f"/nl{addresses.reader(iri)}"
    number, more = 1, True
    while more:
        status, _, text = ask(site, f"{path}{'&' if '?' in path else '?'}part={number}")
        assert status == 200
        yield Page(text)
        number += 1
        more = 'rel="next"' in text


@pytest.mark.parametrize("which", ["samples", "odd"])
def test_the_text_of_the_page_is_the_text_as_stored(
    which: str, site: str, odd: str, built: Path, odd_store: Path
) -> None:
    with Store(built if which == "samples" else odd_store) as store:
        for iri in store.papers():
            shown = list(pages(site if which == "samples" else odd, iri))
            assert "".join(page.article for page in shown) == store.text(iri)
            assert len(shown) > 1 or len(store.text(iri)) < 70_000
            for page in shown:
                assert len(page.ids) == len(set(page.ids))


def test_every_reference_is_marked_where_it_stands(site: str, samples: Graph) -> None:
    query = """PREFIX oa: <http://www.w3.org/ns/oa#> SELECT ?p ?s ?e WHERE { GRAPH ?p { ?m oa:hasTarget ?t . ?t oa:start ?s ; oa:end ?e } }"""
    rows = json.loads(samples.query(query))["results"]["bindings"]
    assert len(rows) > 50
    shown = {iri: Page(ask(site, f"/en{addresses.reader(iri)}")[2]) for iri in samples.store.papers()}
    for row in rows:
        assert f"char={row['s']['value']},{row['e']['value']}" in shown[row["p"]["value"]].ids


def test_what_finally_answers_a_question_is_one_click_away(site: str) -> None:
    source = ask(site, ANSWER)[2]
    outline = source[source.index("vraag 10") :].partition("</li>")[0]
    assert "komt neer op" in outline
    assert 'href="#answer-1"' in outline
    assert {"question-10", "answer-10", "answer-1", "note-1"} <= set(Page(source).ids)


def test_the_panel_says_what_a_letter_is_and_who_held_an_office_then(site: str) -> None:
    source = ask(site, ANSWER)[2]
    letter = source[source.index("brief d.d. 2 maart jl.</bdi>") :].partition("</li>")[0]
    assert "Kamerstuk 33279, nr. 40" in letter
    assert "2 maart 2026" in letter
    office = source[source.index("ministers van Defensie</bdi>") :].partition("</li>")[0]
    assert "Toen bekleed door" in office
    assert "Yeşilgöz" in office


def test_references_in_one_sentence_are_shown_together(site: str) -> None:
    source = ask(site, ANSWER)[2]
    assert "In dezelfde zin:" in source


def test_a_place_can_be_asked_for(site: str, odd: str, odd_store: Path) -> None:
    source = ask(site, f"{ANSWER}?at=10,40")[2]
    assert "<mark>" in source
    assert "char=10,40" in Page(source).ids
    with Store(odd_store) as store:
        long = next(iri for iri in store.papers() if len(store.text(iri)) > 100_000)
        end = len(store.text(long))
    last = ask(odd, f"/nl{addresses.reader(long, end - 20, end - 10)}".partition("#")[0])[2]
    assert f"char={end - 20},{end - 10}" in Page(last).ids


@pytest.mark.parametrize("at", ["", "x", "5,2", "1,999999999999999999999999999999", "-1,4", "٣,٤", "3"])
def test_a_place_that_is_none_is_no_fault(site: str, at: str) -> None:
    assert ask(site, f"{ANSWER}?at={quote(at)}")[0] == 200
    assert ask(site, f"{ANSWER}?part={quote(at)}")[0] == 200


def test_what_is_in_no_paper_is_not_there(site: str) -> None:
    assert ask(site, "/nl/doc/ob/kst-1-1")[0] == 404
    assert ask(site, "/nl/doc?iri=javascript:alert(1)")[0] == 404
    status, headers, _ = ask(site, "/nl/doc/treaty/npt")
    assert (status, headers["location"]) == (303, "/nl/id/treaty/npt")


def test_hostile_words_stay_words(odd: str) -> None:
    source = ask(odd, "/nl/doc/ob/ah-tk-20252026-2407")[2]
    page = Page(source)
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert not any(href.startswith("javascript:") for href, _ in page.links)
    assert "{{ 7*7 }}" in page.article


def test_a_web_address_with_a_fragment_has_its_name(odd: str) -> None:
    card = ask(odd, f"/nl{addresses.card('https://evil.example/x#deel-2')}")[2]
    assert "evil.example" in card.partition("<h1>")[2].partition("</h1>")[0]
    assert "Webadres" in card
    entry = ask(odd, "/nl/doc/ob/ah-tk-20252026-2407")[2].partition("x#deel-2</bdi></q>")[2].partition("</li>")[0]
    assert 'class="thing k-url"' in entry


# ---- addresses, passages, chains


@given(
    st.one_of(
        st.text(min_size=1),
        st.from_regex(r"https?://[a-z.]+/[ -~]*", fullmatch=True),
        st.builds(
            lambda a, b: a + b,
            st.sampled_from([*(space for _, space in addresses.SPACES), BASE, BASE + "ob/"]),
            st.text(),
        ),
    )
)
def test_an_address_leads_back_to_its_thing(iri: str) -> None:
    path = addresses.path(iri)
    assert path.isascii()
    rest, query = urlsplit(path).path, urlsplit(path).query
    written = parse_qs(query, keep_blank_values=True, errors="surrogatepass").get("iri", [""])[0] if query else ""
    if iri != BASE and not any("\ud800" <= char <= "\udfff" for char in iri):
        assert addresses.iri(rest.removeprefix("/"), written) == iri


@given(st.text())
def test_passages_joined_are_the_text(text: str) -> None:
    assert "".join(words for _, words in passages(text)) == text
    assert all(text[start : start + len(words)] == words for start, words in passages(text))


@pytest.mark.parametrize("text", ["", "x" * 5000, ("word " * 1000), "a\n\n" * 500, "\n\n\n\n"])
def test_passages_are_not_longer_than_can_be_shown(text: str) -> None:
    assert "".join(words for _, words in passages(text)) == text
    assert all(len(words) <= 1200 for _, words in passages(text))


@pytest.mark.parametrize(
    ("see", "start", "ends"),
    [
        ({}, "a", ()),
        ({"a": ["b"], "b": ["c"]}, "a", ("c",)),
        ({"a": ["b", "c"], "b": ["d"]}, "a", ("c", "d")),
        ({"a": ["b"], "b": ["a"]}, "a", ()),
        ({"a": ["b"], "b": ["b"]}, "a", ("b",)),
    ],
)
def test_chains_of_answers_end(see: dict[str, list[str]], start: str, ends: tuple[str, ...]) -> None:
    assert final(start, see) == ends
