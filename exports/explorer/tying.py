"""Derive from the index what the page of the graph draws: ties between things, and the communities that these form.

One transaction of SQLite after that of the index, so that the page opens at once however large the collection is.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import networkx

SCHEMA = Path(__file__).with_name("ties.sql")
VERSION = "1"
"""Changes with the schema and with what counts as a tie."""
QUIET = ("mentionsDay", "hasNote", "answersQuestion", "seeAnswer", "ofChamber")
"""Properties that explain nothing in a picture: days, parts of one paper, and the chamber, to which half of all papers belong."""
LOUVAIN = 20_000
"""Ties up to which communities are found by the Louvain method; above it labels are spread, which takes a tenth of the time."""
HUB = 400
"""Ties of a thing above which it makes no community: a minister whom all papers name would make one of everything."""
_SEED = 1


def tie(connection: sqlite3.Connection, generation: int) -> int:
    """Bring the tables of ties.sql in line with the index, which is of that generation, and give the number of ties."""
    known = "SELECT value FROM about WHERE name = 'ties'"
    connection.executescript(SCHEMA.read_text(encoding="utf-8"))
    made, wanted = connection.execute(known).fetchone(), f"{VERSION} {generation}"
    if not made or made[0] != wanted:
        connection.execute("BEGIN IMMEDIATE")
        with connection:
            _join(connection)
            _group(connection)
            connection.execute("INSERT OR REPLACE INTO about VALUES ('ties', ?)", (wanted,))
        connection.execute("PRAGMA analysis_limit = 1000")
        connection.execute("ANALYZE")
    return int(connection.execute("SELECT COUNT(*) FROM tie").fetchone()[0])


def _join(connection: sqlite3.Connection) -> None:
    """One row for all edges of one property between the same two things, sections taken as their paper."""
    whole = "CASE WHEN substr({0}, 1, length(paper.iri) + 1) = paper.iri || '#' THEN paper.iri ELSE {0} END"
    source, target = whole.format("edge.source"), whole.format("edge.target")
    marks = ", ".join("?" * len(QUIET))
    connection.execute("DELETE FROM tie")
    connection.execute(
        "INSERT INTO tie SELECT source, target, property, SUM(number), MIN(day), MAX(day) FROM ("
        f" SELECT {source} AS source, {target} AS target, property, paper.day, MAX(coalesce(naming.number, 1)) AS number"
        " FROM edge JOIN paper ON paper.number = edge.paper"
        " LEFT JOIN naming ON naming.target = edge.target AND naming.day = coalesce(paper.day, '') AND naming.paper = edge.paper"
        f" WHERE property NOT IN ({marks}) GROUP BY 1, 2, 3, edge.paper"
        ") WHERE source <> target GROUP BY 1, 2, 3",
        QUIET,
    )


def _group(connection: sqlite3.Connection) -> None:
    pairs = connection.execute(
        "SELECT DISTINCT min(source, target), max(source, target) FROM tie ORDER BY 1, 2"
    ).fetchall()
    names = sorted({name for pair in pairs for name in pair})
    number = {name: place for place, name in enumerate(names)}
    edges = [(number[one], number[other]) for one, other in pairs]
    ties = Counter(end for pair in edges for end in pair)
    groups = communities(len(names), edges)
    group = {member: place for place, members in enumerate(groups) for member in members}
    inside = Counter(end for one, other in edges if group[one] == group[other] for end in (one, other))
    hubs = [names[min(members, key=lambda member: (-inside[member], member))] for members in groups]
    between = Counter(
        tuple(sorted((hubs[group[one]], hubs[group[other]]))) for one, other in edges if group[one] != group[other]
    )
    for table in ("spot", "community", "bridge"):
        connection.execute(f"DELETE FROM {table}")
    spots = ((name, ties[place], inside[place], hubs[group[place]]) for place, name in enumerate(names))
    connection.executemany("INSERT INTO spot VALUES (?, ?, ?, ?)", spots)
    sizes = ((hub, len(members)) for hub, members in zip(hubs, groups, strict=True))
    connection.executemany("INSERT INTO community VALUES (?, ?)", sizes)
    connection.executemany(
        "INSERT INTO bridge VALUES (?, ?, ?)", ((*pair, each) for pair, each in sorted(between.items()))
    )


def communities(count: int, edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The nodes 0..count-1 in groups with more edges within than between them, the largest first; always the same groups.

    A node with more than HUB edges is in the group that most of its neighbours are in.
    """
    network: networkx.Graph[int] = networkx.Graph()
    network.add_nodes_from(range(count))
    network.add_edges_from(edges)
    hubs = {node: list(network[node]) for node, degree in network.degree if degree > HUB}
    network.remove_nodes_from(hubs)
    if not network.number_of_edges():
        return [[node] for node in range(count)]
    small = network.number_of_edges() <= LOUVAIN
    method = networkx.community.louvain_communities if small else networkx.community.fast_label_propagation_communities
    found = [set(members) for members in method(network, seed=_SEED)]
    group = {node: place for place, members in enumerate(found) for node in members}
    for hub, near in hubs.items():
        beside = Counter(group[node] for node in near if node in group)
        if beside:
            found[max(beside, key=lambda place: (beside[place], -place))].add(hub)
        else:
            found.append({hub})
    return sorted(map(sorted, found), key=lambda members: (-len(members), members[0]))
