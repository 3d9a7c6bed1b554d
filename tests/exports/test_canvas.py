"""Our own drawing of a network in a real browser: hand, keys and fingers move it, and a large one follows."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from pictured import Opened, chain

from exports import page


class Canvas:
    """Our own drawing of a network, in a tab without WebGL."""

    def __init__(self, browser: Any, path: Path, graph: nx.MultiDiGraph, **how: Any) -> None:
        path.write_text(page.render(graph, title="Doek"), "utf-8")
        self.tab = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", **how)
        self.opened = Opened(self.tab, path)

    def where(self, number: int) -> dict[str, float]:
        return self.tab.evaluate("iri => kamergraaf.where(iri)", f"urn:{number:05}")

    def close(self) -> None:
        self.opened.check()
        self.tab.close()


@pytest.fixture
def canvas(browser: Any, tmp_path: Path) -> Iterator[Canvas]:
    canvas = Canvas(browser, tmp_path / "graph.html", chain(40))
    yield canvas
    canvas.close()


def test_the_hand_moves_the_picture(canvas: Canvas) -> None:
    tab, before = canvas.tab, canvas.where(5)
    tab.mouse.move(200, 700)
    tab.mouse.down()
    tab.mouse.move(240, 650, steps=4)
    tab.mouse.up()
    after = canvas.where(5)
    assert (round(after["x"] - before["x"]), round(after["y"] - before["y"])) == (40, -50)
    assert tab.is_hidden("#card")
    scale = tab.evaluate("kamergraaf.scale()")
    tab.mouse.move(after["x"], after["y"])
    tab.mouse.wheel(0, -300)
    tab.wait_for_function("scale => kamergraaf.scale() > 1.3 * scale", arg=scale)
    here = canvas.where(5)  # what is under the pointer stays there
    assert abs(here["x"] - after["x"]) + abs(here["y"] - after["y"]) < 1


def test_arrows_walk_from_node_to_node(canvas: Canvas) -> None:
    tab, middle = canvas.tab, canvas.where(0)
    canvas.opened.click_node("urn:00000")
    tab.focus("#stage")
    others = [canvas.where(number) for number in range(1, 9)]
    key = "ArrowRight" if max(other["x"] for other in others) > middle["x"] else "ArrowLeft"
    tab.keyboard.press(key)
    assert tab.text_content("#card h2") in {f"Kamerstuk {number}" for number in range(1, 9)}
    before = canvas.where(0)
    tab.keyboard.press("Escape")
    tab.keyboard.press("ArrowLeft")
    assert canvas.where(0)["x"] == pytest.approx(before["x"] + 60)


def test_two_fingers_zoom(browser: Any, tmp_path: Path) -> None:
    canvas = Canvas(browser, tmp_path / "graph.html", chain(40), has_touch=True)
    tab, scale = canvas.tab, canvas.tab.evaluate("kamergraaf.scale()")
    touch = tab.context.new_cdp_session(tab)
    for kind, apart in (("touchStart", 40), ("touchMove", 60), ("touchMove", 80)):
        points = [{"x": 400 + side * apart, "y": 450, "id": index} for index, side in enumerate((-1, 1))]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    tab.wait_for_function("scale => Math.abs(kamergraaf.scale() / scale - 2) < 0.1", arg=scale)
    canvas.close()


@pytest.mark.torture
def test_a_large_picture_follows_the_hand(browser: Any, tmp_path: Path) -> None:
    """Frames while the hand moves, beside those of the same page at rest."""
    canvas = Canvas(browser, tmp_path / "graph.html", chain(20_000))
    tab = canvas.tab
    tab.evaluate("() => { window.frames_ = 0; (function next() { frames_ += 1; requestAnimationFrame(next); })(); }")

    def frames(act: Any) -> float:
        start, before = time.monotonic(), tab.evaluate("frames_")
        act()
        return float((tab.evaluate("frames_") - before) / (time.monotonic() - start))

    def pan() -> None:
        tab.mouse.move(400, 400)
        tab.mouse.down()
        for step in range(60):
            tab.mouse.move(400 + 3 * (step % 30), 400 + step % 20)
        tab.mouse.up()

    tab.wait_for_timeout(500)
    rest = frames(lambda: tab.wait_for_timeout(1000))
    assert frames(pan) > 0.5 * rest
    assert tab.text_content("#count") == ""
    tab.fill("#search", "kamerstuk 19999")
    assert tab.locator("#hits button").all_text_contents() == ["Kamerstuk 19999"]
    assert tab.locator("#nodes button").count() == 300
    tab.click("#more")
    assert tab.locator("#nodes button").count() == 600
    canvas.close()
