"""The picture of a network as one interactive page that needs nothing but itself.

pyvis supplies the network and the drawing script that it carries; the page around it is ours, since every
mode of its own loads files from elsewhere and lets text from documents run as script. Here that text is data
only: JSON without `<`, `>` and `&` in the page, and text nodes in the browser. The Content-Security-Policy
names the two scripts and the style by their hashes and allows nothing else.
"""

from __future__ import annotations

import math
import textwrap
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
import networkx as nx
from markupsafe import Markup
from pyvis.network import Network

from exports.layout import place

LIMIT = 2000  # nodes; above it the drawing script no longer follows the hand
LANGUAGES = ("nl", "en")
TEMPLATES = Path(__file__).parent / "templates"
LABEL_WIDTH, LABEL_LINES, LABEL_LONGEST = 22, 3, 200  # characters, lines, characters considered
CHARACTER, LINE, MARGIN = 7.0, 15.0, 16.0  # estimated size of the text beside a node, pixels
IMPORTANT_ROOM = 0.5  # more for the label of a large node, which stands amid many others
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "multiselect": False, "selectConnectedEdges": False},
    "nodes": {"chosen": False},
    "edges": {"chosen": False, "smooth": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}}},
}


@dataclass(frozen=True)
class Look:
    """A shape of vis-network, a family of colours in page.css, and the name of a kind."""

    shape: str
    family: str
    nl: str
    en: str


LOOKS: Mapping[str, Look] = {
    "paper": Look("dot", "papers", "Gelezen stuk", "Paper read"),
    "kamerstuk": Look("square", "papers", "Kamerstuk", "Kamerstuk"),
    "dossier": Look("hexagon", "papers", "Dossier", "Dossier"),
    "zaak": Look("diamond", "papers", "Zaak", "Case (zaak)"),
    "document": Look("triangle", "papers", "Document", "Document"),
    "aanhangsel": Look("triangleDown", "papers", "Aanhangsel", "Answer paper (Aanhangsel)"),
    "handelingen": Look("star", "papers", "Handelingen", "Proceedings"),
    "toezegging": Look("square", "parts", "Toezegging", "Promise"),
    "letter": Look("diamond", "parts", "Brief", "Letter"),
    "motion": Look("star", "parts", "Motie", "Motion"),
    "question": Look("triangleDown", "parts", "Vraag", "Question"),
    "answer": Look("triangle", "parts", "Antwoord", "Answer"),
    "note": Look("dot", "parts", "Noot", "Note"),
    "bijlage": Look("square", "parts", "Bijlage", "Annex"),
    "treaty": Look("hexagon", "law", "Verdrag", "Treaty"),
    "law": Look("square", "law", "Wet", "Law"),
    "eu-act": Look("diamond", "law", "EU-besluit", "EU act"),
    "ecli": Look("triangle", "law", "Uitspraak", "Judgment"),
    "staatsblad": Look("dot", "law", "Staatsblad", "Staatsblad"),
    "tractatenblad": Look("triangleDown", "law", "Tractatenblad", "Tractatenblad"),
    "staatscourant": Look("star", "law", "Staatscourant", "Staatscourant"),
    "publicatieblad": Look("hexagon", "law", "Publicatieblad", "Official Journal"),
    "un-resolution": Look("square", "law", "VN-resolutie", "UN resolution"),
    "topic": Look("star", "law", "Onderwerp", "Topic"),
    "person": Look("dot", "people", "Persoon", "Person"),
    "office": Look("square", "people", "Ambt", "Office"),
    "committee": Look("hexagon", "people", "Commissie", "Committee"),
    "url": Look("dot", "outside", "Webadres", "Web address"),
    "work": Look("square", "outside", "Publicatie", "Publication"),
}
SHAPES = ("dot", "square", "diamond", "triangle", "triangleDown", "hexagon", "star")  # of other kinds


@dataclass(frozen=True)
class PageReport:
    """What a page holds: nodes, edges, and its size in bytes."""

    nodes: int
    edges: int
    bytes: int


class TooManyNodesError(ValueError):
    """The network is too large to draw as a whole; `nodes` and `limit` say by how much."""

    def __init__(self, nodes: int, limit: int = LIMIT) -> None:
        """Say what to do instead."""
        super().__init__(
            f"A picture of {nodes} nodes cannot be used; the limit is {limit}. "
            "Draw the surroundings of one node (--around ID --depth 1) "
            "or fewer kinds (--kinds treaty,kamerstuk)."
        )
        self.nodes, self.limit = nodes, limit


def write(network: nx.MultiDiGraph[str], path: Path, *, title: str, language: str = "nl") -> PageReport:
    """Write the page of `network` to `path` and nothing else.

    Nodes are IRIs with `kind`, `label`, `address` and `weight`; the key of an edge is the local name of its
    predicate, its attributes are `label_nl`, `label_en` and `evidence` (mappings with document, section,
    quote, rule and confidence). The same network gives the same bytes.

    Raises TooManyNodesError above LIMIT nodes, ValueError for an unknown language, and OSError where the file
    cannot be written.
    """
    nodes, edges = _nodes(network), _edges(network)
    page = _render(nodes, edges, title, language).encode("utf-8", "replace")
    path.write_bytes(page)
    return PageReport(len(nodes), len(edges), len(page))


