"""What surrounds every page: language, headers, hosts, errors, and the command that starts it all."""

import http.client
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import ENVIRONMENT, ROOT
from hypothesis import given
from hypothesis import strategies as st

from exports.explorer.pages import STATIC, TEMPLATES
from exports.explorer.words import LANGUAGES, Say, preferred, texts


def ask(site: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    """A request as it stands, without following anything: status, headers in small letters, text."""
    talk = http.client.HTTPConnection(urlsplit(site).netloc, timeout=20)
    talk.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = talk.getresponse()
    told = {name.lower(): value for name, value in answer.getheaders()}
    text = answer.read().decode("utf-8")
    talk.close()
    return answer.status, told, text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "nl"),
        ("de", "nl"),
        ("en-GB,nl;q=0.5", "en"),
        ("nl;q=0.2, en;q=0.1", "nl"),
        ("en;q=0", "nl"),
        ("en;q=x", "nl"),
    ],
)
def test_an_address_without_a_language_leads_to_the_one_of_the_reader(site: str, accepted: str, language: str) -> None:
    status, headers, _ = ask(site, "/search?q=npt%26", Accept_Language=accepted)
    assert (status, headers["location"]) == (307, f"/{language}/search?q=npt%26")
    assert headers["vary"] == "Accept-Language"


@pytest.mark.parametrize(("accepted", "language"), [("en-GB,nl;q=0.5", "en"), ("nl", "nl"), ("", "nl")])
def test_a_browser_at_the_endpoint_comes_to_the_page_in_its_own_language(
    site: str, accepted: str, language: str
) -> None:
    status, headers, _ = ask(site, "/sparql", Accept="text/html,*/*;q=0.8", Accept_Language=accepted)
    assert (status, headers["location"]) == (303, f"/{language}/sparql")
    assert {"Accept", "Accept-Language"} <= set(headers["vary"].split(", "))
    assert "Accept-Language" not in ask(site, "/sparql?query=ASK%7B%7D", Accept_Language=accepted)[1]["vary"]


@given(st.text())
def test_any_wish_of_a_browser_gives_a_language(accepted: str) -> None:
    assert preferred(accepted) in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_speaks_the_language_of_its_address(site: str, language: str) -> None:
    status, _, text = ask(site, f"/{language}/", Accept_Language="nl" if language == "en" else "en")
    assert status == 200
    assert f'<html lang="{language}">' in text
    assert Say(language)("home.title") in text
    assert f'href="/{Say(language).other}/"' in text


@pytest.mark.parametrize("path", ["/nl/", "/nl/none", "/static/style.css", "/", "/static/none"])
def test_every_answer_forbids_what_is_not_ours(site: str, path: str) -> None:
    _, headers, _ = ask(site, path)
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")


def test_a_name_that_is_not_ours_is_refused(site: str) -> None:
    assert ask(site, "/nl/", Host="evil.example")[0] == 400
    assert ask(site, "/nl/", Host="localhost")[0] == 200


@pytest.mark.parametrize("path", ["/nl/none", "/en/none/../x", "/nl/%00", "/nl//", "/en/doc"])
def test_what_is_not_there_is_said_in_a_page(site: str, path: str) -> None:
    status, headers, text = ask(site, path)
    assert (status, headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert Say(path[1:3])("error.missing") in text


@pytest.mark.parametrize("path", ["//evil.example/x", "/%2F%2Fevil.example", "/\\evil.example", "/nl", "/enx%0d"])
def test_nobody_is_led_to_another_host(site: str, path: str) -> None:
    status, headers, _ = ask(site, path)
    assert status in (307, 404)
    assert re.match(r"/(nl|en)/", headers.get("location", "/nl/"))
    assert "set-cookie" not in ask(site, "/en%0d%0aSet-Cookie:x")[1]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(site: str, method: str) -> None:
    assert ask(site, "/nl/", method)[0] == 405


def test_files_outside_the_folder_are_not_served(site: str) -> None:
    for path in ("/static/../home.html.j2", "/static/%2e%2e/home.html.j2", "/static//etc/passwd"):
        assert ask(site, path)[0] in (404, 307)


# ---- the texts


def test_every_text_is_there_in_both_languages() -> None:
    for name, said in texts().items():
        assert set(said) == set(LANGUAGES), name
        places = [sorted(re.findall(r"{(\w*)}", text)) for text in said.values()]
        assert places[0] == places[1] or " | " in said["nl"], name
        assert all(text == text.strip() and text for text in said.values()), name


def test_every_text_that_a_page_asks_for_is_there() -> None:
    modules = [path for path in (ROOT / "exports/explorer").glob("*.py") if path.name != "words.py"]
    for path in [*TEMPLATES.rglob("*.j2"), *modules]:
        for name in re.findall(r'\bsay\("([\w.-]+)"[,)]', path.read_text("utf-8")):
            assert name in texts(), f"{path.name} says {name}"


def test_every_text_is_asked_for() -> None:
    """By its name, or by the first half of it where the second comes from the graph."""
    paths = [*TEMPLATES.rglob("*.j2"), *(ROOT / "exports/explorer").glob("*.py")]
    written = "".join(path.read_text("utf-8") for path in paths)
    halves = set(re.findall(r"""["'](\w+)\.(?:["']|{)""", written))
    assert [name for name in texts() if name not in written and name.partition(".")[0] not in halves] == []


def test_numbers_and_days_are_written_as_people_do() -> None:
    dutch, english = Say("nl"), Say("en")
    assert (dutch.number(1234567), english.number(1234567)) == ("1.234.567", "1,234,567")
    assert (dutch.day("2026-03-02"), english.day("2026-03-02"), dutch.day("?")) == ("2 maart 2026", "2 March 2026", "?")


def test_no_template_holds_script_or_style_of_its_own() -> None:
    for path in TEMPLATES.rglob("*.j2"):
        text = path.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\bsrc=)|\|\s*safe\b", text), path.name


