"""How long the named queries take on a generated graph: in a process that is there, and from a cold one."""

from __future__ import annotations

import io
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice, product

from bench.graphs import generated
from bench.papers import self_of
from bench.rows import Row, size
from exports.named import NamedQuery, all_queries
from graph import Graph
from graph.answer import Question, answer
from graph.guard import check
from ontology.registers import Registers

MEDIAN, LATE, COLD = 50, 200, 300
"""Milliseconds: the median, the 95th percentile, and all of a process that starts for one query."""
_PUBLISHED = "https://zoek.officielebekendmakingen.nl/"
_CASES = 24
"""Settings of the slots that are tried for each query."""


def rows() -> Iterator[Row]:
    """Median and 95th percentile of each named query over many settings, and the slowest cold process."""
    folder = generated(size().quads)
    with Graph.open(folder) as graph:
        against = f"{len(graph.store.quads):,} quads"
        for query in all_queries():
            taken = []
            for settings in islice(cases(query), _CASES):
                text = query.filled(settings)
                for _ in range(2):
                    start = time.perf_counter()
                    check(text)
                    answer(graph.store.quads, Question(text), io.BytesIO())
                    taken.append(1000 * (time.perf_counter() - start))
            middle, late = statistics.median(taken), sorted(taken)[int(len(taken) * 0.95)]
            yield Row(f"query {query.name}", f"at most {MEDIAN} ms", middle, "ms", against, middle <= MEDIAN)
            yield Row(f"query {query.name}, 95 %", f"at most {LATE} ms", late, "ms", against, late <= LATE)
    cold = {query.name: _cold(query, str(folder)) for query in all_queries()}
    slowest = max(cold, key=lambda name: cold[name])
    yield Row("query from a cold process", f"at most {COLD} ms", statistics.median(cold.values()), "ms",
              f"slowest: {slowest}, {cold[slowest]:.0f} ms", max(cold.values()) <= COLD)  # fmt: skip


def cases(query: NamedQuery) -> Iterator[dict[str, str]]:
    """Settings of the slots of a query, over and over: its defaults, then what the generated papers are full of and what is rare."""
    registers = Registers.load()
    treaties = [entry.iri for entry in registers.entries if entry.kind == "treaty"]
    among = {
        "treaty": treaties,
        "thing": treaties,
        "vergaderjaar": [f"{year}-{year + 1}" for year in range(1995, 2025)],
        "name": [term.person.iri for term in registers.terms],
        "person": [term.person.iri for term in registers.terms],
        "post": [post.iri for post in registers.posts],
        "document": [_PUBLISHED + self_of(number).name for number in range(size().papers // 4)],
    }
    slots = [slot for slot in query.parameters if slot in among]
    while True:
        yield {}
        values = [among[slot][:: max(1, len(among[slot]) // _CASES)] for slot in slots]
        for chosen in product(*values):
            yield dict(zip(slots, chosen, strict=True))


def _cold(query: NamedQuery, store: str) -> float:
    """Milliseconds that a process takes that starts, opens the store, answers and ends: the median of three."""
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-P", "-m", "graph.ask", store, "json"], input=query.filled({}).encode(),
                       stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONUTF8": "1"}, check=True)  # fmt: skip
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)
