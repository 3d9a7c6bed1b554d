"""A network as the columns of values that its picture is made from, small enough to lie in a page.

Nodes are numbered from the one that is referred to most. All text is in the data and nowhere else in the page, compressed and
written in the 64 letters of Base64, so that no value can ever be markup or script there.
"""

from __future__ import annotations

import gzip
import json
import math
import textwrap
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import networkx as nx
import numpy as np

from exports.layout import ROOMY, arrange
from exports.looks import looks_of
from exports.shaping import Floats
from graph.network import quotes

LABEL_WIDTH, LABEL_LINES, LABEL_LONGEST = 22, 3, 200  # characters, lines, characters considered; as in page/labels.js
CHARACTER, LINE, MARGIN = 7.0, 15.0, 16.0  # estimated size of the text beside a node, pixels
IMPORTANT_ROOM = 0.5  # more for the label of a large node, which stands amid many others
QUOTE, QUOTES = (
    300,
    6_000_000,
)  # characters of a quote, and of all quotes, in the page of a network of more than ROOMY nodes

Edge = tuple[int, int, str, Mapping[str, Any]]
"""The numbers of both ends, the key, what is said of it."""


@dataclass(frozen=True)
class Packed:
    """A network for a page: two blocks of Base64, and how much is in them.

    `left` is the number of quotes that had no room.
    """

    graph: str
    evidence: str
    nodes: int
    edges: int
    left: int


def pack(network: nx.MultiDiGraph[str], names: Mapping[str, Sequence[str]] | None = None) -> Packed:
    """Lay out a network and pack it; `exports.page` says what a network has. The same network gives the same bytes.

    `names` are other names of nodes by IRI, for the search.
    """
    order = ranked(network)
    edges = ordered(network, order)
    evidence, left = _quotes([(target, quotes(about)) for _, target, _, about in edges], len(order) > ROOMY)
    told = columns(network, order, edges)
    told["nodes"]["names"] = {
        str(number): "\n".join(names[iri]) for number, iri in enumerate(order) if names and names.get(iri)
    }
    graph = _squeezed(told)
    return Packed(graph, _squeezed(evidence), len(order), len(edges), left)


def ordered(network: nx.MultiDiGraph[str], order: list[str]) -> list[Edge]:
    """The edges by the places of their ends in `order`, each with its key and what is said of it."""
    number = {iri: index for index, iri in enumerate(order)}
    return sorted(
        (
            (number[source], number[target], str(key), about)
            for source, target, key, about in network.edges(keys=True, data=True)
        ),
        key=lambda edge: edge[:3],
    )


def columns(network: nx.MultiDiGraph[str], order: list[str], edges: list[Edge]) -> dict[str, Any]:
    """A network, laid out, as the columns that page/data.js reads: kinds, relations, nodes in `order`, `edges`."""
    relations: dict[tuple[str, str], int] = {}
    what = [
        relations.setdefault((str(about.get("label_nl") or key), str(about.get("label_en") or key)), len(relations))
        for *_, key, about in edges
    ]
    kinds = [str(network.nodes[iri].get("kind", "unknown")) for iri in order]
    looks = looks_of(kinds)
    place_of = {kind: index for index, kind in enumerate(looks)}
    points, sizes = placed(network, order)
    texts = {name: [_text(network.nodes[iri].get(name)) for iri in order] for name in ("label", "address", "date")}
    return {
        "kinds": [{"kind": kind} | asdict(look) for kind, look in looks.items()],
        "relations": [{"nl": dutch, "en": english} for dutch, english in relations],
        "nodes": {
            "iri": [str(iri) for iri in order],
            "label": [label or str(iri) for iri, label in zip(order, texts["label"], strict=True)],
            "kind": [place_of[kind] for kind in kinds],
            "weight": [_weight(network, iri) for iri in order],
            "address": texts["address"],
            "date": texts["date"],
            "size": np.round(sizes, 1).tolist(),
            "x": np.round(points[:, 0]).astype(int).tolist(),
            "y": np.round(points[:, 1]).astype(int).tolist(),
        },
        "edges": {"from": [edge[0] for edge in edges], "to": [edge[1] for edge in edges], "relation": what},
    }


def ranked(network: nx.MultiDiGraph[str]) -> list[str]:
    """Return the nodes by the number of papers that refer to them, then by that of mentions, then by IRI."""
    return sorted(network, key=lambda iri: (-_weight(network, iri), -int(network.nodes[iri].get("mentions") or 0), iri))