# ---- the palettes


def luminance(colour: str) -> float:
    """Relative luminance (WCAG) of `#rgb` or `#rrggbb`."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", [0, 1], ids=["light", "dark"])
def test_text_stands_out_from_what_lies_behind_it(palette: int) -> None:
    blocks = re.findall(r":root {(.*?)}", (STATIC / "style.css").read_text("utf-8"), re.DOTALL)
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]+);", blocks[palette]))
    for ink in ("ink", "soft", "accent", "warn", "papers", "parts", "law", "people", "outside", "other"):
        for ground in ("paper", "wash", "here"):
            one, other = sorted((luminance(colours[ink]), luminance(colours[ground])))
            if ground != "here" or ink == "ink":
                assert (other + 0.05) / (one + 0.05) >= 4.5, f"{ink} on {ground}"


# ---- the command


def serve(store: Path, *words: str, **variables: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "exports.cli", "serve", "--store", str(store), *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=ENVIRONMENT | variables, stderr=pipe, stdout=pipe, text=True)


@pytest.mark.slow
def test_the_command_says_where_the_pages_are(built: Path) -> None:
    with serve(built, "--port", "0") as process:
        try:
            assert process.stderr is not None
            said = re.search(r"http://[\d.:]+", process.stderr.readline())
            assert said
            assert ask(said[0], "/nl/")[0] == 200
        finally:
            process.terminate()


@pytest.mark.slow
def test_the_encoding_of_the_system_does_not_matter(built: Path, tmp_path: Path) -> None:
    """Files are read and the index is made in UTF-8, whatever the locale (here ASCII, less than cp1252) and the terminal want."""
    store = shutil.copytree(built, tmp_path / "store", ignore=shutil.ignore_patterns("index.sqlite*"))
    strange = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "PYTHONIOENCODING": "cp1252"}
    with serve(store, "--port", "0", **strange) as process:
        try:
            assert process.stderr is not None
            said = re.search(r"http://[\d.:]+", process.stderr.readline())
            assert said
            _, _, found = ask(said[0], "/nl/search?q=yesil")
            assert "Yeşilgöz" in found
            _, _, answer = ask(said[0], "/sparql?query=SELECT%20%28%22Ye%C5%9Filg%C3%B6z%22%20AS%20%3Fname%29%20%7B%7D")
            assert "Yeşilgöz" in answer
            for path in (
                "/nl/",
                "/en/questions",
                "/nl/sparql",
                "/en/quality",
                "/nl/wanted?format=csv",
                "/static/style.css",
            ):
                assert ask(said[0], path)[0] == 200, path
        finally:
            process.terminate()


@pytest.mark.slow
def test_a_port_in_use_and_a_folder_without_a_graph_are_named(built: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        _, told = serve(built, "--port", port).communicate(timeout=30)
        assert f"cannot listen on 127.0.0.1, port {port}" in told
    process = serve(tmp_path, "--port", "0")
    _, told = process.communicate(timeout=30)
    assert (process.returncode, "there is no graph in" in told) == (1, True)


@pytest.mark.slow
def test_pages_of_other_sites_read_the_endpoint_only_when_that_is_said(built: Path) -> None:
    for words, allowed in (((), None), (("--cors", "https://example.org"), "https://example.org")):
        with serve(built, "--port", "0", *words) as process:
            try:
                assert process.stderr is not None
                said = re.search(r"http://[\d.:]+", process.stderr.readline())
                assert said
                _, headers, _ = ask(said[0], "/sparql?query=ASK%7B%7D", Origin="https://example.org")
                assert headers.get("access-control-allow-origin") == allowed
                assert headers["cross-origin-resource-policy"] == ("cross-origin" if allowed else "same-origin")
            finally:
                process.terminate()


@pytest.mark.parametrize("site", ["example.org", "https://example.org/page", "null", ""])
def test_a_site_that_is_no_origin_is_refused(tmp_path: Path, site: str) -> None:
    process = serve(tmp_path, "--port", "0", "--cors", site)
    _, told = process.communicate(timeout=30)
    assert (process.returncode, "no origin" in told) == (2, True)
