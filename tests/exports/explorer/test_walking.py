"""The page of the graph in a real browser: with scripts and without, by hand and by keyboard, in both languages."""

import re
from typing import Any

import pytest
from looking import LOOKS, check, tab

from exports.explorer.words import LANGUAGES, Say

pytestmark = pytest.mark.slow

LETTER = "document/brief-veelsoortige-verwijzingen-a917f87a"
PLACES = ("", "?open=treaty/npt", f"?open={LETTER}&node={LETTER}", "?path=treaty/npt+zaak/2023Z06024",
          "?open=treaty/npt&tie=ob/ah-tk-20252026-2406+invokesTreaty+treaty/npt", "?q=minister", "?open=treaty/npt&off=paper",
          f"?open={LETTER}&open=ob/ah-tk-20252026-2406&since=2026", "?ask=documents-by-treaty", "?query=SELECT")  # fmt: skip
drawn = "kamergraaf.drawn().length"


def until(page: Any, truth: str) -> None:
    """Wait for something to be true in the page, whose policy forbids the way of playwright."""
    for _ in range(100):
        if page.evaluate(truth):
            return
        page.wait_for_timeout(100)
    raise AssertionError(truth)


@pytest.mark.parametrize(("language", "settings"), LOOKS)
def test_everybody_can_use_the_graph(
    browser: Any, site: str, axe: str, language: str, settings: dict[str, Any]
) -> None:
    with tab(browser, site, **settings) as page:
        for place in PLACES:
            answer = page.goto(f"{site}/{language}/graph{place}")
            assert answer.status == 200
            assert page.get_attribute("html", "lang") == language
            assert page.locator("h1").count() == 1
            check(page, axe, place)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_graph_is_drawn_without_scripts_too(browser: Any, site: str, language: str) -> None:
    with tab(browser, site, java_script_enabled=False) as page:
        for place in PLACES:
            assert page.goto(f"{site}/{language}/graph{place}").status == 200
            assert page.locator("#picture svg.net").count() == (place != "?query=SELECT")


def test_without_scripts_every_step_is_a_button_or_a_link(browser: Any, site: str) -> None:
    say = Say("nl")
    with tab(browser, site, java_script_enabled=False) as page:
        page.goto(f"{site}/nl/graph")
        page.fill("#put", "NPV")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"\?open=treaty/npt$"))
        assert page.locator("#things tbody tr").count() == 3
        page.locator("#picture svg a").nth(1).click()
        page.locator("#things tr:target button.row").click()
        page.locator(".chosen").get_by_role("button", name=say("graph.more", 11).split()[0]).first.click()
        grown = page.locator("#things tbody tr").count()
        assert grown > 3
        page.get_by_role("button", name=say("graph.undo")).click()
        assert page.locator("#things tbody tr").count() == 3
        page.locator("#ties button[name=tie]").first.click()
        assert page.get_by_role("heading", name=say("graph.where")).is_visible()
        page.locator(".chosen .sentence a").first.click()
        assert "#char=" in page.url
        assert page.locator("article#text").is_visible()


def test_from_a_card_to_a_path(browser: Any, site: str) -> None:
    for scripts in (True, False):
        with tab(browser, site, java_script_enabled=scripts) as page:
            page.goto(f"{site}/en/id/treaty/npt")
            page.fill("form.path input[name=to]", "2023Z06024")
            page.keyboard.press("Enter")
            page.wait_for_url(re.compile("path="))
            assert page.locator(".way li .sentence").count() == 2
            page.goto(f"{site}/en/id/treaty/npt")
            page.click("text=In the graph")
            assert page.locator("#things tbody tr").count() == 3


def test_a_hand_opens_a_thing_and_asks_a_line_where_it_says_so(browser: Any, site: str) -> None:
    with tab(browser, site) as page:
        page.goto(f"{site}/nl/graph?open=treaty/npt")
        assert page.evaluate(drawn) == 3
        letter = page.evaluate("kamergraaf.drawn().find((iri) => iri.includes('belarus'))")
        both = [letter, "https://w3id.org/kamergraaf/treaty/npt"]
        spot, treaty = (page.evaluate("(iri) => kamergraaf.where(iri)", iri) for iri in both)
        page.mouse.click((spot["x"] + treaty["x"]) / 2, (spot["y"] + treaty["y"]) / 2)
        page.wait_for_selector("text=Waar staat dat?")
        assert "tie=" in page.url
        page.mouse.click(spot["x"], spot["y"])
        page.wait_for_selector("#told .chosen h2 a")
        assert "node=" in page.url
        page.mouse.dblclick(spot["x"], spot["y"])
        until(page, f"{drawn} > 5")
        page.go_back()
        until(page, f"{drawn} === 3")
        page.reload()
        assert page.evaluate(drawn) == 3