def render(network: nx.MultiDiGraph[str], *, title: str, language: str = "nl") -> str:
    """Give the same page as text, for the `srcdoc` of a frame."""
    return _render(_nodes(network), _edges(network), title, language)


def _nodes(network: nx.MultiDiGraph[str]) -> list[dict[str, Any]]:
    if len(network) > LIMIT:
        raise TooManyNodesError(len(network))
    nodes: list[dict[str, Any]] = []
    boxes, lifts = {}, []
    looks = _looks(str(kind) for _, kind in network.nodes(data="kind", default="unknown"))
    for number, iri in enumerate(sorted(network)):
        about = network.nodes[iri]
        label = str(about.get("label") or iri)
        weight = int(about.get("weight") or 0)
        kind, address = str(about.get("kind", "unknown")), about.get("address")
        lines = textwrap.wrap(label[:LABEL_LONGEST], LABEL_WIDTH, max_lines=LABEL_LINES, placeholder=" …")
        # What was read points to others and is seldom pointed to, yet the reader starts from it.
        least = 16 if kind == "paper" else 0
        size = min(max(7 + 3 * math.sqrt(max(weight, 0)), least), 24)
        room = 1 + IMPORTANT_ROOM * min(size / 16, 1) ** 4
        wide, below = room * CHARACTER * max(map(len, lines), default=0), room * LINE * len(lines)
        boxes[iri] = max(2 * size, wide) + MARGIN, 2 * size + below + MARGIN
        nodes.append(
            {
                "id": number,
                "iri": str(iri),
                "label": label,
                "lines": lines,
                "kind": kind,
                "weight": weight,
                "address": None if address is None else str(address),
                "shape": looks[kind].shape,
                "size": round(size, 1),
            }
        )
        # The box holds the node and, below it, its label; the node stands above the centre.
        lifts.append(below / 2)
    centres = place(network, boxes)
    for node, iri, lift in zip(nodes, sorted(network, key=str), lifts, strict=True):
        x, y = centres[iri]
        node |= {"x": round(x), "y": round(y - lift)}
    return nodes


def _edges(network: nx.MultiDiGraph[str]) -> list[dict[str, Any]]:
    number = {iri: index for index, iri in enumerate(sorted(network, key=str))}
    edges = [
        {
            "from": number[source],
            "to": number[target],
            "key": str(key),
            "nl": str(about.get("label_nl") or key),
            "en": str(about.get("label_en") or key),
            "evidence": [_evidence(item) for item in about.get("evidence", ())],
        }
        for source, target, key, about in network.edges(keys=True, data=True)
    ]
    return sorted(edges, key=lambda edge: (edge["from"], edge["to"], edge["key"]))


def _evidence(item: Mapping[str, Any]) -> dict[str, Any]:
    texts = {key: str(item.get(key) or "") for key in ("document", "section", "quote", "rule")}
    confidence = item.get("confidence")
    sure = float(confidence) if confidence is not None else math.nan
    return texts | {"confidence": sure if math.isfinite(sure) else None}


def _looks(kinds: Iterable[str]) -> dict[str, Look]:
    """Give the kinds that occur, in the order of LOOKS, and after them those that it does not name."""
    present = set(kinds)
    looks = {kind: look for kind, look in LOOKS.items() if kind in present}
    for index, kind in enumerate(sorted(present - looks.keys())):
        looks[kind] = Look(SHAPES[index % len(SHAPES)], "other", kind, kind)
    return looks


def _render(nodes: list[dict[str, Any]], edges: list[dict[str, Any]], title: str, language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"The page speaks {' and '.join(LANGUAGES)}, not {language!r}.")
    style, script, drawing = _ours("page.css"), _ours("page.js"), _drawing()
    picture = Network(directed=True, heading=title)  # undirected, pyvis would drop parallel edges
    picture.set_template_dir(str(TEMPLATES), "page.html.j2")
    picture.templateEnv = jinja2.Environment(
        loader=picture.templateEnv.loader, autoescape=True, undefined=jinja2.StrictUndefined
    )
    picture.templateEnv.policies["json.dumps_kwargs"] = {"allow_nan": False, "separators": (",", ":")}
    looks = _looks(node["kind"] for node in nodes)
    picture.templateEnv.globals |= {
        "language": language,
        "kinds": [{"kind": kind} | asdict(look) for kind, look in looks.items()],
        "style": Markup(style),
        "scripts": [Markup(drawing), Markup(script)],
        "policy": f"default-src 'none'; script-src {_hash(drawing)} {_hash(script)}; "
        f"style-src {_hash(style)}; base-uri 'none'; form-action 'none'",
    }
    # add_node and add_edge search a list at each call, and make HTML of titles.
    picture.nodes, picture.edges, picture.options = nodes, edges, OPTIONS
    return str(picture.generate_html())


def _ours(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _drawing() -> str:
    """Read the newest vis-network in pyvis, without the line that sends browsers to its source map."""
    bundles = sorted(Path(str(files("pyvis") / "lib")).glob("vis-*/vis-network.min.js"))
    script = bundles[-1].read_text(encoding="utf-8")
    return script.partition("\n//# sourceMappingURL=")[0] + "\n"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
