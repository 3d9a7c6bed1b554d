"""Search, cards, the list of wanted papers, and data: what is looked for is found, in any way of writing."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from urllib.parse import quote

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from looking import Page
from test_skeleton import ask

from exports.explorer import addresses
from exports.explorer.collection import Collection
from exports.explorer.names import exact, find, named
from exports.explorer.searching import Filters, worded
from graph import AmbiguousName, Graph
from graph.lookup import Match
from ontology.terms import BASE


@pytest.fixture(scope="module")
def collection(built: Path) -> Iterator[Collection]:
    opened = Collection(built)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("33279-40", "kst-33279-40"), ("Kamerstuk 33 279, nr. 40", "kst-33279-40"), ("kst-33279-40", "kst-33279-40"),
        ("33279 nr 40", "kst-33279-40"), ("2023Z06024", "2023Z06024"), ("2023z06024", "2023Z06024"), ("33279", "dossier-33279"),
        ("ah-tk-20252026-2406", "ah-tk-20252026-2406"), ("https://zoek.officielebekendmakingen.nl/kst-33279-40", "kst-33279-40"),
    ],
)  # fmt: skip
def test_a_number_is_found_in_any_way_of_writing(collection: Collection, asked: str, number: str) -> None:
    assert [row["identifier"] for row in exact(collection.index, asked)] == [number]


@pytest.mark.parametrize("asked", ["yesil", "YEŞİLGÖZ", "zegerius dilan", "Yesilgoz-Z"])
def test_names_are_found_without_accents(collection: Collection, asked: str) -> None:
    total, rows = named(collection.index, asked)
    assert (total, rows[0]["dutch"]) == (1, "Dilan Yeşilgöz-Zegerius")


def test_words_are_found_in_their_passage(collection: Collection) -> None:
    found = worded(collection.index, "consensus", Filters((), "", ""), 1, 10)
    assert (found.total, found.papers) == (1, 1)
    assert ("consensus", True) in found.hits[0].pieces
    paper = collection.index.papers([found.hits[0].paper])[found.hits[0].paper]
    text = collection.index.text(paper["number"])
    assert text[found.hits[0].start :].startswith("consensus")


def test_words_between_quotes_stand_together(collection: Collection) -> None:
    none = Filters((), "", "")
    assert worded(collection.index, '"plan van de Verenigde Staten"', none, 1, 10).total == 1
    assert worded(collection.index, '"Staten van plan"', none, 1, 10).total == 0
    assert worded(collection.index, "kernwap*", none, 1, 10).total > 2


def test_facets_narrow_what_was_found(collection: Collection) -> None:
    every = worded(collection.index, "kernwapens", Filters((), "", ""), 1, 50)
    assert dict(every.facets["sort"]) == {"letter": 2, "answer": 1}
    assert f"{BASE}treaty/npt" in dict(every.facets["treaty"])
    for chosen in (("sort", "answer"), ("year", "2026"), ("treaty", f"{BASE}treaty/npt")):
        some = worded(collection.index, "kernwapens", Filters((chosen,), "", ""), 1, 50)
        assert 0 < some.total < every.total
    assert worded(collection.index, "kernwapens", Filters((), "2026-01-01", "2026-12-31"), 1, 50).papers == 1
    assert worded(collection.index, "kernwapens", Filters((("year", "1900"),), "", ""), 1, 50).total == 0


@given(st.text(max_size=80))
def test_any_question_has_an_answer(collection: Collection, asked: str) -> None:
    worded(collection.index, asked, Filters((), "", ""), 1, 10)
    named(collection.index, asked)


@pytest.mark.parametrize(
    "asked", ["", "npt", "a AND", '"', "NEAR(", "*", "words:x", "{{ 7*7 }}", "<script>", "x" * 3000, "%00", "-"]
)
def test_the_page_of_any_question_is_there(site: str, asked: str) -> None:
    status, _, text = ask(site, f"/nl/search?q={quote(asked)}&page=999&year=x&from=1")
    assert status == 200
    assert "<script>" not in text


def test_from_search_to_card_to_sentence_to_paper(site: str) -> None:
    """As a reader without scripts would, by the words of the links alone."""
    found = Page(ask(site, "/nl/search?q=33279-40")[2])
    card = Page(ask(site, found.link("Kamerstuk 33279, nr. 40"))[2])
    assert "Dit stuk zit niet in de verzameling" in card.words
    place = card.link("Kamerstuk 33279-40")
    paper = Page(ask(site, place.partition("#")[0])[2])
    assert place.partition("#")[2] in paper.ids
    assert "brief d.d. 2 maart jl." in paper.article


def test_a_card_counts_what_the_graph_says(site: str, samples: Graph) -> None:
    source = ask(site, "/en/id/treaty/npt")[2]
    assert "10 places" in source
    assert "Treaty on the Non-Proliferation" in source
    assert "Kernwapenspreidingsverdrag" in source
    assert "5 March 1970" in source
    holders = ask(site, "/nl/id/post/minister-defensie")[2].partition("<tbody>")[2]
    assert holders.index("Yeşilgöz") < holders.index("Brekelmans")


def test_every_thing_in_the_graph_has_a_card_or_a_place(site: str, collection: Collection) -> None:
    rows = collection.index.rows(
        "SELECT DISTINCT target FROM edge UNION SELECT DISTINCT target FROM mention WHERE target IS NOT NULL"
    )
    assert len(rows) > 40
    for row in rows:
        status, headers, _ = ask(site, f"/nl{addresses.card(row['target'])}")
        assert status == 200 or (status == 303 and "/doc/" in headers["location"]), row["target"]


def test_pages_of_a_list_end(site: str) -> None:
    for number in ("0", "2", "99999", "x", "-1"):
        assert ask(site, f"/nl/id/treaty/npt?page={number}&year=2026")[0] == 200
        assert ask(site, f"/nl/wanted?page={number}&kind=x")[0] == 200


def test_the_wanted_list_is_what_is_referred_to_but_not_there(site: str, collection: Collection) -> None:
    status, headers, text = ask(site, "/nl/wanted?format=csv")
    assert (status, headers["content-disposition"]) == (200, 'attachment; filename="wanted.csv"')
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff")
    assert {"kst-33279-40", "2024D37938"} <= {row["id"] for row in rows}
    assert not {row["address"] for row in rows} & {row["iri"] for row in collection.index.rows("SELECT iri FROM paper")}
    assert [int(row["papers"]) for row in rows] == sorted((int(row["papers"]) for row in rows), reverse=True)
    only = ask(site, "/nl/wanted?kind=bijlage&format=csv")[2]
    assert len(only.splitlines()) == 2


# ---- data


@pytest.mark.parametrize(
    ("accepted", "kind"),
    [
        ("text/turtle", "text/turtle"), ("application/ld+json", "application/ld+json"), ("application/n-triples", "application/n-triples"),
        ("text/html;q=0.1, text/turtle;q=0.9", "text/turtle"),
    ],
)  # fmt: skip
def test_the_address_of_a_thing_gives_data_to_who_asks_for_data(site: str, accepted: str, kind: str) -> None:
    status, headers, text = ask(site, "/id/treaty/npt", Accept=accepted)
    assert (status, headers["content-type"]) == (200, f"{kind}; charset=utf-8")
    assert "Accept" in headers["vary"]
    form = pyoxigraph.RdfFormat.from_media_type(kind)
    assert form is not None
    names = {quad.object.value for quad in pyoxigraph.parse(text, format=form) if "prefLabel" in quad.predicate.value}
    assert "Non-proliferatieverdrag" in names


def test_who_reads_pages_gets_the_page(site: str) -> None:
    status, headers, _ = ask(
        site, "/id/ob/kst-33279-40", Accept="text/html,application/xhtml+xml,*/*;q=0.8", Accept_Language="en"
    )
    assert (status, headers["location"]) == (303, "/en/id/ob/kst-33279-40")


@pytest.mark.parametrize("path", ["/id/nothing", "/id", "/id?iri=x%20y", "/id?iri=%3E"])
def test_what_nobody_speaks_of_has_no_data(site: str, path: str) -> None:
    joined = f"{path}{'&' if '?' in path else '?'}format=turtle"
    assert ask(site, joined)[0] == 404
    assert ask(site, f"{path}{'&' if '?' in path else '?'}format=xls")[0] in (400, 404)


@pytest.mark.parametrize(
    ("asked", "label"),
    [
        ("NPV", "Non-proliferatieverdrag"), ("npt", "Non-proliferatieverdrag"), ("nonproliferatieverdrag", "Non-proliferatieverdrag"),
        ("KERNWAPENSPREIDINGS VERDRAG", "Non-proliferatieverdrag"), ("yesilgoz-zegerius", "Dilan Yeşilgöz-Zegerius"),
        ("yesilgoz", "Dilan Yeşilgöz-Zegerius"), ("treaty/npt", "Non-proliferatieverdrag"),
    ],
)  # fmt: skip
def test_the_whole_of_a_name_is_an_exact_match(collection: Collection, asked: str, label: str) -> None:
    assert [row["dutch"] for row in exact(collection.index, asked)] == [label]


def test_the_explorer_and_the_graph_mean_the_same(collection: Collection, samples: Graph) -> None:
    """Every name of the registers, in capitals and without blanks: one lookup, two places where names are kept."""
    chance = Random(15)
    names = [name for each in samples.entities.all if each.registered for name in each.all_names]
    for name in chance.sample(sorted(set(names)), 60):
        typed = name.upper().replace(" ", "")
        assert outcome(lambda asked: find(collection.index, asked), typed) == outcome(samples.entities.find, typed), (
            typed
        )


def outcome(look: Callable[[str], Match], asked: str) -> set[str]:
    """The IRIs of what is found, or of the candidates."""
    try:
        return {look(asked).entity.iri}
    except AmbiguousName as error:
        return {each.iri for each in error.candidates}


def test_search_suggests_where_nothing_is_found(site: str) -> None:
    found = Page(ask(site, "/nl/search?q=Yesilgos")[2])
    assert "Bedoelt u misschien" in found.words
    assert ask(site, found.link("Dilan Yeşilgöz-Zegerius"))[0] == 200
