"""The pages in a real browser: in both languages, with and without scripts, on any screen, and for everybody."""

from typing import Any

import pytest
from looking import check, tab

from exports.explorer import editor

pytestmark = pytest.mark.slow

EDITOR = f"/static/{editor.BUNDLE}"
READER = "/doc/ob/ah-tk-20252026-2406"
PLACES = (
    "/", "/search", "/search?q=kernwapens", "/search?q=33279-40", "/search?q=geenenkelwoord", READER, f"{READER}?at=100,140",
    "/id/treaty/npt", "/id/ob/kst-33279-40", "/id/post/minister-defensie", "/id/zaak/2023Z06024", "/thread/treaty/npt",
    "/wanted", "/questions", "/questions/final-answer?run=1", "/questions/most-referred-to?run=1",
    "/questions/documents-by-treaty", "/sparql", "/sparql?query=ASK+%7B+%3Fs+%3Fp+%3Fo+%7D", "/quality", "/quality/mentions?rule=unresolved", "/none",
)  # fmt: skip


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_whole_in_both_languages(browser: Any, site: str, language: str, scripts: bool) -> None:
    with tab(browser, site, java_script_enabled=scripts) as page:
        for place in PLACES:
            answer = page.goto(f"{site}/{language}{place}")
            assert answer.status == (404 if place == "/none" else 200), place
            assert page.get_attribute("html", "lang") == language
            assert page.locator("h1").count() == 1
            assert page.locator("main").inner_text().strip()
            other = page.get_attribute("a.switch", "href")
            assert other == f"/{'en' if language == 'nl' else 'nl'}{place}"


@pytest.mark.parametrize(
    "settings",
    [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}, "is_mobile": True}],
    ids=["light", "dark", "phone"],
)
def test_everybody_can_use_every_page(browser: Any, site: str, axe: str, settings: dict[str, Any]) -> None:
    with tab(browser, site, **settings) as page:
        for place in PLACES:
            page.goto(f"{site}/nl{place}")
            check(page, axe, place)


def test_a_first_view_is_small(browser: Any, site: str) -> None:
    with tab(browser, site) as page:
        for place in PLACES:
            # the editor comes after the first view, in the place of a field that works without it; test_bundle.py has its bound
            sizes: list[int] = []

            def take(answer: Any, sizes: list[int] = sizes) -> None:
                sizes.append(0 if EDITOR in answer.url else len(answer.body()))

            page.on("response", take)
            page.goto(f"{site}/nl{place}", wait_until="networkidle")
            page.remove_listener("response", take)
            assert sum(sizes) < 100_000, place


def test_from_search_to_reader_to_card_to_another_paper(browser: Any, site: str) -> None:
    for scripts in (True, False):
        with tab(browser, site, java_script_enabled=scripts, locale="nl-NL") as page:
            page.goto(site)
            page.fill("#find", "bondgenootschap besluit")
            page.keyboard.press("Enter")
            page.click("text=Aanhangsel 2025-2026")
            assert page.locator("article#text").is_visible()
            page.click("#text a:has-text('Kamerstuk 33279-40')")
            entry = page.locator(".entry:target")
            assert "Kamerstuk 33279, nr. 40" in entry.inner_text()
            entry.get_by_role("link", name="Kamerstuk 33279, nr. 40").click()
            assert "Dit stuk zit niet in de verzameling" in page.inner_text("main")
            page.click(".sentence a >> nth=0")
            assert "#char=" in page.url
            page.click("#text a:has-text('NPV') >> nth=0")
            page.locator(".entry:target").get_by_role("link", name="Non-proliferatieverdrag").first.click()
            page.click("text=brief-kernwapens-belarus >> nth=-1")
            page.click("text=Lees het stuk")
            assert "kernwapens in Belarus" in page.inner_text("main")


def test_a_newcomer_answers_the_four_questions_by_clicking(browser: Any, site: str) -> None:
    with tab(browser, site, locale="nl-NL") as page:
        page.goto(site)
        page.click("text=Aanhangsel 2025-2026")
        # what finally answers question 10
        tenth = page.locator(".outline li", has_text="vraag 10")
        tenth.get_by_role("link", name="antwoord 1", exact=True).click()
        assert page.url.endswith("#answer-1")
        assert page.evaluate("document.querySelector('#answer-1').getBoundingClientRect().top >= 0")
        # what the letter of 2 March is, and what rests on the same sentence
        page.click("#text a:has-text('2 maart jl')")
        letter = page.locator(".entry:target").inner_text()
        assert "Kamerstuk 33279, nr. 40" in letter
        assert "2 maart 2026" in letter
        # who was minister then
        page.click("#text a:has-text('ministers van Defensie')")
        assert "Yeşilgöz" in page.locator(".entry:target").inner_text()
        page.locator(".entry:target").get_by_role("link", name="Minister van Defensie").click()
        assert "Brekelmans" in page.inner_text("main")
        # which papers rest on the same sentence
        page.goto(f"{site}/nl/")
        page.click("text=brief-veelsoortige-verwijzingen")
        together = page.locator(".entry", has_text="In dezelfde zin").filter(has_text="Kamerstuk").first
        assert together.locator("p", has_text="In dezelfde zin").locator("a").count() >= 1


def test_the_keyboard_walks_the_references(browser: Any, site: str) -> None:
    with tab(browser, site) as page:
        page.goto(f"{site}/nl{READER}")
        page.keyboard.press("j")
        first = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.textContent") != first
        page.keyboard.press("k")
        assert page.evaluate("document.activeElement.textContent") == first
        assert page.locator(".entry.lit").count() == 1
        page.keyboard.press("Enter")
        assert page.locator(".entry:target").count() == 1
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "find"


def test_hostile_papers_do_nothing(browser: Any, hostile: str) -> None:
    evil = "%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%3Cscript%3Ealert(2)%3C/script%3E"
    with tab(browser, hostile) as page:
        ways = ["/", "/wanted", "/quality", "/quality/mentions", f"/search?q={evil}", "/search?q=onerror", f"/questions/papers?run=1&x={evil}",
                f"/questions/documents-by-treaty?run=1&treaty={evil}", f"/id?iri={evil}", f"/doc?iri={evil}", f"/none/{evil}",
                f"/quality/mentions?reason={evil}"]  # fmt: skip
        seen = set[str]()
        while ways and len(seen) < 60:
            way = ways.pop(0)
            if way in seen:
                continue
            seen.add(way)
            page.goto(f"{hostile}/nl{way}")
            assert page.locator("img, iframe, object").count() == 0
            found = page.evaluate("[...document.links].map(link => link.getAttribute('href'))")
            assert not [href for href in found if not href.startswith(("/", "#", "http://", "https://"))]
            ways += [
                href.removeprefix("/nl").partition("#")[0]
                for href in found
                if href.startswith("/nl/") and "csv" not in href
            ]
        assert len(seen) > 25


def test_a_page_prints_with_its_references_and_without_menus(browser: Any, site: str) -> None:
    with tab(browser, site) as page:
        page.goto(f"{site}/nl{READER}")
        page.emulate_media(media="print")
        assert page.locator(".panel .entry >> nth=0").is_visible()
        assert page.locator("header.top").is_hidden()
        assert page.locator(".outline").is_hidden()
