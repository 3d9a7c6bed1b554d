"""Names: whatever somebody calls an entity finds it, and what finds nothing names the nearest."""

from __future__ import annotations

import pickle
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import AmbiguousName, Graph, UnknownName, references
from graph.lookup import Entity, Rank, choose, nearest, normalize, rank, read_references, registered
from ontology.registers import Registers
from ontology.terms import BASE

REGISTERED = tuple(registered(Registers.load()))
NAMES = [(entity, name) for entity in REGISTERED for name in entity.all_names]
CASES = (str, str.upper, str.lower, str.title, str.swapcase)
BLANKS = (" ", "  ", "-", "\n", "\u00a0", " - ", "")
HYPHENS = ("-", "", " ", "\u2011", "\u2013", " -")
NPT = f"{BASE}treaty/npt"


def plain(text: str) -> str:
    """A text without diacritics."""
    return "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))


@st.composite
def spelt(draw: st.DrawFn) -> tuple[Entity, str]:
    """An entity of the registers, and one of its names in another spelling."""
    entity, name = draw(st.sampled_from(NAMES))
    made = draw(st.sampled_from((str, plain)))(draw(st.sampled_from(CASES))(name))
    made = made.replace(" ", draw(st.sampled_from(BLANKS))).replace("-", draw(st.sampled_from(HYPHENS)))
    return entity, draw(st.sampled_from((made, f"  {made} ", made.replace(",", "").replace(".", ""))))


@given(spelt())
def test_any_spelling_of_a_name_finds_its_entity(asked: tuple[Entity, str]) -> None:
    entity, words = asked
    found = rank(words, REGISTERED)
    assert found[0].rank <= Rank.NORMALIZED
    assert entity.iri in [match.entity.iri for match in found if match.rank <= Rank.NORMALIZED]


