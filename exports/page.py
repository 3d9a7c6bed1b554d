"""The picture of a network as one interactive page that needs nothing but itself.

Up to DRAWN_BY_VIS nodes pyvis supplies the network and the drawing script that it carries; above that a drawing of our own on a
plain canvas does (page/canvas.js), since vis-network then no longer follows the hand: at 20,000 nodes it shows one picture a second.
That drawing needs no WebGL, which many offices do not have. Both draw from the same data. The page around them is ours, since
every mode of pyvis itself loads files from elsewhere and lets text from documents run as script. Here that text is data only:
compressed in the page, and text nodes in the browser. The Content-Security-Policy names the scripts and the style by their
hashes and allows nothing else.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import jinja2
import networkx as nx
from markupsafe import Markup

from exports.packing import Packed, pack

DRAWN_BY_VIS = 2000  # nodes
LIMIT = 100_000  # nodes; up to here it was measured that the picture follows the hand
LANGUAGES = ("nl", "en")
TEMPLATES = Path(__file__).parent / "templates" / "page"
SCRIPTS = ("texts", "unpack", "data", "view", "labels", "vis", "canvas", "hand", "panel", "lists", "start")
"""The files of the script, in the order in which they stand in it."""
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "multiselect": False, "selectConnectedEdges": False},
    "nodes": {"chosen": False},
    "edges": {"chosen": False, "smooth": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}}},
}


@dataclass(frozen=True)
class PageReport:
    """What a page holds: nodes, edges, its size in bytes, and how many quotes had no room."""

    nodes: int
    edges: int
    bytes: int
    left: int = 0


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


def write(
    network: nx.MultiDiGraph[str],
    path: Path,
    *,
    title: str,
    language: str = "nl",
    names: Mapping[str, Sequence[str]] | None = None,
) -> PageReport:
    """Write the page of `network` to `path` and nothing else.

    Nodes are IRIs with `kind`, `label`, `address`, `date` (YYYY-MM-DD, or absent) and `weight`; the key of an edge is the local
    name of its predicate, its attributes are `label_nl`, `label_en` and `evidence` (mappings with document, section, quote, rule
    and confidence). `names` are other names of nodes, by which the search of the page finds them. The same network gives the
    same bytes.

    Raises TooManyNodesError above LIMIT nodes, ValueError for an unknown language, and OSError where the file
    cannot be written.
    """
    packed = _packed(network, names or {})
    page = _render(packed, title, language, packed.nodes <= DRAWN_BY_VIS).encode("utf-8", "replace")
    path.write_bytes(page)
    return PageReport(packed.nodes, packed.edges, len(page), packed.left)


def render(
    network: nx.MultiDiGraph[str], *, title: str, language: str = "nl", names: Mapping[str, Sequence[str]] | None = None
) -> str:
    """Give the page as text, for the `srcdoc` of a frame; drawn by our own script, which is a tenth the size of vis-network."""
    return _render(_packed(network, names or {}), title, language, False)


def _packed(network: nx.MultiDiGraph[str], names: Mapping[str, Sequence[str]]) -> Packed:
    if len(network) > LIMIT:
        raise TooManyNodesError(len(network))
    return pack(network, names)


def _render(packed: Packed, title: str, language: str, by_vis: bool) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"The page speaks {' and '.join(LANGUAGES)}, not {language!r}.")
    style, ours = _file("page.css"), _script()
    scripts = [_vis_network(), ours] if by_vis else [ours]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.globals |= {
        "language": language,
        "graph": packed.graph,
        "evidence": packed.evidence,
        "style": Markup(style),
        "scripts": [Markup(script) for script in scripts],
        "policy": f"default-src 'none'; script-src {' '.join(map(_hash, scripts))}; "
        f"style-src {_hash(style)}; base-uri 'none'; form-action 'none'",
    }
    if not by_vis:
        return environment.get_template("page.html.j2").render(heading=title, options="{}")
    from pyvis.network import Network

    picture = Network(directed=True, heading=title)  # undirected, pyvis would drop parallel edges
    picture.set_template_dir(str(TEMPLATES), "page.html.j2")
    picture.templateEnv, picture.options = environment, OPTIONS
    return str(picture.generate_html())


def _file(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _script() -> str:
    """Our script: its files one after the other, in a scope of their own."""
    return '"use strict";\n(async () => {\n' + "\n".join(_file(f"{name}.js") for name in SCRIPTS) + "})();\n"


def _vis_network() -> str:
    """Read the newest vis-network in pyvis, without the line that sends browsers to its source map."""
    bundles = sorted(Path(str(files("pyvis") / "lib")).glob("vis-*/vis-network.min.js"))
    script = bundles[-1].read_text(encoding="utf-8")
    return script.partition("\n//# sourceMappingURL=")[0] + "\n"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
