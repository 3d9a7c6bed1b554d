"""A small network of hostile values, the page of it in a browser, and what a page holds."""

import gzip
import json
import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import networkx as nx

SCRIPT = "</script><script>window.harm=1</script>"
IMAGE = '<img src=x onerror="window.harm=2">\'"&\u2028\u2029href'
EVIL = "https://example.org/evil#" + SCRIPT + IMAGE
TREATY, PERSON, PAPER = (
    "https://example.org/npt",
    "https://example.org/yesilgoz",
    "https://example.org/ah-2406",
)


def sample(*, turned: bool = False) -> nx.MultiDiGraph:
    """Ordinary nodes among others whose every value tries to become markup or script."""

    def node(iri: str, kind: str, label: str, address: str | None, weight: int) -> tuple[str, dict[str, Any]]:
        return iri, {"kind": kind, "label": label, "address": address, "weight": weight}

    def edge(
        source: str, target: str, key: str, dutch: str, english: str, *evidence: dict[str, Any]
    ) -> tuple[str, str, str, dict[str, Any]]:
        return source, target, key, {"label_nl": dutch, "label_en": english, "evidence": evidence}

    nodes = [
        node(PAPER, "paper", "Aanhangsel 2406", PAPER, 0),
        node(TREATY, "treaty", "Non-proliferatieverdrag", TREATY, 3),
        node(PERSON, "person", "Dilan Yeşilgöz-Zegerius", None, 1),
        node(EVIL, SCRIPT + IMAGE, SCRIPT + IMAGE, "javascript:window.harm=3", 1),
        node("__proto__", "__proto__", "</title></style>{{ 7*7 }}", "java\nscript:alert(1)", 1),
        node("urn:lone", "constructor", "lone \ud800 surrogate \x00", "data:text/html,x", 0),
    ]
    quote: dict[str, Any] = {"document": PAPER, "section": "antwoord 5", "rule": "treaty", "confidence": 0.9}
    quote["quote"] = "volledig in lijn met het NPV"
    evil: dict[str, Any] = dict.fromkeys(("document", "section", "quote", "rule"), SCRIPT + IMAGE)
    evil["confidence"] = float("nan")
    edges = [
        edge(PAPER, TREATY, "cites", "verwijst naar", "refers to", quote),
        edge(PAPER, TREATY, "mentions", "noemt", "mentions"),
        edge(PAPER, PERSON, "signedBy", "ondertekend door", "signed by", quote),
        edge(TREATY, EVIL, SCRIPT, SCRIPT + IMAGE, SCRIPT + IMAGE, evil),
        edge(EVIL, "__proto__", "cites", "__proto__", "constructor", evil),
    ]
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(reversed(nodes) if turned else nodes)
    graph.add_edges_from(reversed(edges) if turned else edges)
    graph.nodes[PAPER]["date"], graph.nodes[EVIL]["date"] = "2023-03-17", "2026-06-29"
    return graph


class Opened:
    """A page in the browser, with everything that it should not have done."""

    def __init__(self, tab: Any, path: Path) -> None:
        self.tab, self.path = tab, path
        self.faults: list[str] = []
        self.requests: list[str] = []
        tab.on("dialog", self.dialog)
        tab.on("console", self.message)
        tab.on("pageerror", self.error)
        tab.on("request", self.request)
        tab.add_init_script(
            "window.refused = [];"
            "addEventListener('securitypolicyviolation', e => window.refused.push(e.violatedDirective));"
        )
        tab.goto(path.as_uri())
        tab.wait_for_selector("body[data-ready]")

    def dialog(self, dialog: Any) -> None:
        self.faults.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def message(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(message.text)

    def error(self, error: Any) -> None:
        self.faults.append(str(error))

    def request(self, request: Any) -> None:
        self.requests.append(request.url)

    def click_node(self, iri: str) -> None:
        place = self.tab.evaluate("iri => kamergraaf.where(iri)", iri)
        self.tab.mouse.click(place["x"], place["y"])
        self.tab.wait_for_selector("#card:not([hidden])")

    def check(self) -> None:
        self.tab.wait_for_timeout(50)
        assert self.faults == []
        assert self.requests == [self.path.as_uri()]
        assert self.tab.evaluate("[window.harm ?? null, window.refused]") == [None, []]


def held(text: str, name: str) -> Any:
    """What a page holds in one of its blocks; the block itself can have no character of markup."""
    block = re.search(rf'<script type="text/plain" id="data-{name}">([A-Za-z0-9+/=]+)</script>', text)
    assert block is not None
    return json.loads(gzip.decompress(b64decode(block[1])))


def chain(count: int) -> nx.MultiDiGraph:
    """Papers in a tree, each with a quote."""
    graph = nx.MultiDiGraph()
    for number in range(count):
        graph.add_node(
            f"urn:{number:05}", kind="kamerstuk", label=f"Kamerstuk {number}", address=None, weight=count - number
        )
        if number:
            quote = {
                "document": f"Kamerstuk {number}",
                "section": "",
                "quote": f"zie stuk {number} " * 40,
                "rule": "r",
                "confidence": 1,
            }
            graph.add_edge(
                f"urn:{number:05}", f"urn:{number // 9:05}", key="cites", label_nl="verwijst naar", evidence=[quote] * 2
            )
    return graph


def luminance(colour: str) -> float:
    """Relative luminance (WCAG) of `#rgb` or `#rrggbb`."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
