"""The page of one paper: its text is the text as read, every reference is there, and nothing from the paper runs."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SAMPLES, Run
from hypothesis import given
from hypothesis import strategies as st
from pictured import contrast, luminance
from selectolax.lexbor import LexborHTMLParser

from exports import annotated, wording
from graph import Document, Link, Mention, Paper, paper
from graph.model import Profile, Section, Span
from graph.resolve import RULES

ANSWER, LETTER = SAMPLES / "antwoord-kernwapens-europa.txt", SAMPLES / "brief-kernwapens-belarus.txt"
SCRIPT = '</article></style><script>window.harm=1</script><img src=x onerror="window.harm=2">\'{{ 7*7 }}&amp;&lt;'
HOSTILE = f"""{SCRIPT} Kamerstuk 33279-40 en minister "Veldkamp" <a href="javascript:window.harm=3">klik</a>.
Zie javascript:window.harm=4 en https://example.org/"onmouseover="window.harm=5 en Kamerstuk 2023Z06024."""
PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
ADDRESSES = (
    None,
    "https://example.org/a?b=1&c=\"<'",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://w3id.org/kamergraaf/treaty/npt",
)


def made(text: str, spans: list[tuple[int, int]], addresses: list[str | None]) -> Paper:
    """A paper of a text with links at places, as no stage would give them."""
    profile = Profile("https://example.org/paper", None, "paper", text, None, "")
    links = tuple(
        Link(Mention("kamerstuk", Span(*sorted(span))), address, address, text, "stated", 0.99, reason=None if address else text)
        for span, address in zip(spans, addresses, strict=False)
    )  # fmt: skip
    return Paper(Document(text, text, "", "text"), (), profile, links)


def text_of(page: str) -> str:
    (node,) = LexborHTMLParser(page).css("#text")
    return node.text(deep=True, separator="", strip=False)


@given(
    st.one_of(PLAIN, st.text("<>&\"'\r\n\t a/!-¹", max_size=40)),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6),
    st.lists(st.sampled_from(ADDRESSES), min_size=6, max_size=6),
    st.sampled_from(annotated.LANGUAGES),
)
def test_the_text_of_the_page_is_the_text_as_read(
    text: str, spans: list[tuple[int, int]], addresses: list[str | None], language: str
) -> None:
    paper = made(text, spans, addresses)
    page = annotated.render(paper, paper.links, language=language)
    assert text_of(page) == text
    for link in LexborHTMLParser(page).css("a"):
        assert re.match(r"https?://|#", link.attributes["href"] or "")
        assert not any(name.startswith("on") for name in link.attributes)
    assert not LexborHTMLParser(page).css("script, img, article *:not(a):not(span)")


@pytest.mark.parametrize("path", [ANSWER, LETTER], ids=lambda path: path.stem)
@pytest.mark.parametrize("language", annotated.LANGUAGES)
def test_every_reference_is_in_the_text_and_in_the_list(path: Path, language: str) -> None:
    found = paper(path)
    page = LexborHTMLParser(annotated.render(found, found.links, language=language))
    names = {node.attributes["id"] for node in page.css("[id]")}
    assert len(names) == len(page.css("[id]"))
    assert {link.attributes["href"].removeprefix("#") for link in page.css("a[href^='#']")} <= names
    for number, link in enumerate(found.links, 1):
        written = "".join(node.text(strip=False) for node in page.css(f"#text a[data-references~='{number}']"))
        assert written == found.document[link.span]
        (entry,) = page.css(f"#r{number}")
        told = entry.text()
        assert " ".join(found.document[link.span].split())[:100] in told
        assert wording.rule(link.rule, language) in told or link.reason
        if link.iri and "zoek.officielebekendmakingen" in link.iri and "#" not in link.iri:
            assert entry.css_first(f"a[href='{link.iri}']")


def test_within_the_paper_links_lead_to_places_of_the_page() -> None:
    found = paper(ANSWER)
    page = LexborHTMLParser(annotated.render(found, found.links))
    leads = {(a.text(), a.attributes["href"]) for a in page.css("#text a[href^='#']")}
    assert ("vraag 1", "#answer-1") in leads
    assert ("¹", "#note-1") in leads
    assert page.css_first("#answer-1").text().startswith("Een uitgewerkt plan")


