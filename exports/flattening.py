"""The network paper by paper as plain nodes and edges, in order and each once, in memory that does not grow with the graph.

What papers say of one node or edge is put side by side by sorting on disk, then made one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import networkx

from exports.sorting import in_order
from graph.network import quotes

_MOST = 16_000_000
"""Bytes of lines that are sorted in memory."""
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Node:
    """A node with plain values: text that XML can hold, "" where there is none."""

    name: str
    kind: str
    label: str
    address: str
    date: str
    weight: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge with plain values: its property, label, number of mentions and the first quote."""

    source: str
    target: str
    property: str
    label: str
    label_en: str
    mentions: int
    quote: str


_NO_VALUES = {"address": "", "date": ""}
"""Attributes that a node lacks where there is no value."""


def flat(parts: Iterable[networkx.MultiDiGraph[str]], changed: set[str] | None = None) -> Iterator[Node | Edge]:
    """All nodes in the order of their names, then all edges in that of their ends.

    Characters that XML cannot hold stand as U+FFFD; the values that had some are put into `changed`.
    """
    changed = set() if changed is None else changed
    lines = (line for number, part in enumerate(parts) for line in _lines(number, part, changed))
    # the key is what stands before the last two tabs: the number of the part and its values
    split = (line.decode("utf-8").rsplit("\t", 2) for line in in_order(lines, _MOST))
    for key, found in groupby(split, key=lambda fields: fields[0]):
        sort, *names = key.split("\t")
        said = [json.loads(values) for _, _, values in found]
        yield _node(names[0], said) if sort == "0" else _edge(names[0], names[1], names[2], said)


def _lines(number: int, part: networkx.MultiDiGraph[str], changed: set[str]) -> Iterator[bytes]:
    for name, about in part.nodes(data=True):
        yield _line(number, "0", name, values=_NO_VALUES | about, changed=changed)
    for source, target, key, about in part.edges(keys=True, data=True):
        evidence = quotes(about)
        values = {
            "label": about["label_nl"], "label_en": about["label_en"], "mentions": len(evidence),
            "quote": evidence[0]["quote"] if evidence else "",
        }  # fmt: skip
        yield _line(number, "1", source, target, key, values=values, changed=changed)


def _line(number: int, *key: str, values: dict[str, Any], changed: set[str]) -> bytes:
    plain = {name: _text(value, changed) for name, value in values.items()}
    names = (_text(name, changed) for name in key)
    return "\t".join((*names, f"{number:09}", json.dumps(plain) + "\n")).encode("utf-8")


def _node(name: str, said: list[dict[str, Any]]) -> Node:
    """The first paper that names a node says what it is, but that it is a paper that was read stands before all else."""
    first = said[0]
    read = next((each for each in reversed(said) if each["kind"] == "paper"), first)
    papers, mentions = (sum(each.get(count, 0) for each in said) for count in ("weight", "mentions"))
    return Node(name, read["kind"], read["label"], first["address"], read["date"], papers, mentions)


def _edge(source: str, target: str, key: str, said: list[dict[str, Any]]) -> Edge:
    quote = next((each["quote"] for each in said if each["mentions"]), "")
    mentions = sum(each["mentions"] for each in said)
    return Edge(source, target, key, said[0]["label"], said[0]["label_en"], mentions, quote)


def _text(value: Any, changed: set[str]) -> Any:
    """A value without the characters that XML cannot hold; one that had some is noted."""
    if value is None:
        return ""
    if not isinstance(value, str) or not NOT_XML.search(value):
        return value
    changed.add(value)
    return NOT_XML.sub("\ufffd", value)
