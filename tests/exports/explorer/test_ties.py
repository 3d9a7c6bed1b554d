"""What things are tied to, in the order that says most, within filters; which ways lead from one to another; which form a group."""

import itertools
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.explorer.collection import Collection
from exports.explorer.index import Index
from exports.explorer.paths import HUB, STEPS, path
from exports.explorer.saying import said
from exports.explorer.seen import PAGE, ROW, Told, see
from exports.explorer.state import State, Step, whole
from exports.explorer.ties import Sieve, Tie, among, degrees, neighbours, years
from exports.explorer.tying import HUB as COMMON
from exports.explorer.tying import LOUVAIN, SCHEMA, communities
from exports.explorer.words import Say

NPT, ZAAK, LETTER = map(whole, ("treaty/npt", "zaak/2023Z06024", "document/brief-veelsoortige-verwijzingen-a917f87a"))
SCRATCH = "CREATE TABLE edge (paper, source, property, target); CREATE TABLE paper (number, iri, day); CREATE TABLE thing (iri, kind)"


@pytest.fixture(scope="module")
def index(built: Path) -> Iterator[Index]:
    collection = Collection(built)
    yield collection.index
    collection.close()


def scratch(folder: Path, pairs: list[tuple[str, str]], day: str = "2024-01-01") -> Index:
    """An index with nothing but ties, each said once on one day."""
    file = folder / "ties.sqlite"
    file.unlink(missing_ok=True)
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(SCRATCH)
        connection.executescript(SCHEMA.read_text("utf-8"))
        connection.executemany(
            "INSERT OR IGNORE INTO tie VALUES (?, ?, 'cites', 1, ?, ?)", [(*pair, day, day) for pair in pairs]
        )
        ties = networkx.Graph(pairs).degree if pairs else ()
        connection.executemany("INSERT INTO spot VALUES (?, ?, 0, '')", list(ties))
    connection.close()
    return Index(file)


# ---- neighbours


def test_neighbours_come_a_few_at_a_time_and_each_once(index: Index) -> None:
    total, every = neighbours(index, LETTER, Sieve(), 1000)
    assert total == len(every) == len(set(every)) == degrees(index, [LETTER])[LETTER] > PAGE
    pieces = [neighbours(index, LETTER, Sieve(), 4, offset)[1] for offset in range(0, total, 4)]
    assert list(itertools.chain.from_iterable(pieces)) == every


def test_what_is_said_most_often_comes_first(index: Index) -> None:
    _, every = neighbours(index, LETTER, Sieve(), 1000)
    times = {iri: sum(tie.number for tie in among(index, (LETTER, iri), Sieve())) for iri in every}
    assert [times[iri] for iri in every] == sorted(times.values(), reverse=True)


def test_filters_hold_for_neighbours_and_for_ties(index: Index) -> None:
    total, _ = neighbours(index, LETTER, Sieve(), 1)
    kinds = {iri: row["kind"] for iri, row in index.things(neighbours(index, LETTER, Sieve(), 1000)[1]).items()}
    fewer, some = neighbours(index, LETTER, Sieve(kinds=("treaty", "url")), 1000)
    assert set(some) == {iri for iri, kind in kinds.items() if kind not in ("treaty", "url")}
    assert fewer == len(some) < total
    assert all(tie.relation != "cites" for tie in among(index, [LETTER, *kinds], Sieve(properties=("cites",))))


def test_a_period_lets_through_what_papers_of_it_say(index: Index) -> None:
    paper = index.row("SELECT * FROM paper WHERE day IS NOT NULL ORDER BY day LIMIT 1")
    assert paper
    year, iri = paper["day"][:4], paper["iri"]
    total = neighbours(index, iri, Sieve(), 1)[0]
    for since, until, count in (
        (year, year, total),
        (paper["day"], paper["day"], total),
        ("", year, total),
        (str(int(year) + 1), "", 0),
        ("", str(int(year) - 1), 0),
    ):
        assert neighbours(index, iri, Sieve(since=since, until=until), 1)[0] == count


def test_what_two_papers_say_holds_in_the_years_of_both_and_in_no_other(tmp_path: Path) -> None:
    found = scratch(tmp_path, [("a", "b")])
    with sqlite3.connect(found.file) as connection:
        connection.execute("UPDATE tie SET first = '2019-05-01', last = '2023-05-01'")
        connection.executemany("INSERT INTO paper VALUES (?, ?, ?)", [(1, "p", "2019-05-01"), (2, "q", "2023-05-01")])
        connection.executemany("INSERT INTO edge VALUES (?, 'a', 'cites', 'b')", [(1,), (2,)])
        connection.execute("CREATE INDEX edge_source ON edge (source, property)")
    assert [
        len(among(found, "ab", Sieve(since=year, until=year))) for year in ("2018", "2019", "2021", "2023", "2024")
    ] == [0, 1, 0, 1, 0]
    assert years(found, among(found, "ab", Sieve())) == {"2019": 1, "2023": 1}
    found.close()


# ---- sentences


def test_each_tie_has_its_words_where_they_stand(index: Index) -> None:
    rows = index.rows("SELECT source, property, target FROM tie")
    told = said(index, (Tie(*row) for row in rows), Sieve(), Say("nl"), each=5)
    assert len(told) == len(rows)
    borne = 0
    for each in told:
        assert each.sentences or each.papers
        assert each.total >= len(each.sentences)
        for sentence in each.sentences:
            paper = index.paper(sentence.paper.iri)
            assert paper
            text = index.text(paper["number"])
            assert " ".join(text[sentence.start : sentence.end].split()) == sentence.words.strip()
            assert sentence.target
            assert sentence.target.iri in (each.tie.source, each.tie.target)
            borne += 1
    assert borne > 50


