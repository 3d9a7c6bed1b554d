"""The languages of the pages: which one a reader gets, and every text of the interface in both."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from starlette.convertors import Convertor, register_url_convertor

LANGUAGES = ("nl", "en")
"""The first is for readers whose browser asks for neither."""
_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}


class _Language(Convertor[str]):
    """The part of an address that says the language."""

    regex = "|".join(LANGUAGES)

    def convert(self, value: str) -> str:
        """The language itself."""
        return value

    def to_string(self, value: str) -> str:
        """The language itself."""
        return value


register_url_convertor("language", _Language())


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """Every text by its name, such as "search.title", with its wording in each language."""
    read = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    return {f"{part}.{name}": said for part, names in read.items() for name, said in names.items()}


class Say:
    """What the pages say in one language. `say("home.papers", 3)` chooses between one and more, and writes the number."""

    def __init__(self, language: str) -> None:
        """Raises KeyError for a language that the pages do not speak."""
        self.language = language
        self.other = {"nl": "en", "en": "nl"}[language]

    def __call__(self, name: str, number: int | None = None, /, **values: object) -> str:
        """The text of a name, with values in its places. Raises KeyError for a name that is not in the list."""
        text = texts()[name][self.language]
        if number is not None:
            one, bar, more = text.partition(" | ")
            text = one if number == 1 or not bar else more
        return text.format(**values, n="" if number is None else self.number(number)) if "{" in text else text

    def maybe(self, name: str, otherwise: str) -> str:
        """The text of a name, or something else where the list has none."""
        return texts()[name][self.language] if name in texts() else otherwise

    def number(self, number: int) -> str:
        """A number as people write it: 12.345 or 12,345."""
        written = f"{number:,}"
        return written.replace(",", ".") if self.language == "nl" else written

    def share(self, part: float) -> str:
        """A share of one as a percentage: 97% (Dutch: 97%)."""
        return f"{100 * part:.0f}%"

    def day(self, iso: str) -> str:
        """A day such as "2026-03-02" as people write it; what is no day stays as it is."""
        try:
            day = date.fromisoformat(iso)
        except ValueError:
            return iso
        return f"{day.day} {_MONTHS[self.language][day.month - 1]} {day.year}"


def preferred(accepted: str) -> str:
    """The language that a browser asks for most (its Accept-Language), of those that the pages speak."""
    wanted: list[tuple[float, str]] = []
    for each in accepted.split(","):
        name, _, quality = each.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        if weight > 0 and (language := name.strip().lower().partition("-")[0]) in LANGUAGES:
            wanted.append((weight, language))
    return max(wanted, key=lambda pair: pair[0])[1] if wanted else LANGUAGES[0]
