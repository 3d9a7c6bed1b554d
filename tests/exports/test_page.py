"""The page in a real browser: hostile values stay text, and the picture can be used."""

import gzip
import json
import os
import re
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from exports import packing, page
from exports.looks import LOOKS, looks_of
from graph.network import network
from graph.store import Store

ROOT = Path(__file__).parents[2]
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


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    page.write(sample(), path, title=SCRIPT + IMAGE)
    return path


@pytest.fixture(scope="module")
def hostile_canvas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same network, drawn by our own drawing instead of by vis-network."""
    path = tmp_path_factory.mktemp("page") / "canvas.html"
    path.write_text(page.render(sample(), title=SCRIPT + IMAGE), "utf-8", "replace")
    return path


@pytest.fixture(params=["hostile", "hostile_canvas"])
def opened(browser: Any, request: pytest.FixtureRequest) -> Iterator[Opened]:
    tab = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    opened = Opened(tab, request.getfixturevalue(request.param))
    yield opened
    opened.check()
    tab.close()


# ---- in the browser


def test_hostile_values_are_shown_as_text(opened: Opened) -> None:
    tab = opened.tab
    assert SCRIPT in tab.text_content("h1")
    assert tab.locator("img").count() == 0
    for button in range(tab.locator("#nodes button").count()):
        tab.locator("#nodes button").nth(button).click()
        tab.click("#back")
    tab.click("#whole")
    opened.click_node(EVIL)
    assert tab.text_content("#card h2") == SCRIPT + IMAGE
    assert SCRIPT + IMAGE in tab.text_content("#card blockquote")
    assert tab.locator("#card a").count() == 0
    assert "javascript:window.harm=3" in tab.text_content("#card #address")


@pytest.mark.parametrize("iri", [EVIL, "__proto__", "urn:lone"])
def test_only_web_addresses_become_links(opened: Opened, iri: str) -> None:
    opened.click_node(iri)
    assert opened.tab.locator("#card a").count() == 0


def test_a_web_address_opens_apart(opened: Opened) -> None:
    opened.click_node(TREATY)
    link = opened.tab.locator("#address a")
    assert link.get_attribute("href") == TREATY
    assert (link.get_attribute("rel"), link.get_attribute("target")) == ("noopener noreferrer", "_blank")


@pytest.mark.parametrize("query", ["yesil", "YEŞİL", "zegerius dilan", "Yeşilgöz"])
def test_search_minds_no_accents(opened: Opened, query: str) -> None:
    tab = opened.tab
    tab.keyboard.press("/")
    tab.keyboard.type(query)
    assert tab.locator("#hits button").all_text_contents() == ["Dilan Yeşilgöz-Zegerius"]
    tab.keyboard.press("Enter")
    assert tab.text_content("#card h2") == "Dilan Yeşilgöz-Zegerius"
    tab.keyboard.press("Escape")
    assert tab.is_hidden("#card")


def test_search_by_keyboard_and_without_result(opened: Opened) -> None:
    tab = opened.tab
    tab.fill("#search", "2406")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    assert tab.text_content("#card h2") == "Aanhangsel 2406"
    tab.fill("#search", "bestaat niet")
    assert tab.text_content("#count") == "Niets gevonden."
    tab.keyboard.press("Escape")
    assert tab.is_hidden("#found")


def test_a_clicked_node_shows_the_quotes_that_lead_to_it(opened: Opened) -> None:
    tab = opened.tab
    opened.click_node(TREATY)
    assert tab.text_content("#card h2") == "Non-proliferatieverdrag"
    assert tab.text_content("#card blockquote") == "volledig in lijn met het NPV"
    assert "antwoord 5" in tab.text_content("#card .quote")
    assert "verwijst naar" in tab.text_content("#card")
    assert "noemt" in tab.text_content("#card")  # the parallel edge
    tab.click("#card .quote button")
    assert tab.text_content("#card h2") == "Aanhangsel 2406"
    tab.click("#card ul button:has-text('Dilan')")
    assert tab.text_content("#card h2") == "Dilan Yeşilgöz-Zegerius"
    tab.mouse.click(300, 780)
    assert tab.is_hidden("#card")


def test_a_kind_can_be_switched_off(opened: Opened) -> None:
    tab = opened.tab
    opened.click_node(TREATY)
    tab.uncheck("#legend input[data-kind=treaty]")
    assert TREATY not in tab.evaluate("kamergraaf.drawn()")
    assert PERSON in tab.evaluate("kamergraaf.drawn()")
    assert tab.is_hidden("#card")
    assert tab.locator("#nodes button:has-text('Non-proliferatie')").count() == 0
    assert tab.text_content("#summary") == "5 knooppunten, 2 verbanden"
    tab.click("#none")
    assert tab.evaluate("kamergraaf.drawn()") == []
    tab.click("#all")
    assert len(tab.evaluate("kamergraaf.drawn()")) == 6


def test_the_language_changes_in_the_page(opened: Opened) -> None:
    tab = opened.tab
    opened.click_node(TREATY)
    assert tab.get_attribute("html", "lang") == "nl"
    tab.click("#language button[data-language=en]")
    assert tab.get_attribute("html", "lang") == "en"
    assert tab.text_content("#summary") == "6 nodes, 5 relations"
    assert "refers to" in tab.text_content("#card")
    assert "verwijst naar" not in tab.text_content("#card")
    assert "Treaty" in tab.text_content("#legend")
    assert any(label["text"] == "refers to" for label in tab.evaluate("kamergraaf.labels()"))


def test_the_period_leaves_out_what_is_said_outside_it(opened: Opened) -> None:
    tab = opened.tab
    assert tab.text_content("#told") == "2023-03 – 2026-06"
    tab.focus("#until")
    for _ in range(30):
        tab.keyboard.press("ArrowLeft")
    assert tab.text_content("#told") == "2023-03 – 2023-12"
    assert tab.get_attribute("#until", "aria-valuetext") == "2023-12"
    # what has no date stays with the paper of 2023 that names it
    assert set(tab.evaluate("kamergraaf.drawn()")) == {PAPER, TREATY, PERSON}
    assert tab.text_content("#summary") == "3 knooppunten, 3 verbanden"
    tab.keyboard.press("End")
    assert len(tab.evaluate("kamergraaf.drawn()")) == 6


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_labels_do_not_lie_on_one_another(browser: Any, tmp_path: Path, width: int, height: int) -> None:
    graph = nx.MultiDiGraph()
    for number in range(60):
        graph.add_node(
            f"urn:{number:02}",
            kind="kamerstuk",
            label=f"Kamerstuk 33279-{number} over kernwapens",
            address=None,
        )
        if number:
            graph.add_edge(f"urn:{number:02}", f"urn:{number // 3:02}", key="cites", label_nl="verwijst naar")
    page.write(graph, tmp_path / "graph.html", title="60")
    tab = browser.new_page(viewport={"width": width, "height": height})
    opened = Opened(tab, tmp_path / "graph.html")
    labels = tab.evaluate("kamergraaf.labels()")
    assert len(labels) >= (40 if width > 800 else 8)
    for index, one in enumerate(labels):
        for other in labels[:index]:
            beside = one["right"] <= other["left"] or other["right"] <= one["left"]
            assert beside or one["bottom"] <= other["top"] or other["bottom"] <= one["top"], (one, other)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    opened.check()
    tab.close()


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


def test_a_large_page_keeps_some_quotes_for_every_node_and_says_what_it_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "ROOMY", 20)
    monkeypatch.setattr(packing, "QUOTES", 20 * packing.QUOTE)
    report = page.write(chain(100), tmp_path / "graph.html", title="100")
    evidence = held((tmp_path / "graph.html").read_text("utf-8"), "evidence")
    assert report.left == sum(evidence["left"].values()) > 0
    assert len(evidence["list"]) + report.left == 2 * 99
    assert max(map(len, evidence["texts"])) == packing.QUOTE
    edges = held((tmp_path / "graph.html").read_text("utf-8"), "graph")["edges"]
    quoted = {edges["to"][edge] for edge in range(99) if evidence["first"][edge] < evidence["first"][edge + 1]}
    assert quoted == set(edges["to"])


@pytest.mark.parametrize("count", [0, 1])
def test_a_page_of_almost_nothing(browser: Any, tmp_path: Path, count: int) -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from((f"urn:{number}", {}) for number in range(count))
    assert page.write(graph, tmp_path / "graph.html", title="Leeg").nodes == count
    tab = browser.new_page()
    Opened(tab, tmp_path / "graph.html").check()
    tab.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_shapes_stand_out(browser: Any, hostile: Path, scheme: str) -> None:
    tab = browser.new_page(color_scheme=scheme)
    Opened(tab, hostile)
    read = "name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim()"
    paper = luminance(tab.evaluate(read, "paper"))
    for name in ("ink", "soft", "accent"):
        assert contrast(luminance(tab.evaluate(read, name)), paper) >= 4.5, name
    for name in ("papers", "parts", "law", "people", "outside", "other"):
        assert contrast(luminance(tab.evaluate(read, name)), paper) >= 4.5, name
    tab.close()


def luminance(colour: str) -> float:
    """Relative luminance (WCAG) of `#rgb` or `#rrggbb`."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


