"""What a notebook shows: by the formatter of IPython itself, and in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from pictured import EVIL, IMAGE, SCRIPT, chain, sample

from exports import notebook
from exports.still import svg
from graph import Graph, display, paper
from graph.result import Result
from graph.view import View

formatters = pytest.importorskip("IPython.core.formatters", reason="IPython is not installed")


def shown(value: object) -> dict[str, str]:
    """What IPython would put into a notebook."""
    data, _ = formatters.DisplayFormatter().format(value)
    return dict(data)


def test_values_show_themselves(samples: Graph) -> None:
    for value in (samples, samples.around("npt")):
        assert set(shown(value)) == {"text/plain", "text/html", "image/svg+xml"}
    assert shown(samples)["text/plain"].startswith("Graph of 3 papers in ")
    assert shown(samples.around("npt"))["text/plain"] == "Non-proliferatieverdrag: 3 nodes and 2 edges"
    found = shown(paper("Zie Kamerstuk 33279-40 en Kamerstuk x."))
    assert set(found) == {"text/plain", "text/html"}
    assert "1 reference, 1 of them resolved" in found["text/plain"]


def test_without_whoever_shows_there_is_text() -> None:
    value = Result(("a",), (("x",),))
    assert display.bundle(value, {}) == {"text/plain": repr(value)}
    assert display.bundle(value, {"other": lambda _: None, "one": notebook.bundle})["text/plain"] == "a\nx\n1 row"


def test_a_large_view_shows_what_is_nearest() -> None:
    whole = chain(800)
    found = shown(View(whole, "Stuk 5", "urn:00005"))
    assert found["text/plain"] == "Stuk 5: 800 nodes and 799 edges, of which the 150 nearest to Kamerstuk 5 are shown"
    assert "image/svg+xml" in found
    nearest = notebook._nearest(whole, "urn:00005")
    assert len(nearest) == 150
    assert nx.is_weakly_connected(nearest)
    assert {"urn:00000", *(f"urn:{number:05}" for number in range(45, 54))} <= set(nearest)


def test_a_table_has_only_safe_links() -> None:
    table = shown(Result(("<b>", "link"), ((SCRIPT + IMAGE, EVIL), ("javascript:alert(1)", None))))["text/html"]
    assert "<script" not in table
    assert "<img" not in table
    assert table.count("<a ") == 1
    assert "&lt;b&gt;" in table
    long = shown(Result(("n",), tuple((number,) for number in range(60))))
    assert "60 rows, the first 50 shown" in long["text/plain"]


def test_a_still_picture_is_strict_and_holds_every_label(samples: Graph) -> None:
    network = samples.network()
    picture = ElementTree.fromstring(svg(network, "Kamer"))
    space = "{http://www.w3.org/2000/svg}"
    assert {title.text for title in picture.iterfind(f"{space}path/{space}title")} == {
        label for _, label in network.nodes(data="label")
    }
    assert all(path.get("fill", "").startswith("#") for path in picture.iter(f"{space}path"))
    assert svg(network, "Kamer") == svg(samples.network(), "Kamer")


def test_a_hostile_still_picture_is_text(tmp_path: Path, browser: Any) -> None:
    (tmp_path / "still.svg").write_text(svg(sample(), SCRIPT + IMAGE), "utf-8")
    tab = browser.new_page()
    tab.goto((tmp_path / "still.svg").as_uri())
    assert tab.evaluate("window.harm ?? null") is None
    names = set(tab.evaluate("[...document.querySelectorAll('*')].map(element => element.localName)"))
    assert names <= {"svg", "title", "rect", "g", "line", "path", "text", "tspan"}
    tab.close()


def test_nothing_to_draw_is_still_a_picture() -> None:
    ElementTree.fromstring(svg(nx.MultiDiGraph(), "Leeg"))


def test_the_frame_works_and_reaches_nothing(tmp_path: Path, browser: Any) -> None:
    page = "<!DOCTYPE html><meta charset=utf-8>" + shown(View(sample(), SCRIPT + IMAGE))["text/html"]
    (tmp_path / "cell.html").write_text(page, "utf-8", "replace")
    tab, requests, faults = browser.new_page(viewport={"width": 1000, "height": 700}), [], []
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("dialog", lambda dialog: faults.append(dialog.message))
    tab.goto((tmp_path / "cell.html").as_uri())
    frame = tab.frame_locator("iframe")
    frame.locator("body[data-ready]").wait_for()
    frame.locator("#nodes button", has_text="Non-proliferatie").click()
    assert frame.locator("#card h2").text_content() == "Non-proliferatieverdrag"
    assert frame.locator("#card blockquote").first.text_content() == "volledig in lijn met het NPV"
    assert requests in ([tab.url], [tab.url, "about:srcdoc"])
    assert faults == []
    assert tab.evaluate("window.harm ?? null") is None
    tab.close()
