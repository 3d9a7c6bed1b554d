"""Readers who say what is right and wrong: kept in a file, from pages of ours only, whole, and obeyed by the next build."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from conftest import SAMPLES, serving
from looking import LOOKS, SCRIPT, Page, check, tab
from serving import Got, Requests

from exports.explorer.noted import Noted
from graph import Graph
from graph.corrections import Correction, CorrectionsError, address_of, read
from graph.model import Span

PAPER = "https://zoek.officielebekendmakingen.nl/ah-tk-20252026-2406"
READER = "/doc/ob/ah-tk-20252026-2406"
KST = "https://zoek.officielebekendmakingen.nl/kst-33279-40"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Served:
    """A server that takes corrections, the folder of its graph, the file."""

    site: str
    store: Path
    file: Path

    @property
    def requests(self) -> Requests:
        return Requests(urlsplit(self.site).port or 0)

    def get(self, place: str) -> str:
        return self.requests.request("GET", place).body.decode()

    def form(self, kind: str = "kamerstuk", place: str = f"/nl{READER}") -> dict[str, str]:
        """What the first form about a reference of that kind holds."""
        forms = re.findall(r"<form method=\"post\".*?</form>", self.get(place), re.DOTALL)
        found = next(each for each in forms if f'-{kind}"' in each)
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', found))

    def post(self, told: dict[str, str], **headers: str) -> Got:
        return self.requests.request("POST", "/nl/judge", urlencode(told).encode(), Content_Type=FORM, **headers)


@pytest.fixture
def served(built: Path, tmp_path: Path) -> Iterator[Served]:
    store, file = Path(shutil.copytree(built, tmp_path / "store")), tmp_path / "own.ttl"
    with serving(store, corrections=file) as site:
        yield Served(site, store, file)


def test_without_a_file_nothing_can_be_noted(site: str) -> None:
    requests = Requests(urlsplit(site).port or 0)
    for place in (f"/nl{READER}", "/nl/quality", "/nl/quality/mentions?rule=stated"):
        page = Page(requests.request("GET", place).body.decode())
        assert page.tags.count("form") == 1, "the box for searching"
        assert not any(href.endswith("corrections.ttl") for href, _ in page.links)
    assert requests.request("POST", "/nl/judge", b"verdict=wrong", Content_Type=FORM).status == 404
    assert requests.request("GET", "/nl/corrections.ttl").status == 404


@pytest.mark.parametrize(
    ("verdict", "meant", "kept"),
    [
        ("right", "", ""),
        ("wrong", "", ""),
        ("other", "Kamerstuk 33 279, nr. 41", "kst-33279-41"),
        ("other", "NPV", "npt"),
        (
            "other",
            "https://w3id.org/kamergraaf/person/berendsen_tbw",
            "https://w3id.org/kamergraaf/person/berendsen_tbw",
        ),
    ],
)
def test_what_a_form_says_is_kept_in_the_file(served: Served, verdict: str, meant: str, kept: str) -> None:
    told = served.form()
    got = served.post(told | {"verdict": verdict, "meant": meant, "who": "A. Lezer", "why": "een  tikfout"})
    assert got.status == 303
    assert got.headers["location"].startswith(f"/nl{READER}#judge-")
    (made,) = read(served.file)
    assert (made.paper, made.kind, made.claimed, made.verdict, made.meant, made.who, made.why) == (
        PAPER, "kamerstuk", told["claimed"], verdict, kept, "A. Lezer", "een tikfout",
    )  # fmt: skip
    with Graph.open(served.store) as graph:
        text = graph.store.text(PAPER)
    around = f"{made.before}{made.quote}{made.after}"
    assert text[made.span.start - len(made.before) :].startswith(around)
    assert served.requests.request("GET", "/nl/corrections.ttl").body == served.file.read_bytes()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"verdict": "other", "meant": "zomaar wat"}, "niet te lezen"),
        ({"verdict": "other"}, "niet te lezen"),
        ({"verdict": "wrong", "meant": "kst-33279-41"}, "Kies wat u wilt zeggen"),
        ({"verdict": ""}, "Kies wat u wilt zeggen"),
        ({"verdict": "wrong", "who": "x" * 301}, "te lang"),
        ({"verdict": "wrong", "why": "x" * 301}, "te lang"),
        ({"verdict": "wrong", "who": "a\u202eb"}, "tekens die niet te zien zijn"),
        ({"verdict": "wrong", "claimed": "https://example.org/other"}, "leest hier nu iets anders"),
    ],
)
def test_what_cannot_be_noted_comes_back_with_the_reason(served: Served, change: dict[str, str], says: str) -> None:
    got = served.post(served.form() | {"who": SCRIPT, "why": SCRIPT} | change)
    page = got.body.decode()
    assert (got.status, served.file.exists()) == (422, False)
    assert says in page
    assert SCRIPT not in page
    assert Page(page).link("Terug zonder te noteren") == f"/nl{READER}"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Sec_Fetch_Site": "same-origin", "Origin": "https://evil.example"},
    ],
)
def test_pages_of_others_can_note_nothing(served: Served, headers: dict[str, str]) -> None:
    told = served.form() | {"verdict": "wrong"}
    assert served.post(told, **headers).status == 403
    assert not served.file.exists()


def test_only_a_form_with_the_token_to_our_own_name_is_taken(served: Served) -> None:
    told = served.form() | {"verdict": "wrong"}
    for wrong in ("", "x", told["token"][:-1], "é"):
        assert served.post(told | {"token": wrong}).status == 403
    assert served.post(told, Host="evil.example").status == 400
    assert served.post(told | {"paper": "https://example.org/none"}).status == 404
    assert served.post(told | {"mention": "m-0-1-zaak"}).status == 404
    assert served.requests.request("GET", "/nl/judge").status == 405
    assert not served.file.exists()
    own = {"Origin": served.site, "Sec_Fetch_Site": "same-origin"}
    # a way back that leads elsewhere is not followed
    for back in ("https://evil.example/", "//evil.example/", "/nl\\@evil", "javascript:alert(1)", ""):
        got = served.post(told | {"back": back}, **own)
        assert got.status == 303
        assert got.headers["location"].startswith(f"/nl{READER}#")


def test_a_second_thought_counts_and_can_bring_back_what_was_claimed(served: Served) -> None:
    told = served.form()
    for verdict in ("wrong", "right"):
        assert served.post(told | {"verdict": verdict}).status == 303
    noted = Noted(served.file)
    assert [each.verdict for each in read(served.file)] == ["wrong", "right"]
    assert [each.verdict for each in noted.corrections()] == ["right"]
    page = served.get(f"/en{READER}")
    assert "this is right. This takes effect when the graph is built next." in " ".join(Page(page).words.split())


def correction(number: int) -> Correction:
    made = datetime(2026, 3, 2, 10, 0, number, tzinfo=UTC)
    span = Span(number, number + 1)
    return Correction(
        address_of(PAPER, span, "zaak", made, ""), PAPER, span, "x", "", "", "zaak", "", "wrong", "", made
    )


def test_many_at_once_lose_nothing_and_what_else_is_in_the_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(
        "# een eigen opmerking\n<https://example.org/a> <https://example.org/b> <https://example.org/c> .", "utf-8"
    )
    with pytest.raises(CorrectionsError, match="no correction in it"):
        Noted(file)
    file.write_text("# een eigen opmerking", "utf-8")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: Noted(file).add(correction(number)), range(24)))
    assert {each.span.start for each in read(file)} == set(range(24))
    assert file.read_text("utf-8").startswith("# een eigen opmerking\n")
    assert sorted(each.name for each in tmp_path.iterdir()) == [".own.ttl.lock", "own.ttl"]


def test_a_file_that_breaks_is_said_and_left_as_it_is(served: Served) -> None:
    told = served.form() | {"verdict": "wrong"}
    served.file.write_text("<a", "utf-8")
    assert "Corrigeren kan nu niet" in served.get(f"/nl{READER}")
    got = served.post(told)
    assert (got.status, served.file.read_text("utf-8")) == (422, "<a")
    assert "kon niet worden bijgewerkt" in got.body.decode()
    with pytest.raises(CorrectionsError, match=r"own\.ttl, line 1"):
        Noted(served.file)
    with pytest.raises(CorrectionsError, match="cannot be written"):
        Noted(served.file.parent / "none" / "own.ttl")


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_from_a_reference_to_the_next_build_and_back(browser: Any, served: Served, scripts: bool) -> None:
    with tab(browser, served.site, java_script_enabled=scripts) as page:
        page.goto(f"{served.site}/en{READER}")
        entry = page.locator(".entry", has_text="Kamerstuk 33279, nr. 40").first
        entry.locator("summary").click()
        entry.get_by_label("Something else is meant").check()
        entry.get_by_label("What is meant").fill("33279, nr. 41")
        entry.get_by_label("Your name").fill("A. Lezer")
        entry.get_by_role("button").click()
        noted = page.locator(".judge:target .judged")
        assert noted.inner_text().endswith(
            "A. Lezer: what is meant is kst-33279-41. This takes effect when the graph is built next."
        )
        with Graph.open(served.store, write=True) as graph:
            assert graph.build([SAMPLES], corrections=served.file).corrected == {"other": 1}
        for _ in range(100):
            page.reload()
            if "The graph obeys this" in page.locator("#references").inner_text():
                break
            page.wait_for_timeout(100)
        corrected = page.locator(".entry", has_text="The graph obeys this")
        assert "Kamerstuk 33279, nr. 41" in corrected.inner_text()
        assert "A person said what the words mean. Confidence 100%." in corrected.inner_text()
        page.goto(f"{served.site}/en/quality/mentions?rule=corrected")
        assert page.locator("main").inner_text().count("The graph obeys this") == 1
        # nothing but the reference is an edge of the paper
        page.goto(f"{served.site}/en/id/ob/kst-33279-40")
        assert "claimed" not in page.locator("main").inner_text()


@pytest.mark.slow
@pytest.mark.parametrize(("language", "settings"), LOOKS)
def test_everybody_can_use_the_forms(
    browser: Any, served: Served, axe: str, language: str, settings: dict[str, Any]
) -> None:
    with tab(browser, served.site, **settings) as page:
        for place in (READER, "/quality", "/quality/mentions?rule=stated", "/quality/mentions"):
            page.goto(f"{served.site}/{language}{place}")
            for each in page.locator(".judge summary").all()[:3]:
                each.click()
            check(page, axe, place)
        page.goto(f"{served.site}/{language}{READER}")
        page.locator(".judge summary").first.click()
        page.locator(".judge input[value=wrong]").first.check()
        page.locator(".judge button").first.click()
        page.locator(".judge:target .judged").wait_for()
        check(page, axe, "noted")
