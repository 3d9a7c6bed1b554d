"""The layout: the same for the same network, no box on another, and sensible at the edges."""

import itertools
import random
import time

import networkx as nx
import numpy as np
import pytest

from exports import shaping
from exports.layout import ROOMY, arrange, place
from exports.shaping import shape

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


# ---- large networks


@pytest.mark.slow
def test_order_of_input_does_not_matter_in_a_large_network() -> None:
    one, other = network(5000), network(5000, shuffled=True)
    assert place(one, boxes(one)) == place(other, boxes(other))


def communities(count: int, size: int, seed: int = 4) -> np.ndarray:
    """Edges of a network in which nodes mostly know those of their own community, each pair once."""
    chance = np.random.default_rng(seed)
    one = np.concatenate([np.arange(1, count), chance.integers(0, count, 2 * count)])
    near = one // size * size + chance.integers(0, size, len(one))
    other = np.where(chance.random(len(one)) < 0.9, np.minimum(near, count - 1), chance.integers(0, count, len(one)))
    other[: count - 1] = np.maximum(one[: count - 1] - 1 - chance.integers(0, 3, count - 1), 0)
    pairs = np.sort(np.stack([one, other], axis=1), axis=1)
    return np.unique(pairs[pairs[:, 0] < pairs[:, 1]], axis=0)


def nearness(points: np.ndarray, edges: np.ndarray) -> float:
    """Mean length of an edge, as a share of the mean distance of two nodes."""
    chance = np.random.default_rng(0).integers(0, len(points), (20_000, 2))
    lengths = [np.linalg.norm(points[pairs[:, 0]] - points[pairs[:, 1]], axis=1).mean() for pairs in (edges, chance)]
    return float(lengths[0] / lengths[1])


def test_communities_of_a_large_network_lie_apart() -> None:
    edges = communities(2000, 100)
    points = shape(2000, edges)
    assert nearness(points, edges) < 0.25
    groups = points.reshape(20, 100, 2)
    within = np.linalg.norm(groups - groups.mean(axis=1, keepdims=True), axis=2).mean()
    assert within < 0.3 * np.linalg.norm(points - points.mean(axis=0), axis=1).mean()


def test_a_smaller_network_keeps_every_edge_between_its_groups() -> None:
    edges = communities(3000, 100)
    member, fewer = shaping._joined(3000, edges)
    pairs, weight = shaping._merged(member[edges], np.ones(len(edges)), fewer)
    assert fewer < 1500
    assert set(member) == set(range(fewer))
    between = member[edges][:, 0] != member[edges][:, 1]
    assert weight.sum() == between.sum()
    assert {tuple(pair) for pair in pairs} == {tuple(sorted(pair)) for pair in member[edges[between]].tolist()}


def test_the_sign_of_an_axis_is_not_left_to_the_solver() -> None:
    points = np.random.default_rng(5).exponential(size=(50, 2))
    for turn in ((1, -1), (-1, 1), (-1, -1)):
        assert (shaping._signed(points * turn) == shaping._signed(points)).all()


def test_repulsion_on_a_grid_is_that_of_every_pair() -> None:
    at = np.random.default_rng(6).normal(0, 20, (2, 600))
    mass = np.random.default_rng(7).integers(1, 5, 600).astype(float)
    exact, quick = shaping._pushed(at, mass), shaping._pressed(at, mass)
    assert np.corrcoef(exact.ravel(), quick.ravel())[0, 1] > 0.98


def test_small_parts_that_are_alike_get_one_shape() -> None:
    """Stars of four, with the hub at another number in each."""
    stars = ROOMY // 4 + 1
    edges = [(4 * star + star % 4, 4 * star + leaf) for star in range(stars) for leaf in range(4) if leaf != star % 4]
    points = arrange(np.array(edges), np.full((4 * stars, 2), 40.0)).reshape(stars, 4, 2)
    spans = {tuple(np.round(np.ptp(star, axis=0), 3)) for star in points}
    assert len(spans) == 1


@pytest.mark.torture
def test_the_time_of_a_layout_grows_with_the_network_and_no_faster() -> None:
    def seconds(count: int) -> float:
        edges, start = communities(count, 100), time.process_time()
        shape(count, edges)
        return time.process_time() - start

    seconds(4000)
    assert seconds(24_000) < 9 * seconds(4000)