def wrapped(label: str) -> list[str]:
    """A label as the lines in which it is drawn."""
    return textwrap.wrap(label[:LABEL_LONGEST], LABEL_WIDTH, max_lines=LABEL_LINES, placeholder=" …")


def _weight(network: nx.MultiDiGraph[str], iri: str) -> int:
    return int(network.nodes[iri].get("weight") or 0)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def placed(network: nx.MultiDiGraph[str], order: list[str]) -> tuple[Floats, Floats]:
    """Where each node of `order`, which holds all, stands and its radius, in pixels at scale 1.

    The box of a node holds its label too, unless there are too many to read.
    """
    papers = [network.nodes[iri].get("kind") == "paper" for iri in order]
    size = 7 + 3 * np.sqrt(np.maximum([_weight(network, iri) for iri in order], 0, dtype=float))
    # What was read points to others and is seldom pointed to, yet the reader starts from it.
    size = np.clip(size, np.where(np.array(papers, dtype=bool), 16, 0), 24)
    boxes, lifts = np.empty((len(order), 2)), np.zeros(len(order))
    boxes[:] = 2 * size[:, None] + MARGIN
    if len(order) <= ROOMY:
        for index, iri in enumerate(order):
            label = str(network.nodes[iri].get("label") or iri)
            lines = wrapped(label)
            room = 1 + IMPORTANT_ROOM * min(size[index] / 16, 1) ** 4
            wide, below = room * CHARACTER * max(map(len, lines), default=0), room * LINE * len(lines)
            boxes[index] = max(2 * size[index], wide) + MARGIN, 2 * size[index] + below + MARGIN
            # The box holds the node and, below it, its label; the node stands above the centre.
            lifts[index] = below / 2
    names = sorted(range(len(order)), key=order.__getitem__)
    place_of = {order[index]: place for place, index in enumerate(names)}
    pairs = np.array([(place_of[a], place_of[b]) for a, b in network.edges()], dtype=np.int64).reshape(-1, 2)
    points = np.empty_like(boxes)
    points[names] = arrange(pairs, boxes[names])
    points[:, 1] -= lifts
    return points, size


def _quotes(edges: list[tuple[int, Iterable[Mapping[str, Any]]]], short: bool) -> tuple[dict[str, Any], int]:
    """The quotes of the edges, each text once; with `short` no more than there is room for, some for each node first."""
    rank, wanted = dict[int, int](), []
    for edge, (target, items) in enumerate(edges):
        for item in items:
            rank[target] = rank.get(target, 0) + 1
            wanted.append((rank[target], edge, item))
    kept: list[list[int]] = [[] for _ in edges]
    left, room = dict[int, int](), QUOTES
    texts, rows = dict[str, int](), dict[tuple[Any, ...], int]()
    for _, edge, item in sorted(wanted, key=lambda each: each[:2]) if short else wanted:
        quote = str(item.get("quote") or "")
        if short:
            quote = quote if len(quote) <= QUOTE else quote[: QUOTE - 1] + "…"
            if quote not in texts:
                room -= len(quote)
            if room < 0:
                left[edge] = left.get(edge, 0) + 1
                continue
        said = {name: str(item.get(name) or "") for name in ("document", "section", "rule")} | {"quote": quote}
        row = tuple(texts.setdefault(said[name], len(texts)) for name in ("document", "section", "quote", "rule"))
        kept[edge].append(rows.setdefault((*row, _sure(item.get("confidence"))), len(rows)))
    columns = ("document", "section", "quote", "rule", "confidence")
    told = {name: [row[index] for row in rows] for index, name in enumerate(columns)}
    first = np.cumsum([0, *map(len, kept)]).tolist()
    found = {
        "texts": list(texts),
        "first": first,
        "list": [each for edge in kept for each in edge],
        "left": left,
    } | told
    return found, sum(left.values())


def _sure(confidence: Any) -> float | None:
    sure = float(confidence) if confidence is not None else math.nan
    return sure if math.isfinite(sure) else None


def _squeezed(data: object) -> str:
    """JSON, compressed, in Base64. What is no character (half of a pair) becomes a question mark."""
    plain = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8", "replace")
    return b64encode(gzip.compress(plain, 6, mtime=0)).decode("ascii")
