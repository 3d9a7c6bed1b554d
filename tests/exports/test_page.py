"""The page in a real browser: hostile values stay text, and the picture can be used."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from pictured import EVIL, IMAGE, PAPER, PERSON, SCRIPT, TREATY, Opened, contrast, luminance, sample

from exports import page


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
    assert tab.text_content("#summary") == "6 nodes, 5 edges"
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
