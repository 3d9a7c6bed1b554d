"""The layout: the same for the same network, no box on another, and sensible at the edges."""

import itertools
import random

import networkx as nx
import pytest

from exports.layout import place

BOX = (120.0, 50.0)


def network(count: int, *, seed: int = 3, shuffled: bool = False) -> nx.MultiDiGraph:
    """A hub-heavy network with parallel edges, a loop, and some nodes by themselves."""
    chance = random.Random(seed)
    names = [f"n{number:04}" for number in range(count)]
    edges = [
        (names[number], names[int(number * chance.random() ** 2)], str(key))
        for number in range(1, count)
        if number % 11
        for key in range(1 + number % 3)
    ]
    if shuffled:
        random.Random(9).shuffle(names)
        random.Random(8).shuffle(edges)
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(names)
    graph.add_edges_from(edges)
    return graph


def boxes(graph: nx.MultiDiGraph) -> dict[str, tuple[float, float]]:
    return {node: (BOX[0] + 10 * (int(node[1:]) % 5), BOX[1]) for node in graph}


@pytest.mark.parametrize("count", [1, 2, 3, 60, 400])
def test_order_of_input_does_not_matter(count: int) -> None:
    one, other = network(count), network(count, shuffled=True)
    assert place(one, boxes(one)) == place(other, boxes(other))


@pytest.mark.parametrize("count", [2, 3, 60, 400])
def test_no_two_boxes_overlap(count: int) -> None:
    graph = network(count)
    room, places = boxes(graph), place(graph, boxes(graph))
    for one, other in itertools.combinations(graph, 2):
        apart = [abs(a - b) for a, b in zip(places[one], places[other], strict=True)]
        needed = [(a + b) / 2 - 0.01 for a, b in zip(room[one], room[other], strict=True)]
        assert apart[0] >= needed[0] or apart[1] >= needed[1], (one, other)


def test_nothing_one_and_loops() -> None:
    graph = nx.MultiDiGraph()
    assert place(graph, {}) == {}
    graph.add_edge("n1", "n1", key="cites")
    assert len(place(graph, {"n1": BOX})) == 1


def test_two_nodes_lie_side_by_side() -> None:
    graph = nx.MultiDiGraph([("n1", "n2")])
    (x, y), (other_x, other_y) = place(graph, {"n1": BOX, "n2": BOX}).values()
    assert abs(x - other_x) >= BOX[0]
    assert y == other_y


def test_nodes_without_edges_fill_rows_and_columns() -> None:
    graph = nx.empty_graph(0, nx.MultiDiGraph)
    graph.add_nodes_from(f"n{number}" for number in range(40))
    places = place(graph, boxes(graph)).values()
    assert len({y for _, y in places}) > 3
    assert len({x for x, _ in places}) > 3


def test_equal_nodes_around_a_hub_do_not_fall_together() -> None:
    graph = nx.MultiDiGraph([("n0", f"n{number}") for number in range(1, 120)])
    assert len(set(place(graph, boxes(graph)).values())) == 120


def test_neighbours_are_nearer_than_strangers() -> None:
    graph = nx.MultiDiGraph(nx.connected_caveman_graph(4, 8))
    graph = nx.relabel_nodes(graph, {node: f"n{node}" for node in graph})
    places = place(graph, boxes(graph))

    def mean(pairs: list[tuple[str, str]]) -> float:
        gaps = [abs(complex(*places[a]) - complex(*places[b])) for a, b in pairs]
        return sum(gaps) / len(gaps)

    assert mean(list(graph.edges())) < 0.6 * mean(list(itertools.combinations(graph, 2)))


def test_a_node_without_a_box_is_an_error() -> None:
    with pytest.raises(KeyError):
        place(nx.MultiDiGraph([("n1", "n2")]), {"n1": BOX})