def test_problems_and_what_is_open_are_told() -> None:
    found = paper(LETTER)
    links = [link for link in found.links if link.kind != "date"]
    page = LexborHTMLParser(annotated.render(found, links, language="nl"))
    assert "2023Z06024" in {wrong.text() for wrong in page.css("#text a.wrong")}
    assert "zaaknummer dat Kamerstuk wordt genoemd" in page.css_first(".attention").text()
    unresolved = {node.text(): node.attributes["href"] for node in page.css("#text a.open")}
    assert unresolved["brief van 14 februari"].startswith("#r")
    assert "het jaartal ontbreekt" in page.css_first("#references").text()
    english = annotated.render(found, links, language="en")
    assert "the year is left out" in english
    assert "jaartal ontbreekt" not in english


def test_of_references_in_the_same_words_the_list_shows_all() -> None:
    one, other = "https://example.org/1", "https://example.org/2"
    paper = made("nrs. 1 t/m 2", [(0, 12), (0, 12), (5, 6)], [one, other, one])
    pieces = list(annotated.pieces(paper, list(paper.links), "nl"))
    assert [(piece.text, piece.target, piece.numbers) for piece in pieces] == [
        ("nrs. ", "#r1", (1, 2)),
        ("1", one, (3, 1, 2)),
        (" t/m 2", "#r1", (1, 2)),
    ]
    same = made("nrs. 1", [(0, 6), (0, 6)], [one, one])
    assert [piece.target for piece in annotated.pieces(same, list(same.links), "nl")] == [one]


def test_a_section_that_begins_amid_a_reference_keeps_its_name() -> None:
    paper = replace(made("abcdef", [(0, 4)], [None]), sections=(Section("answer", 1, (Span(2, 6),)),))
    page = annotated.render(paper, paper.links)
    assert text_of(page) == "abcdef"
    assert LexborHTMLParser(page).css_first("#answer-1").text() == "cd"


def test_the_place_in_the_source_is_told_in_the_language_of_the_page() -> None:
    document = Document("a.pdf", "Kamerstuk 33279-40", "", "pdf", places=((0, "page 3, box 70 512 480 524"),))
    found = paper(document, date(2024, 1, 1))
    assert "bladzijde 3, vak 70 512 480 524" in annotated.render(found, found.links)
    assert "page 3, box 70 512 480 524" in annotated.render(found, found.links, language="en")
    assert wording.place("/kamerstuk/body/note[2]", "nl") == "/kamerstuk/body/note[2]"


def test_the_policy_allows_the_style_and_nothing_else() -> None:
    page = annotated.render(made("x", [], []), ())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert re.fullmatch(
        r"default-src &#39;none&#39;; style-src &#39;sha256-[\w+/=]+&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;",
        policy[1],
    )
    assert not re.search(r"<(script|link|img|iframe)\b| style=|\burl\(", page)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="nl and en"):
        annotated.render(made("x", [], []), (), language="fr")


# ---- the Dutch beside the English


def test_every_rule_has_its_dutch() -> None:
    assert set(wording.RULES_NL) == {rule.name for rule in RULES}


def test_every_reason_and_problem_has_its_dutch() -> None:
    """Those that stand in the code as words; what is put together there is in the list below."""
    found = set[str]()
    for path in (ROOT / "graph" / "resolve").glob("*.py"):
        code = path.read_text("utf-8")
        found |= set(re.findall(r'(?:unresolved\(\s*|problem=|problem = |NOT_KNOWN = )"([^"]+)"', code))
        found |= set(re.findall(r'rules\.UNRESOLVED, "([^"]+)"', code))
    found |= {
        "the name is shared, and none of the words that settle it stands in the paper",
        "several people of the name Jansen held office then",
    }
    assert len(found) >= 12
    for words in found:
        assert wording.reason(words, "nl") != words, words
        assert wording.reason(words, "en") == words


# ---- in the browser


class Opened:
    """A page in the browser, with everything that it should not have done."""

    def __init__(self, browser: Any, path: Path, **settings: Any) -> None:
        self.tab = browser.new_page(**settings)
        self.faults: list[str] = []
        self.requests: list[str] = []
        self.tab.on("dialog", lambda dialog: (self.faults.append(dialog.message), dialog.dismiss()))
        self.tab.on("console", lambda message: self.faults.append(message.text))
        self.tab.on("pageerror", lambda error: self.faults.append(str(error)))
        self.tab.on("request", lambda request: self.requests.append(request.url))
        self.tab.goto(path.as_uri())
        self.path = path

    def close(self) -> None:
        assert self.tab.evaluate("window.harm ?? null") is None
        assert self.faults == []
        assert self.requests == [self.path.as_uri()]
        self.tab.close()