# ---- ways


def test_a_way_is_made_of_ties_and_leads_from_one_to_the_other(index: Index) -> None:
    way = path(index, NPT, ZAAK, Sieve())
    assert way
    assert len(way) == 2
    assert [
        row["property"]
        for tie in way
        for row in index.rows(
            "SELECT property FROM tie WHERE source = ? AND target = ? AND property = ?",
            tie.source,
            tie.target,
            tie.relation,
        )
    ]
    assert path(index, NPT, NPT, Sieve()) is None
    assert path(index, NPT, "http://example.org/none", Sieve()) is None


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("abcdefghij")).filter(lambda pair: pair[0] != pair[1]),
        max_size=18,
    )
)
def test_there_is_a_way_wherever_things_hang_together_within_so_many_steps(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]
) -> None:
    found, network = scratch(tmp_path_factory.mktemp("ways"), pairs), networkx.Graph([("a", "b"), *pairs][1:])
    for end in set(network) - {"a"} if "a" in network else ():
        way = path(found, "a", end, Sieve())
        near = networkx.has_path(network, "a", end) and networkx.shortest_path_length(network, "a", end) <= STEPS
        assert (way is not None) == near
        here = "a"
        for tie in way or ():
            assert (tie.source, tie.target) in pairs
            here = tie.target if tie.source == here else tie.source
        assert way is None or (here == end and len(way) <= STEPS)
    found.close()


def test_a_way_goes_around_hubs_where_it_can(tmp_path: Path) -> None:
    hub = [("hub", f"leaf{number}") for number in range(HUB + 50)]
    found = scratch(tmp_path, [("a", "hub"), ("b", "hub"), ("a", "x"), ("x", "y"), ("y", "b"), *hub])
    assert [tie.key for tie in path(found, "a", "b", Sieve()) or ()] == [
        ("a", "cites", "x"),
        ("x", "cites", "y"),
        ("y", "cites", "b"),
    ]
    found.close()
    found = scratch(tmp_path, [("a", "hub"), ("b", "hub"), *hub])
    assert len(path(found, "a", "b", Sieve()) or ()) == 2  # through the hub where nothing else leads there
    assert path(found, "a", "b", Sieve(), avoided=["hub"]) is None
    assert path(found, "a", "b", Sieve(since="2025")) is None
    found.close()


# ---- what steps show


def test_steps_open_close_hide_and_take_back(index: Index) -> None:
    one = State().then("open", LETTER)
    first = see(index, one)
    assert first.things[0] == LETTER
    assert len(first.things) == PAGE + 1
    assert first.opened[LETTER] == (PAGE, degrees(index, [LETTER])[LETTER])
    two = one.then("open", LETTER)
    assert set(first.things) < set(see(index, two).things)
    assert see(index, two.undone()) == first
    assert see(index, one.then("close", LETTER)).things == (LETTER,)
    hidden = first.things[3]
    assert hidden not in see(index, one.then("hide", hidden)).things
    assert hidden in see(index, one.then("hide", hidden).then("add", hidden)).things
    assert all({tie.source, tie.target} <= set(first.things) for tie in first.ties)


def test_what_is_not_there_is_said(index: Index) -> None:
    none = "http://example.org/none"
    seen = see(index, State().then("open", none).then("path", NPT, none))
    assert (seen.things, seen.unknown) == ((), (none,))


def test_a_community_is_shown_by_its_most_central_things(index: Index) -> None:
    hub = index.row("SELECT hub FROM community ORDER BY members DESC")
    assert hub
    seen = see(index, State((Step("group", (hub["hub"],)),)))
    assert seen.things[0] == hub["hub"]
    assert len(seen.ties) >= len(seen.things) - 1


def test_an_answer_is_drawn_with_what_only_it_says(index: Index) -> None:
    told = Told((NPT, ZAAK, LETTER), ((LETTER, "invokesTreaty", NPT), (NPT, "near", ZAAK), (NPT, ROW, ZAAK)))
    seen = see(index, State(query="SELECT"), told)
    assert seen.told == {(NPT, "near", ZAAK), (NPT, ROW, ZAAK), (LETTER, "invokesTreaty", NPT)} - {
        tie.key for tie in among(index, told.things, Sieve())
    }


# ---- communities


@pytest.mark.parametrize("ties", [40, pytest.param(LOUVAIN + 1, marks=pytest.mark.torture)])
def test_communities_are_the_same_each_time_and_hold_every_node_once(ties: int) -> None:
    chance = random.Random(4)
    count = ties // 2
    edges = [(chance.randrange(count), chance.randrange(count)) for _ in range(ties)]
    found = communities(count, edges)
    assert sorted(itertools.chain.from_iterable(found)) == list(range(count))
    assert found == communities(count, edges)
    assert communities(3, []) == [[0], [1], [2]]


def test_what_everything_names_makes_no_community_of_everything() -> None:
    pairs = [(first, first + 1) for first in range(1, 2 * COMMON, 2)]
    named = [(0, node) for node in range(1, 2 * COMMON + 1)]
    found = communities(2 * COMMON + 1, pairs + named)
    assert len(found) == COMMON
    assert 0 in found[0]
    assert len(found[0]) == 3
