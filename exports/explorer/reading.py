"""What many papers become in the index, read on two cores: most of the work is with the engine, which looks up each term by itself."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

import pyoxigraph

from exports.explorer.entries import Entries, of_paper
from exports.explorer.statements import statements
from graph.named_graphs import TEXTS
from graph.store import Store, value
from ontology.terms import PREFIXES

_FEW = 2_000
"""So many papers are read sooner than a second process has started."""
_MOST = 2
"""Processes: each takes 250 MB at five million quads, and all of it has to stay below a gigabyte."""
_PIECE, _AHEAD = 25, 4
"""Papers that a process reads at a time, and pieces that each may be ahead of the writing, so that they fill no memory."""
_node = pyoxigraph.NamedNode
_TEXT, _TEXTS = _node(f"{PREFIXES['schema']}text"), _node(TEXTS)


def read(store: Store, papers: Sequence[str], ministries: Mapping[str, str]) -> Iterator[Entries]:
    """The entries of papers of a store, in their order; `ministries` are posts to ministries."""
    number = min(os.cpu_count() or 1, _MOST)
    if number == 1 or len(papers) <= _FEW:
        yield from (_entries(store.quads, paper, ministries) for paper in papers)
        return
    # a fresh process each: the engine has threads, which do not survive a fork
    with ProcessPoolExecutor(number, get_context("spawn"), _open, (str(store.place), ministries)) as pool:
        waiting = deque[Future[list[Entries]]]()
        for start in range(0, len(papers), _PIECE):
            waiting.append(pool.submit(_read_there, papers[start : start + _PIECE]))
            if len(waiting) >= number * _AHEAD:
                yield from waiting.popleft().result()
        for future in waiting:
            yield from future.result()


_there: tuple[pyoxigraph.Store, Mapping[str, str]]
"""In a process of its own: the store, and the ministries."""


def _open(folder: str, ministries: Mapping[str, str]) -> None:
    global _there
    _there = pyoxigraph.Store.read_only(folder), ministries


def _read_there(papers: Sequence[str]) -> list[Entries]:
    quads, ministries = _there
    return [_entries(quads, paper, ministries) for paper in papers]


def _entries(quads: pyoxigraph.Store, paper: str, ministries: Mapping[str, str]) -> Entries:
    texts = quads.quads_for_pattern(_node(paper), _TEXT, None, _TEXTS)
    text = next((value(quad.object) for quad in texts), "")
    return of_paper(paper, statements(quads, paper), text, ministries)