def test_hostile_text_is_text_in_the_browser(browser: Any, tmp_path: Path) -> None:
    (tmp_path / f'{"a" * 9}"<b>.txt').write_text(HOSTILE, "utf-8")
    found = paper(next(tmp_path.glob("*.txt")))
    found = replace(found, profile=replace(found.profile, title=SCRIPT))
    wild = made(HOSTILE, [(0, 30), (10, 50), (20, 60), (40, 41)], list(ADDRESSES))
    for name, each in (("read", found), ("wild", wild)):
        annotated.write(each, each.links, tmp_path / f"{name}.html")
        opened = Opened(browser, tmp_path / f"{name}.html")
        assert opened.tab.text_content("#text") == each.document.text
        assert opened.tab.locator("img, script").count() == 0
        schemes = opened.tab.evaluate("[...new Set([...document.links].map(a => a.protocol))]")
        assert set(schemes) <= {"https:", "http:", "file:"}
        opened.close()


def test_a_click_leads_to_the_place_and_back(browser: Any, tmp_path: Path) -> None:
    found = paper(ANSWER)
    annotated.write(found, found.links, tmp_path / "page.html")
    opened = Opened(browser, tmp_path / "page.html", viewport={"width": 1280, "height": 800})
    tab = opened.tab
    assert tab.text_content("#text") == found.document.text
    tab.click("#text a[href='#note-1']")
    assert tab.evaluate("location.hash") == "#note-1"
    tab.go_back()
    number = next(number for number, link in enumerate(found.links, 1) if link.id == "kst-33279-40")
    tab.click(f"#r{number} .words a")
    box = tab.locator(f"#m{number}").bounding_box()
    assert 0 <= box["y"] <= 800
    assert tab.get_attribute(f"#m{number} a", "target") == "_blank"
    opened.requests[1:] = []
    opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_readable(browser: Any, tmp_path: Path, scheme: str, width: int) -> None:
    found = paper(LETTER)
    annotated.write(found, found.links, tmp_path / "page.html", language="en")
    opened = Opened(browser, tmp_path / "page.html", color_scheme=scheme, viewport={"width": width, "height": 844})
    tab = opened.tab
    read = "name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim()"
    background = luminance(tab.evaluate(read, "paper"))
    for name in ("ink", "soft", "accent", "warn"):
        assert contrast(luminance(tab.evaluate(read, name)), background) >= 4.5, name
    tints = tab.evaluate("[...document.querySelectorAll('#text a')].map(a => getComputedStyle(a).backgroundColor)")
    ink = luminance(tab.evaluate(read, "ink"))
    for tint in {each for each in tints if each.startswith("rgb(")}:
        colour = "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", tint))
        assert contrast(ink, luminance(colour)) >= 7, tint
    lines = "[...document.querySelectorAll('#text a')].map(a => getComputedStyle(a).textDecorationStyle)"
    assert {"solid", "dotted", "wavy"} <= set(tab.evaluate(lines))
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert tab.evaluate("getComputedStyle(document.querySelector('#text')).fontFamily").endswith("serif")
    opened.close()


def test_on_paper_the_list_stands_behind_the_text(browser: Any, tmp_path: Path) -> None:
    found = paper(LETTER)
    annotated.write(found, found.links, tmp_path / "page.html")
    opened = Opened(browser, tmp_path / "page.html")
    opened.tab.emulate_media(media="print")
    text, listed = (opened.tab.locator(name).bounding_box() for name in ("#text", "#references"))
    assert text["y"] + text["height"] <= listed["y"]
    assert opened.tab.evaluate("getComputedStyle(document.querySelector('#references')).overflow") == "visible"
    opened.close()


# ---- the command


def test_the_command_writes_one_page(run: Run, tmp_path: Path) -> None:
    done = run("annotate", LETTER)
    assert (done.returncode, done.stdout) == (0, "")
    page = tmp_path / f"{LETTER.stem}.annotated.html"
    assert done.stderr.startswith(f"{page.name}: 22 references, ")
    assert text_of(page.read_text("utf-8")) == LETTER.read_text("utf-8")


def test_the_paper_itself_is_never_overwritten(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>Kamerstuk 33279-40</p>")
    done = run("annotate", "page.html", "-o", "page.html")
    assert done.returncode == 2
    assert "is the paper itself" in done.stderr
    assert (tmp_path / "page.html").read_text() == "<p>Kamerstuk 33279-40</p>"


def test_what_cannot_be_read_or_written_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 nothing")
    for words, said in (
        (("annotate", "a.pdf"), "a.pdf: "),
        (("annotate", LETTER, "-o", tmp_path), "cannot be written"),
    ):
        done = run(*words)
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf"]
