"""What is seen of the graph as a network, and where each thing stands in the picture."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import networkx

from exports import packing
from exports.explorer import evidence
from exports.explorer.addresses import short
from exports.explorer.evidence import Named
from exports.explorer.index import Index
from exports.explorer.ties import Key, Tie
from exports.explorer.words import Say
from exports.still import shapes

_LINES = 14  # pixels between the lines of a label


@dataclass(frozen=True, slots=True)
class Dot:
    """A thing in the picture: its number, kind, outline, place, size, and the lines of its label."""

    number: int
    iri: str
    label: str
    kind: str
    outline: str
    x: int
    y: int
    size: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A tie in the picture, from one place to another."""

    key: Key
    x: int
    y: int
    to_x: int
    to_y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: dots, lines, the box around them ("left top width height"), and all of it as the script reads it."""

    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    box: str
    data: str


def network(
    index: Index,
    things: Mapping[str, Named],
    ties: Iterable[Tie],
    said: Mapping[Key, tuple[Mapping[str, Any], ...]] | None = None,
) -> networkx.MultiDiGraph[str]:
    """Things and ties as the writers and drawings of networks take them; `said` is the evidence of ties."""
    rows = index.things(things)
    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for iri, thing in things.items():
        row = rows.get(iri)
        day, papers, mentions = (row["day"], row["papers"], row["mentions"]) if row else (None, 0, 0)
        made.add_node(
            iri, kind=thing.kind, label=thing.label, address=thing.official, date=day, weight=papers, mentions=mentions
        )
    dutch, english = Say("nl"), Say("en")
    for tie in ties:
        made.add_edge(
            tie.source, tie.target, tie.relation, evidence=(said or {}).get(tie.key, ()),
            label_nl=evidence.property_in_words(tie.relation, dutch), label_en=evidence.property_in_words(tie.relation, english),
        )  # fmt: skip
    return made


def draw(made: networkx.MultiDiGraph[str], both_ways: bool = False) -> Drawing:
    """The picture of a network, without arrows where edges lead both ways; one that was drawn lately is at hand."""
    nodes = tuple((iri, *(about[name] for name in _ABOUT)) for iri, about in made.nodes(data=True))
    edges = tuple((*ends, about["label_nl"], about["label_en"]) for *ends, about in made.edges(keys=True, data=True))
    return _drawn(nodes, edges, both_ways)


_ABOUT = ("kind", "label", "date", "weight", "mentions")


@lru_cache(maxsize=64)
def _drawn(nodes: tuple[tuple[Any, ...], ...], edges: tuple[tuple[str, ...], ...], both_ways: bool) -> Drawing:
    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    made.add_nodes_from((iri, dict(zip(_ABOUT, about, strict=True))) for iri, *about in nodes)
    for one, other, key, dutch, english in edges:
        made.add_edge(one, other, key, label_nl=dutch, label_en=english)
    order = packing.ranked(made)
    sorted_edges = packing.ordered(made, order)
    told = packing.columns(made, order, sorted_edges)
    outlines, columns, kinds = shapes(), told["nodes"], told["kinds"]
    dots = tuple(
        Dot(number, iri, label, kinds[kind]["kind"], outlines[kinds[kind]["shape"]], x, y, size, tuple(packing.wrapped(label)))
        for number, (iri, label, kind, x, y, size) in enumerate(
            zip(*(columns[name] for name in ("iri", "label", "kind", "x", "y", "size")), strict=True)
        )
    )  # fmt: skip
    lines = tuple(
        Line((order[one], key, order[other]), dots[one].x, dots[one].y, dots[other].x, dots[other].y)
        for one, other, key, _ in sorted_edges
    )
    told["nodes"] |= {"short": [short(iri) for iri in order]}
    told["edges"] |= {"key": [key for *_, key, _ in sorted_edges]}
    told["bothWays"] = both_ways
    return Drawing(dots, lines, _box(dots), json.dumps(told, ensure_ascii=False, separators=(",", ":")))


def _box(dots: Sequence[Dot]) -> str:
    if not dots:
        return "0 0 100 100"
    wide = [max((len(line) for line in dot.lines), default=0) * 4 for dot in dots]
    left = min(dot.x - max(room, 30) for dot, room in zip(dots, wide, strict=True))
    right = max(dot.x + max(room, 30) for dot, room in zip(dots, wide, strict=True))
    top = min(dot.y - dot.size for dot in dots) - 10
    bottom = max(dot.y + dot.size + _LINES * len(dot.lines) for dot in dots) + 14
    return f"{left} {round(top)} {right - left} {round(bottom - top)}"