# ---- the file


def test_the_file_names_no_other_place_and_allows_nothing_inline(hostile: Path) -> None:
    text = hostile.read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src &#39;none&#39;; script-src &#39;sha256-")
    assert "unsafe" not in policy[1]
    assert not re.search(r"""<(script|link|img|iframe)[^>]*\b(src|href)=""", text)
    assert "sourceMappingURL" not in text


def held(text: str, name: str) -> Any:
    """What a page holds in one of its blocks; the block itself can have no character of markup."""
    block = re.search(rf'<script type="text/plain" id="data-{name}">([A-Za-z0-9+/=]+)</script>', text)
    assert block is not None
    return json.loads(gzip.decompress(b64decode(block[1])))


def test_data_cannot_close_its_element(hostile: Path) -> None:
    text = hostile.read_text(encoding="utf-8")
    assert SCRIPT + IMAGE in held(text, "graph")["nodes"]["label"]
    assert SCRIPT + IMAGE in held(text, "evidence")["texts"]
    assert text.count("window.harm") == 2 * (SCRIPT + IMAGE).count("window.harm")  # the title, twice, escaped
    assert text.count("</script><script>") == 0


def test_only_the_page_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    report = page.write(sample(), Path("graph.html"), title="Kamer")
    assert os.listdir(tmp_path) == ["graph.html"]
    assert report == page.PageReport(6, 5, (tmp_path / "graph.html").stat().st_size)


