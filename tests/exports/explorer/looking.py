"""What the tests of pages share: a page as a reader without scripts gets it, and papers that try to be markup."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from itertools import product
from typing import Any

import pytest

SCRIPT = "</script><script>window.harm=1</script>"
IMAGE = '<img src=x onerror="window.harm=2">\'"&'
HOSTILE = f"""AH 2407
2026Z12036

Antwoord van minister Berendsen (Buitenlandse Zaken) (ontvangen 29 juni 2026)

Vraag 1

Kent u {SCRIPT} en {IMAGE} in Kamerstuk 33279-40?{{{{ 7*7 }}}}

Antwoord

Zie https://evil.example/"><script>window.harm=3</script> en motie-{SCRIPT}. Het NPV </article></main> geldt. Zie het antwoord op vraag 2.¹

Vraag 2

Zie https://evil.example/x#deel-2 ook. Kent u javascript:alert(1) en https://evil.example/x"onmouseover="window.harm=4 ook?

Antwoord

Ja, {IMAGE} de brief d.d. 2 maart jl. (Kamerstuk 33279-40) noemt {SCRIPT} en de motie-Van Nispen {IMAGE}.

¹ {SCRIPT} Kamerstuk 33279-41 {IMAGE}
"""
LONG = "Aan de Voorzitter\n\nDen Haag, 3 maart 2025\n\n" + "\n\n".join(
    f"Alinea {number} over het NPV, Kamerstuk 33279-{number} en artikel {number} van de Wet open overheid. "
    + "Woorden. " * 30
    for number in range(1, 400)
)


_SETTINGS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True},
}
_FIRST = {"nl-light", "en-dark", "nl-phone"}
"""Each language and each setting at least once; the other pairs are for those who have time."""
LOOKS = tuple(
    pytest.param(language, _SETTINGS[setting], id=name, marks=() if name in _FIRST else pytest.mark.torture)
    for language, setting in product(("nl", "en"), _SETTINGS)
    for name in [f"{language}-{setting}"]
)
"""In which language and how a reader sees a page: for parameters `language` and `settings`, of which all are run by `make torture`."""


class Page(HTMLParser):
    """A page: its title, its text, the text of `#text`, its links with their words, its ids."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.words, self.article, self.tags = "", "", list[str]()
        self._inside = 0
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append(tag)
        if "id" in told:
            self.ids.append(told["id"] or "")
        if tag == "article":
            self._inside = told.get("id") == "text"
        if tag == "a":
            self.links.append((told.get("href") or "", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._inside = False

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._inside:
            self.article += data
        if self.links and not self.links[-1][1]:
            self.links[-1] = (self.links[-1][0], data.strip())

    def link(self, words: str) -> str:
        """Where the first link of these words leads. Raises StopIteration."""
        return next(href for href, said in self.links if said == words)


@contextmanager
def tab(browser: Any, site: str, **settings: Any) -> Iterator[Any]:
    """A page in the browser that may ask nothing of others, show no dialog and report no fault but a missing page."""
    context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | settings))
    page, faults = context.new_page(), list[str]()
    page.on("dialog", lambda dialog: (faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(site) else faults.append(f"asked {request.url}"))
    page.on(
        "console",
        lambda told: faults.append(told.text) if told.type in ("error", "warning") and "404" not in told.text else None,
    )
    yield page
    page.wait_for_timeout(20)
    if settings.get("java_script_enabled", True):
        assert page.evaluate("window.harm ?? null") is None
    context.close()
    assert faults == []


def check(page: Any, axe: str, place: str) -> None:
    """See that everybody can use a page that is open: axe-core finds nothing, and nothing is wider than the screen."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    told = [(each["id"], each["nodes"][0]["html"][:200], each["nodes"][0].get("failureSummary", "")) for each in found]
    assert told == [], place
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
