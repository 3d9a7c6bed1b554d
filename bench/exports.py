"""How fast exports are beside the engine's own dump of the same graph, and how much memory they take."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pyoxigraph

from bench.graphs import generated
from bench.rows import Row, seconds, size
from exports import gexf, graphml, rdf
from exports import rows as tabular
from graph import Graph
from graph.network import parts
from ontology.terms import PREFIXES

_DUMPS = (0, 1, 4)
"""The exports of a full graph before which the dump is measured anew."""
_MEMORY = 1000
"""Megabytes that this process may take in all, whatever the size of the graph."""


def rows() -> Iterator[Row]:
    """The time of each export as a multiple of that of the dump, both on the processor, and the peak of memory.

    TriG is put beside the dump as TriG, all others beside that as N-Quads, since Turtle and tables cannot hold named graphs.
    """
    with Graph.open(generated(size().quads)) as graph, Path(os.devnull).open("wb") as nowhere:
        store, number = graph.store, f"{len(graph.store.quads):,} quads"
        repeats = 1 if size().name == "full" else size().repeats
        made: dict[str, tuple[float, Callable[[BinaryIO], object]]] = {
            "trig": (1, lambda out: rdf.write(store, "trig", out)),
            "nquads": (1, lambda out: rdf.write(store, "nquads", out)),
            "turtle": (2, lambda out: rdf.write(store, "turtle", out)),
            "graphml": (2, lambda out: graphml.write(parts(store), out)),
            "gexf": (2, lambda out: gexf.write(parts(store), out)),
            "csv": (2, lambda out: tabular.write_csv(store, tabular.MENTIONS, out)),
            "parquet": (2, lambda out: tabular.write_parquet(store, tabular.MENTIONS, out)),
        }
        for place, (name, (most, write)) in enumerate(made.items()):
            form = pyoxigraph.RdfFormat.TRIG if name == "trig" else pyoxigraph.RdfFormat.N_QUADS
            if place in _DUMPS or size().name != "full":
                # beside each other, since the machine does not stay as fast as it was; on a full graph one dump for three exports
                dump = seconds(lambda form=form: store.quads.dump(nowhere, form, prefixes=PREFIXES), repeats)
            taken = seconds(lambda write=write: write(nowhere), repeats)
            against = f"dump {dump:.1f} s, export {taken:.1f} s, {number}"
            yield Row(
                f"export {name}", f"at most {most} times the dump", taken / dump, "times", against, taken <= most * dump
            )
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield Row("memory of exports", f"at most {_MEMORY} MB", peak, "MB", number, peak <= _MEMORY)