def test_the_same_network_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, turned in (("one", False), ("other", True)):
        page.write(sample(turned=turned), tmp_path / name, title="Kamer")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    assert b"\r" not in (tmp_path / "one").read_bytes()


def test_the_encoding_of_the_system_does_not_matter(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from exports import page;"
        "from tests.exports.test_page import sample;"
        "page.write(sample(), Path(sys.argv[1]), title='Ye\\u015filg\\u00f6z')"
    )
    strange = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "PYTHONIOENCODING": "cp1252"}
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "graph.html")],
        check=True,
        cwd=ROOT,
        env=os.environ | strange | {"PYTHONPATH": str(ROOT)},
    )
    assert "Yeşilgöz" in (tmp_path / "graph.html").read_text(encoding="utf-8")


def test_a_large_network_is_refused_with_advice(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(page.LIMIT + 1))
    with pytest.raises(page.TooManyNodesError, match="--around") as refusal:
        page.write(graph, tmp_path / "graph.html", title="Alles")
    assert (refusal.value.nodes, refusal.value.limit) == (100_001, 100_000)
    assert os.listdir(tmp_path) == []


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nl and en"):
        page.write(sample(), tmp_path / "graph.html", title="Kamer", language="de")


def test_every_kind_of_the_sample_papers_has_a_name_in_both_languages(built: Path) -> None:
    with Store(built) as store:
        assert {kind for _, kind in network(store).nodes(data="kind")} <= LOOKS.keys()


def test_kinds_without_a_look_get_different_shapes() -> None:
    looks = looks_of(["zaak", "new one", "another"])
    assert list(looks) == ["zaak", "another", "new one"]
    assert looks["another"].shape != looks["new one"].shape
