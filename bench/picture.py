"""The picture of 100,000 nodes: how long its layout and its page take, and how soon and how smoothly a browser shows it.

The browser is Chromium without a graphics card, as in many offices; without one there are no rows for it.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from bench.network import NODES, made
from bench.rows import Row, judged, seconds, size
from exports import page
from exports.layout import arrange

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_PLAIN = ("--no-sandbox", "--disable-gpu", "--disable-webgl", "--disable-3d-apis")
_FRAMES = """() => new Promise((done) => {
  const times = [];
  const step = (now) => { times.push(now); if (now - times[0] < 2000) requestAnimationFrame(step); else done(times.length / 2); };
  requestAnimationFrame(step);
})"""


def rows() -> Iterator[Row]:
    """Layout, page, first picture, and frames a second while the hand moves the picture."""
    network = made(NODES[size().name])
    what = f"{len(network):,} nodes, {network.number_of_edges():,} edges"
    number = {iri: place for place, iri in enumerate(network)}
    edges = np.array([(number[a], number[b]) for a, b in network.edges()], dtype=np.int64)
    sizes = np.full((len(number), 2), (90.0, 30.0))
    yield judged("layout", "at most 30", seconds(lambda: arrange(edges, sizes), 1), "s", what)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.html"
        start = time.process_time()
        report = page.write(network, file, title="Kamergraaf")
        yield judged(
            "page of the picture, with its layout",
            "at most 60",
            time.process_time() - start,
            "s",
            f"{report.bytes / 1e6:.1f} MB",
        )
        yield from _shown(file)


def _shown(file: Path) -> Iterator[Row]:
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None or not find_spec("playwright"):
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser, args=list(_PLAIN))
        first = []
        for _ in range(min(3, size().repeats)):
            tab = chromium.new_page(viewport={"width": 1280, "height": 800})
            tab.goto(file.as_uri())
            tab.wait_for_selector("body[data-drawn]", timeout=120_000)
            first.append(float(tab.evaluate("document.body.dataset.drawn")) / 1000)
            tab.wait_for_selector("body[data-ready]", timeout=120_000)
            if len(first) < min(3, size().repeats):
                tab.close()
        yield judged(
            "first picture", "at most 5", statistics.median(first), "s", "from the opening of the page, on the clock"
        )
        tab.evaluate(f"window.counted = ({_FRAMES})()")
        tab.mouse.move(640, 400)
        tab.mouse.down()
        until = time.perf_counter() + 2
        place = 0
        while time.perf_counter() < until:
            place += 1
            tab.mouse.move(640 + place % 200, 400 + place % 120)
        tab.mouse.up()
        yield judged(
            "frames while the hand moves", "at least 30", float(tab.evaluate("window.counted")), "a second", ""
        )
        chromium.close()


if __name__ == "__main__":
    for row in rows():
        print(row)
