"""The editor of the SPARQL page, as bundled: in a real browser, by keyboard and in both palettes; and the page without it."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph
import pytest
from conftest import ROOT
from test_browsing import tab
from test_skeleton import ask

from exports.explorer import editor
from exports.explorer.pages import STATIC, TEMPLATES
from ontology.terms import PREFIXES

SOURCE = TEMPLATES / "editor"
QUERY = "ASK { ?s kg:cites ?o }"


@pytest.fixture
def bundle() -> str:
    """The script; tests of it are left out where it was not made."""
    if not (STATIC / editor.BUNDLE).exists():
        pytest.skip("the editor is not bundled here; `make editor` does it where npm is")
    return (STATIC / editor.BUNDLE).read_text("utf-8")


# ---- what it is made of


def test_versions_are_exact_and_the_lock_names_no_host() -> None:
    wanted = json.loads((SOURCE / "package.json").read_text("utf-8"))["devDependencies"]
    text = (SOURCE / "package-lock.json").read_text("utf-8")
    locked = json.loads(text)["packages"]
    assert not [version for version in wanted.values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)]
    assert wanted == {name: locked[f"node_modules/{name}"]["version"] for name in wanted}
    assert '"resolved"' not in text
    assert all("integrity" in each for name, each in locked.items() if name)


def test_it_is_small_and_its_licences_lie_beside_it(bundle: str) -> None:
    assert len(bundle.encode()) < 400_000
    licences = (STATIC / editor.BUNDLE).with_suffix(".licences.txt").read_text("utf-8")
    wanted = json.loads((SOURCE / "package.json").read_text("utf-8"))["devDependencies"]
    for name, version in wanted.items():
        assert name == "esbuild" or f"{name} {version}\n\nMIT License" in licences
    packages = re.findall(r"(?m)^[@a-z].* \d+\.\d+\.\d+$", licences)
    assert licences.count("Permission is hereby granted") == len(packages) > len(wanted)


def test_git_keeps_the_source_and_not_the_bundle() -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    assert {"node_modules/", "exports/templates/explorer/static/editor.*"} <= set(ignored)


# ---- what it suggests


@pytest.mark.parametrize(
    ("language", "name"), [("nl", "eigenschap: noemt verdrag"), ("en", "property: invokes treaty")]
)
def test_suggestions_come_from_the_ontology_and_the_graph(site: str, language: str, name: str) -> None:
    status, headers, text = ask(site, f"/{language}/sparql/terms")
    assert (status, headers["content-type"]) == (200, "application/json")
    told = {each["label"]: each for each in json.loads(text)}
    assert told["kg:invokesTreaty"]["detail"] == name
    assert told["kg:Treaty"]["type"] == "class"
    assert told["kg:Treaty"]["info"].endswith(".")
    assert told["kg:"]["info"] == PREFIXES["kg"]
    assert told["oa:exact"]["type"] == "property", "the papers use it, though the ontology is not ours"


def test_every_suggestion_can_stand_in_a_query(site: str) -> None:
    empty = pyoxigraph.Store()
    for each in json.loads(ask(site, "/en/sparql/terms")[2]):
        if each["type"] != "namespace":
            empty.query(f"ASK {{ ?s {each['label']} ?o . ?s a {each['label']} }}", prefixes=PREFIXES)


# ---- the page


def test_the_style_of_the_editor_is_let_in_by_a_word_that_changes(site: str, bundle: str) -> None:
    policies = [ask(site, "/nl/sparql")[1]["content-security-policy"] for _ in range(2)]
    assert policies[0] != policies[1]
    for policy in policies:
        assert re.search(r"script-src 'self'; style-src 'self' 'nonce-[\w-]{20,}';", policy)
        assert "unsafe" not in policy
    assert "nonce" not in ask(site, "/nl/")[1]["content-security-policy"]
    assert editor.BUNDLE not in ask(site, "/nl/questions")[2]


def test_without_the_bundle_the_page_has_its_plain_field(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor, "BUNDLE", "none.js")
    _, headers, text = ask(site, "/nl/sparql")
    assert "<textarea" in text
    assert "<script" not in text
    assert "nonce" not in headers["content-security-policy"]


@pytest.mark.slow
def test_a_query_is_written_with_suggestions_and_asked_by_keyboard(browser: Any, site: str, bundle: str) -> None:
    with tab(browser, site) as page:
        page.goto(f"{site}/nl/sparql")
        page.click("text=Vraag in SPARQL")
        page.keyboard.press("Control+A")
        page.keyboard.type("SELECT ?paper { GRAPH ?paper { ?paper kg:invokesT")
        chosen = page.locator(".cm-tooltip-autocomplete [aria-selected=true]")
        chosen.wait_for()
        assert "noemt verdrag" in chosen.inner_text()
        page.wait_for_timeout(100)  # a list that has just come takes no Enter
        page.keyboard.press("Enter")
        page.keyboard.type(" ?tr")
        page.keyboard.press("Escape")
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**query=**")
        asked = parse_qs(urlsplit(page.url).query)["query"][0]
        assert asked == "SELECT ?paper { GRAPH ?paper { ?paper kg:invokesTreaty ?tr}}"
        assert page.locator("tbody tr").count() > 1


@pytest.mark.slow
def test_tab_leaves_the_editor_both_ways(browser: Any, site: str, bundle: str) -> None:
    with tab(browser, site) as page:
        page.goto(f"{site}/en/sparql")
        page.click(".cm-content")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Ask"
        page.keyboard.press("Shift+Tab")
        assert page.evaluate("document.activeElement.className").startswith("cm-content")
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate("document.activeElement.className").startswith("cm-content")
        assert "Tab goes on to the button" in page.inner_text("#keys")
        assert page.get_attribute(".cm-content", "aria-label") == "Query in SPARQL"
        assert page.get_attribute(".cm-content", "aria-describedby") == "keys"


@pytest.mark.slow
def test_the_button_sends_what_the_editor_shows(browser: Any, site: str, bundle: str) -> None:
    with tab(browser, site) as page:
        page.goto(f"{site}/en/sparql")
        page.click(".cm-content")
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(QUERY)
        page.click("text=Ask >> nth=-1")
        page.wait_for_url("**query=**")
        assert parse_qs(urlsplit(page.url).query)["query"] == [QUERY]
        assert page.inner_text(".cm-content") == QUERY


@pytest.mark.slow
def test_words_have_colours_that_follow_the_palette(browser: Any, site: str, bundle: str) -> None:
    seen = {}
    for palette in ("light", "dark"):
        with tab(browser, site, color_scheme=palette) as page:
            page.goto(f"{site}/en/sparql")
            page.wait_for_selector(".cm-content")
            colour = "element => getComputedStyle(element).color"
            words = [
                page.locator(f".cm-line span:text-is('{word}')").first
                for word in ("SELECT", "?paper", "kg:invokesTreaty")
            ]
            seen[palette] = [word.evaluate(colour) for word in words]
            assert len({*seen[palette], page.locator(".cm-content").evaluate(colour)}) == 4
    assert not set(seen["light"]) & set(seen["dark"])