def chosen(words: str, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The one entity that is chosen, or those that are offered, which the message lists."""
    try:
        return (choose(words, entities).entity,)
    except UnknownName as error:
        return error.candidates if all(each.label in str(error) for each in error.candidates[:12]) else ()


@given(spelt())
def test_a_choice_is_the_entity_or_lists_it(asked: tuple[Entity, str]) -> None:
    entity, words = asked
    matches = rank(words, REGISTERED)
    best = [match.entity for match in matches if match.rank == matches[0].rank]
    assert set(chosen(words, REGISTERED)) == set(best)
    if matches[0].rank == Rank.NORMALIZED:
        assert entity in best


def test_a_candidate_is_chosen_by_what_the_list_says() -> None:
    with pytest.raises(AmbiguousName) as caught:
        choose("rutte", REGISTERED)
    lines = str(caught.value).splitlines()[1:]
    again = [choose(line.rpartition(", ")[2].rstrip(")"), REGISTERED).entity for line in lines]
    assert len(again) > 1
    assert set(again) == set(caught.value.candidates)


@given(st.text(max_size=400))
def test_whatever_somebody_types_is_found_or_refused(words: str) -> None:
    assert set(chosen(words, REGISTERED[:200])) <= set(REGISTERED)


def test_an_exact_name_goes_before_a_spelling_and_that_before_a_word() -> None:
    one, other, third = (
        Entity("treaty", f"t{number}", f"{BASE}treaty/t{number}", label)
        for number, label in enumerate(("ABC", "abc", "Het abc-verdrag"))
    )
    assert choose("ABC", [third, other, one]).entity == one
    assert choose("abc", [third, other, one]).entity == other
    assert [match.rank for match in rank("A.B.C.", [third, other, one])] == [Rank.NORMALIZED, Rank.NORMALIZED]
    assert choose("abc", [third]).rank == Rank.WORDS
    assert choose("t0", [third, other, one]).rank == Rank.IDENTIFIER


def test_the_number_of_a_paper_does_not_mean_its_parts() -> None:
    paper = Entity(
        "paper", "ah-tk-20232024-17", "https://zoek.example/ah-tk-20232024-17", "Aanhangsel 2023-2024, nr. 17"
    )
    part = Entity("motion", f"{paper.iri}#motion-jansen", f"{paper.iri}#motion-jansen", "motie-Jansen")
    assert choose("AH 17", [part, paper]).entity == paper
    assert choose(part.id, [part, paper]).entity == part


def test_a_namesake_without_a_register_gives_way_to_one_of_its_kind() -> None:
    known = Entity("person", "person:jansen", f"{BASE}person/jansen_j", "Jan Jansen", ("Jansen",), True)
    bare = Entity("person", "person/jansen", f"{BASE}person/jansen", "Jansen")
    law = Entity("law", "jansen", f"{BASE}law/jansen", "Jansen")
    assert choose("jansen", [bare, known]).entity == known
    assert choose("person/jansen", [bare, known]).entity == bare
    with pytest.raises(AmbiguousName):
        choose("Jansen", [bare, known, law])


@pytest.mark.parametrize(
    ("typed", "label"),
    [("Nonproliferatieverdrga", "Non-proliferatieverdrag"), ("Yesilgos", "Dilan Yeşilgöz-Zegerius"), ("NPX", "Non-proliferatieverdrag")],
)  # fmt: skip
def test_what_is_misspelt_is_told_the_nearest(typed: str, label: str) -> None:
    assert label in [each.label for each in nearest(typed, REGISTERED)]
    with pytest.raises(UnknownName, match="did you mean") as caught:
        choose(typed, REGISTERED)
    assert not isinstance(caught.value, AmbiguousName)
    assert label in str(caught.value)


@given(st.sampled_from(NAMES), st.data())
def test_one_wrong_letter_still_suggests_it(named: tuple[Entity, str], data: st.DataObject) -> None:
    entity, name = named
    key = normalize(name)
    place = data.draw(st.integers(0, len(key) - 1))
    typed = key[:place] + "\u00df" + key[place + 1 :]
    if len(key) >= 8 and not rank(typed, REGISTERED):
        assert nearest(typed, [entity]) == [entity]


@pytest.fixture(scope="module")
def graph(built: Path) -> Iterator[Graph]:
    with Graph.open(built) as opened:
        yield opened


EVERYDAY = [
    ("NPV", NPT), ("NPT", NPT), ("npt", NPT), ("npv", NPT), ("Non-proliferatieverdrag", NPT), ("nonproliferatieverdrag", NPT),
    ("NON PROLIFERATIE VERDRAG", NPT), ("treaty/npt", NPT), (NPT, NPT), ("Treaty on the Non-Proliferation of Nuclear Weapons", NPT),
    ("33279-40", "https://zoek.officielebekendmakingen.nl/kst-33279-40"),
    ("33 279, nr. 40", "https://zoek.officielebekendmakingen.nl/kst-33279-40"),
    ("Kamerstuk 33 279, nr. 40", "https://zoek.officielebekendmakingen.nl/kst-33279-40"),
    ("kamerstuk 33279 nr 40", "https://zoek.officielebekendmakingen.nl/kst-33279-40"),
    ("kst-33279-40", "https://zoek.officielebekendmakingen.nl/kst-33279-40"),
    ("https://zoek.officielebekendmakingen.nl/kst-33279-40", "https://zoek.officielebekendmakingen.nl/kst-33279-40"),
    ("33279", "https://zoek.officielebekendmakingen.nl/dossier/33279"),
    ("ah-tk-20252026-2406", "https://zoek.officielebekendmakingen.nl/ah-tk-20252026-2406"),
    ("aanhangsel 2025-2026 nr 2406", "https://zoek.officielebekendmakingen.nl/ah-tk-20252026-2406"),
    ("Yeşilgöz", f"{BASE}person/yesilgoz-zegerius_d"), ("yesilgoz", f"{BASE}person/yesilgoz-zegerius_d"),
    ("Yeşilgöz-Zegerius", f"{BASE}person/yesilgoz-zegerius_d"), ("YESILGOZ ZEGERIUS", f"{BASE}person/yesilgoz-zegerius_d"),
    ("dilan yesilgoz", f"{BASE}person/yesilgoz-zegerius_d"), ("zegerius", f"{BASE}person/yesilgoz-zegerius_d"),
    ("minister van Defensie", f"{BASE}post/minister-defensie"), ("Minister of Defence", f"{BASE}post/minister-defensie"),
    ("woo", "https://wetten.overheid.nl/BWBR0045754"), ("2023Z06024", "https://www.tweedekamer.nl/kamerstukken/detail?id=2023Z06024"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "iri"), EVERYDAY)
def test_everyday_names_in_a_graph(graph: Graph, name: str, iri: str) -> None:
    assert graph.lookup(name).iri == iri


def test_a_shared_name_lists_those_that_have_it(graph: Graph) -> None:
    for name in ("Verdrag van Moskou", "verdrag van moskou"):
        with pytest.raises(AmbiguousName, match="choose one by its id") as caught:
            graph.lookup(name)
        assert {each.id for each in caught.value.candidates} == {"ltbt", "sort"}


def test_kinds_narrow_what_a_name_means(graph: Graph) -> None:
    assert graph.lookup("npt", "treaty").kind == "treaty"
    with pytest.raises(UnknownName, match="no person in the graph"):
        graph.lookup("npt", "person")


def test_what_no_paper_refers_to_is_told_apart_from_what_nobody_knows(graph: Graph) -> None:
    with pytest.raises(UnknownName, match=r"no paper in the graph refers to .*\(treaty, inf\)"):
        graph.around("INF-verdrag")
    with pytest.raises(UnknownName, match="nothing in the graph is called"):
        graph.around("zzzz")
    assert graph.around("KERNWAPENSPREIDINGSVERDRAG").middle == NPT


def test_a_name_is_a_reading_only_of_the_whole(graph: Graph) -> None:
    assert read_references("33279-40 en 33279-41", references) == []
    assert read_references("", references) == []
    with pytest.raises(UnknownName):
        graph.lookup("33279-40 en 33279-41")


def test_an_error_survives_pickling(graph: Graph) -> None:
    with pytest.raises(UnknownName) as caught:
        graph.lookup("NPX")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.candidates) == (str(caught.value), caught.value.candidates)


def test_a_look_up_takes_no_time(built: Path) -> None:
    with Graph.open(built) as fresh:
        fresh.lookup("npt")
        start = time.process_time()
        fresh.lookup("npt")
        fresh.lookup("33279-40")
        exact = time.process_time() - start
        start = time.process_time()
        fresh.lookup("NoN PrOlIfErAtIeVeRdRaG")
        every = time.process_time() - start
    assert exact < 0.1
    assert every < 1
