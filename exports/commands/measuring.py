"""`measure`: which things are central in a graph, and which communities they form."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from exports.messages import counted
from exports.terminal import DEFAULT_STORE, StoreOption, app, fail, opened, require_papers, show, write_lines

if TYPE_CHECKING:
    from graph.store import Store


class MeasureFormat(StrEnum):
    """How `measure` writes."""

    table = "table"
    csv = "csv"


@app.command(epilog="Example: kamergraaf measure --format csv > measures.csv")
def measure(
    store: StoreOption = DEFAULT_STORE,
    form: Annotated[
        MeasureFormat, typer.Option("--format", help="table: the most central things; csv: all of them.")
    ] = MeasureFormat.table,
    top: Annotated[int, typer.Option("--top", min=1, help="How many things the table has.")] = 20,
) -> None:
    """Measure the network: how many papers refer to each thing, its PageRank, its part and its community."""
    from exports import tables
    from graph.counts import Referred, referred
    from graph.measures import NoMeasures, communities, components, pagerank
    from graph.network import bare

    with opened(store) as graph:
        require_papers(graph, store)
        network = bare(graph.store)
        try:
            shares, groups, parts = pagerank(network), communities(network), components(network)
        except NoMeasures as error:
            fail(str(error))
        community = {node: number for number, group in enumerate(groups, 1) for node in group}
        part = {node: number for number, group in enumerate(parts, 1) for node in group}
        ranked = sorted(network, key=lambda node: (-shares[node], node))
        shown = ranked if form is MeasureFormat.csv else ranked[:top]
        references, none = referred(graph.store), Referred(0, 0)
        rows = [
            (node, _label(graph.store, node), references.get(node, none).papers, references.get(node, none).mentions,
             f"{shares[node]:.6f}", part[node], community[node], network.in_degree(node), network.out_degree(node))
            for node in shown
        ]  # fmt: skip
    columns = (
        "address", "label", "papers that refer to it", "mentions", "pagerank", "part", "community", "edges in", "edges out"
    )  # fmt: skip
    if form is MeasureFormat.csv:
        write_lines([tables.as_csv([columns, *rows]).rstrip("\n")])
        return
    sizes = (
        counted(len(network), "thing"),
        counted(len(parts), "part"),
        counted(len(groups), "community", "communities"),
    )
    show(tables.of_rows(", ".join(sizes), columns[1:7], [row[1:7] for row in rows]))


def _label(store: Store, node: str) -> str:
    """What a thing is called in the first graph that says so."""
    import pyoxigraph

    from graph.store import value
    from ontology.terms import PREFIXES

    this, label = pyoxigraph.NamedNode(node), pyoxigraph.NamedNode(f"{PREFIXES['rdfs']}label")
    return next((value(quad.object) for quad in store.quads.quads_for_pattern(this, label, None)), "")