def test_the_keyboard_walks_opens_hides_and_takes_back(browser: Any, site: str) -> None:
    with tab(browser, site, reduced_motion="reduce") as page:
        page.goto(f"{site}/en/graph?open=treaty/npt")
        page.focus("#stage")
        page.keyboard.press("ArrowRight")
        page.wait_for_url(re.compile("node="))
        until(page, "document.activeElement.id === 'stage'")
        places = {page.url}
        for way in ("ArrowLeft", "ArrowRight"):  # the others lie on either side
            page.keyboard.press(way)
            page.wait_for_timeout(600)
            places.add(page.url)
        assert len(places) > 1
        spot = page.evaluate("kamergraaf.where(kamergraaf.drawn().find((iri) => iri.includes('belarus')))")
        page.mouse.click(spot["x"], spot["y"])
        page.wait_for_url(re.compile("node=document"))
        page.wait_for_timeout(300)
        page.focus("#stage")
        page.keyboard.press("Enter")
        until(page, f"{drawn} > 3")
        grown = page.evaluate(drawn)
        page.keyboard.press("u")
        until(page, f"{drawn} === 3")
        page.go_back()
        until(page, f"{drawn} === {grown}")
        page.focus("#stage")
        page.keyboard.press("h")
        until(page, f"{drawn} === {grown} - 1 || {drawn} < {grown}")


def test_a_period_is_drawn_over_the_bars_and_a_picture_taken(browser: Any, site: str) -> None:
    with tab(browser, site, accept_downloads=True) as page:
        page.goto(f"{site}/nl/graph?open={LETTER}&open=ob/ah-tk-20252026-2406")
        before = page.evaluate(drawn)
        page.locator(".period svg").scroll_into_view_if_needed()
        bars = [page.locator(f".period [data-year='{year}'] .hit").bounding_box() for year in (2025, 2026)]
        page.mouse.move(bars[0]["x"] + 3, bars[0]["y"] + 50)
        page.mouse.down()
        page.mouse.move(bars[1]["x"] + 3, bars[1]["y"] + 50)
        page.mouse.up()
        page.wait_for_url(re.compile("since=2025&until=2026"))
        page.locator(".period [data-year='2026']").click()
        page.wait_for_url(re.compile("since=2026&until=2026"))
        assert page.evaluate(drawn) < before
        with page.expect_download() as download:
            page.click("text=PNG")
        assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_hostile_papers_do_nothing_in_the_graph(browser: Any, hostile: str) -> None:
    with tab(browser, hostile) as page:
        page.goto(f"{hostile}/nl/graph")
        hub = page.locator("button[name=group]").first.get_attribute("value")
        for query in (
            f"open={hub}&node={hub}",
            f"group={hub}",
            "q=%3Cscript%3Ewindow.harm%3D9%3C/script%3E",
            f"open={hub}&ask=papers",
        ):
            page.goto(f"{hostile}/nl/graph?{query}")
            page.wait_for_timeout(200)
            assert page.locator("img, iframe, object").count() == 0
            found = page.evaluate("[...document.links].map(link => link.getAttribute('href'))")
            assert not [href for href in found if not href.startswith(("/", "#", "http://", "https://"))]
        page.goto(f"{hostile}/nl/graph?open={hub}")
        page.locator("#things button[name=node]").nth(1).click()
        page.wait_for_url(re.compile("node="))


def test_a_first_view_is_small_before_its_picture(browser: Any, site: str) -> None:
    with tab(browser, site) as page:
        for place in PLACES:
            sizes: dict[str, int] = {}

            def take(answer: Any, sizes: dict[str, int] = sizes) -> None:
                sizes[answer.url] = len(answer.body())

            page.on("response", take)
            page.goto(f"{site}/nl/graph{place}", wait_until="networkidle")
            page.remove_listener("response", take)
            assert sum(size for url, size in sizes.items() if "/graph/script.js" not in url) < 100_000, place
            assert sum(sizes.values()) < 150_000, place
