"""What a notebook shows of a graph, a part of it, a paper or the answer to a query: a page in a frame, a still picture, text.

A frame has the page whole in `srcdoc` and is in a sandbox: its scripts run apart from the notebook, and it reaches nothing. Other
readers of notebooks take the picture (SVG) or the text. `graph.display` finds this module by its entry point.
"""

from __future__ import annotations

from html import escape

import networkx

from exports.messages import counted
from exports.page import render
from exports.still import svg
from graph.display import Bundle
from graph.model import Paper
from graph.network import around, network
from graph.open import Graph
from graph.result import Result
from graph.view import View

NODES = 150  # in a picture of the surroundings
PAPERS = 500  # in a graph that is still shown as a whole or by what it refers to most
PAGE = 1_000_000  # characters of a page in a frame
ROWS = 50  # of a table
_FRAME = (
    '<iframe srcdoc="{page}" title="{title}" sandbox="allow-scripts allow-popups allow-downloads" '
    'style="width: 100%; height: {height}px; border: 1px solid #8888"></iframe>'
)


def bundle(value: object) -> Bundle | None:
    """What can be shown of a value by media type, or None for a value of another kind."""
    if isinstance(value, Graph):
        return _graph(value)
    if isinstance(value, View):
        return _view(value)
    if isinstance(value, Paper):
        return _paper(value)
    if isinstance(value, Result):
        return _result(value)
    return None


def _graph(graph: Graph) -> Bundle:
    papers = sum(1 for _ in graph.store.papers())
    told = f"Graph of {papers} {'paper' if papers == 1 else 'papers'} in {graph.store.folder}"
    if papers > PAPERS:
        return {"text/plain": f'{told}. Too large to show as a whole; look at graph.around("npt", depth=1).'}
    whole = network(graph.store)
    return {**_view(View(whole, "Kamergraaf", names=graph.entities.names(whole))), "text/plain": told}


def _view(view: View) -> Bundle:
    network, cut = view.network, ""
    if len(network) > NODES:
        network = _nearest(network, view.middle)
        cut = f", of which the {len(network)} nearest to {_label(network, _middle(network, view.middle))} are shown"
    told = (
        f"{view.title}: {counted(len(view.network), 'node')} and {counted(view.network.number_of_edges(), 'edge')}{cut}"
    )
    shown: Bundle = {"text/plain": told, "image/svg+xml": svg(network, view.title)}
    title = view.title + (f" ({len(network)} / {len(view.network)})" if cut else "")
    page = render(network, title=title, names=view.names)
    if len(page) <= PAGE:
        shown["text/html"] = _frame(page, view.title, 560)
    return shown


def _middle(network: networkx.MultiDiGraph[str], given: str | None) -> str:
    return given or max(network, key=lambda node: (network.nodes[node].get("weight") or 0, network.degree(node), node))


def _nearest(network: networkx.MultiDiGraph[str], given: str | None) -> networkx.MultiDiGraph[str]:
    """The nodes nearest to the middle, of those as far away the ones that are referred to most."""
    middle = _middle(network, given)
    hops = networkx.single_source_shortest_path_length(network.to_undirected(as_view=True), middle)
    first = sorted(hops, key=lambda node: (hops[node], -(network.nodes[node].get("weight") or 0), node))[:NODES]
    return around(network.subgraph(first).copy(), middle, max(hops.values(), default=0))


def _label(network: networkx.MultiDiGraph[str], node: str) -> str:
    return str(network.nodes[node].get("label") or node)


def _paper(paper: Paper) -> Bundle:
    from exports.annotated import render as render_paper

    found = sum(1 for link in paper.links if link.id)
    told = f"{paper.profile.title}: {counted(len(paper.links), 'reference')}, {found} of them resolved"
    page = render_paper(paper, paper.links)
    return {"text/plain": told} | ({"text/html": _frame(page, paper.profile.title, 560)} if len(page) <= PAGE else {})


def _result(result: Result) -> Bundle:
    rows = [["" if value is None else str(value) for value in row] for row in result.values[:ROWS]]
    more = counted(len(result), "row") + (f", the first {ROWS} shown" if len(result) > ROWS else "")
    cells = "".join(f"<tr>{''.join(f'<td>{_cell(value)}</td>' for value in row)}</tr>" for row in rows)
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in result.columns)
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table><p>{more}</p>"
    plain = "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in [list(result.columns), *rows])
    return {"text/html": table, "text/plain": f"{plain}\n{more}"}


def _cell(text: str) -> str:
    """A cell; only addresses of the web become links."""
    safe = escape(text)
    if not text.startswith(("http://", "https://")):
        return safe
    return f'<a href="{safe}" target="_blank" rel="noopener noreferrer">{safe}</a>'


def _frame(page: str, title: str, height: int) -> str:
    return _FRAME.format(page=escape(page), title=escape(title), height=height)
