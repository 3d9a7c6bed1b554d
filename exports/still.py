"""A network as a still picture in SVG, for where no script runs: the same places and shapes as in the page, in light colours."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import jinja2
import networkx as nx

from exports.layout import ROOMY
from exports.looks import looks_of
from exports.packing import placed, ranked, wrapped

TEMPLATES = Path(__file__).parent / "templates"
WIDEST = 1000  # pixels; larger pictures are shown smaller
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COLOUR = re.compile(r"--(\w+): (#[0-9a-f]{3,6})")
_PATH = re.compile(r'\b(\w{1,40}): "(M[^"]+)"')


def svg(network: nx.MultiDiGraph[str], title: str) -> str:
    """The picture of a network; every value is text in it. Raises ValueError above ROOMY nodes, where no label has room."""
    if len(network) > ROOMY:
        raise ValueError(f"A still picture shows at most {ROOMY} nodes, not {len(network)}.")
    order = ranked(network)
    points, sizes = placed(network, order)
    looks = looks_of(str(network.nodes[iri].get("kind", "unknown")) for iri in order)
    nodes = []
    for iri, (x, y), size in zip(order, points.round().tolist(), sizes.round(1).tolist(), strict=True):
        about = network.nodes[iri]
        label = _NOT_XML.sub("\ufffd", str(about.get("label") or iri))
        look = looks[str(about.get("kind", "unknown"))]
        nodes.append(
            {
                "x": x,
                "y": y,
                "size": size,
                "label": label,
                "lines": wrapped(label),
                "bold": about.get("kind") == "paper",
            }
            | {"shape": look.shape, "family": look.family}
        )
    place = {iri: (node["x"], node["y"]) for iri, node in zip(order, nodes, strict=True)}
    lines = sorted({(*place[source], *place[target]) for source, target in network.edges() if source != target})
    left, right = (
        min((node["x"] for node in nodes), default=0) - 100,
        max((node["x"] for node in nodes), default=0) + 100,
    )
    top, bottom = min((node["y"] for node in nodes), default=0) - 40, max((node["y"] for node in nodes), default=0) + 80
    wide = min(right - left, WIDEST)
    return _template().render(
        box=f"{left} {top} {right - left} {bottom - top}",
        left=left,
        top=top,
        width=round(wide),
        height=round(wide * (bottom - top) / (right - left)),
        title=_NOT_XML.sub("\ufffd", title),
        lines=lines,
        nodes=nodes,
        shapes=shapes(),
        colours=_colours(),
    )


@cache
def shapes() -> dict[str, str]:
    """The outline of each shape of `exports.looks`, in a square of 16 units."""
    return dict(_PATH.findall((TEMPLATES / "page" / "data.js").read_text("utf-8")))


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    return environment.get_template("still.svg.j2")


def _colours() -> dict[str, str]:
    """The colours of the page in light, which stand first in its style."""
    style = (TEMPLATES / "page" / "page.css").read_text("utf-8")
    return dict(_COLOUR.findall(style.partition("}")[0]))
