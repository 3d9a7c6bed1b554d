"""The named queries: files in `queries/`, each a SPARQL query that runs as it stands.

The first comment line is the title, the second says what it is for. A line that ends in a comment such as

    VALUES ?treaty { <https://w3id.org/kamergraaf/treaty/npt> }  # set treaty (treaty, as NPV): a treaty

holds the default of a parameter, its type and an example, and says what it is; `--set treaty=...` replaces the default. Types are
`date`, `year`, `vergaderjaar`, `text` and, for a default that is an IRI, the kinds of entity that it may be, with "or" between
them; `publication` stands for all kinds of published papers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

if TYPE_CHECKING:
    from graph.lookup import Entity

FOLDER = Path(__file__).parent / "queries"
_PARAMETER = re.compile(
    r'^(?P<before>.*?)(?:(?P<text>"(?:[^"\\]|\\.)*")|<(?P<iri>[^<>"\s]+)>)(?P<after>[^"<>\n]*)'
    r"# set (?P<name>[a-z]+) \((?P<type>[a-z -]+), as (?P<example>[^()]+)\): (?P<says>.+)$",
    re.MULTILINE,
)
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_PARLIAMENTARY_YEAR = re.compile(r"([12]\d{3})\s?[-/–]?\s?(\d{4}|\d\d)", re.ASCII)
_PUBLICATIONS = (
    "paper", "kamerstuk", "dossier", "zaak", "document", "aanhangsel", "handelingen", "bijlage", "toezegging", "staatsblad",
    "tractatenblad", "staatscourant", "publicatieblad", "ecli", "eu-act", "un-resolution",
)  # fmt: skip
"""The kinds that the type `publication` stands for."""
_EXPECTED = {
    "date": "a date as YYYY-MM-DD",
    "year": "a year of four digits",
    "vergaderjaar": "a parliamentary year as YYYY-YYYY",
}
Find = Callable[[str, Collection[str]], "Entity"]
"""Find the entity of some kinds that a name means. Raises graph.lookup.UnknownName."""


class NoSuchQuery(KeyError):
    """No query, or no parameter of a query, has that name; the message lists those that there are."""

    def __str__(self) -> str:
        """The message without the quotes that KeyError puts around it."""
        return str(self.args[0])


class WrongValue(ValueError):
    """A value is not of the type of its parameter; the message says what is expected."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value of a query that can be set: `type` as in the query, `kinds` those of an entity, an example, what it is."""

    name: str
    type: str
    example: str
    says: str
    default: str
    kinds: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The default as a person would write it; empty for none."""
        return self.example if self.kinds else self.default

    @property
    def expected(self) -> str:
        """Return in words what a value must be."""
        if self.kinds:
            *most, last = self.type.split(" or ")
            kinds = f"{', '.join(most)} or {last}" if most else last
            return f"the name, number or IRI of {'an' if kinds[0] in 'aeiou' else 'a'} {kinds}"
        return _EXPECTED.get(self.type, "a text")

    def parse(self, words: str, find: Find) -> str:
        """Read what a person writes for it: the IRI of an entity, or the value as the query has it.

        Raises WrongValue for what is not of its type, and graph.lookup.UnknownName for a name that no or several entities have.
        """
        words = " ".join(words.split())
        if not words and not self.default:
            return ""
        if self.kinds and words:
            return find(words, self.kinds).iri
        value = _PARSE.get(self.type, _text)(words)
        if not value:
            raise WrongValue(f'{self.name}: "{words}" is not {self.expected}, such as {self.example}')
        return value


def _text(words: str) -> str:
    return words


def _date(words: str) -> str:
    try:
        return date.fromisoformat(words).isoformat() if len(words) == len("YYYY-MM-DD") else ""
    except ValueError:
        return ""


def _year(words: str) -> str:
    return words if _YEAR.fullmatch(words) else ""


def _parliamentary_year(words: str) -> str:
    found = _PARLIAMENTARY_YEAR.fullmatch(words)
    if not found:
        return ""
    first, last = int(found[1]), found[2]
    return f"{first}-{first + 1}" if str(first + 1).endswith(last) else ""


_PARSE = {"date": _date, "year": _year, "vergaderjaar": _parliamentary_year}


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with its name, its title, what it is for, its parameters by name, and its text."""

    name: str
    title: str
    says: str
    parameters: Mapping[str, Parameter]
    text: str

    @property
    def example(self) -> str:
        """A command that runs the query, with its first parameter set."""
        first = next(iter(self.parameters.values()), None)
        value = f"'{first.example}'" if first and " " in first.example else first.example if first else ""
        return f"kamergraaf query {self.name}" + (f" --set {first.name}={value}" if first else "")

    def parse(self, words: Mapping[str, str], find: Find) -> dict[str, str]:
        """Read what a person writes for the parameters; gives the values for `filled`.

        Raises NoSuchQuery for a parameter that it does not have, WrongValue, and graph.lookup.UnknownName.
        """
        self._check(words)
        return {name: self.parameters[name].parse(each, find) for name, each in words.items()}

    def filled(self, values: Mapping[str, str]) -> str:
        """The text with values in place of defaults, IRIs for entities.

        Raises NoSuchQuery for a parameter that it does not have, and WrongValue for an IRI that is none.
        """
        self._check(values)

        def fill(match: re.Match[str]) -> str:
            value = values.get(match["name"])
            if value is None:
                return match[0].removesuffix(_comment(match)).rstrip()
            # the engine's own writer quotes the value, so that it cannot end the term and go on as query
            try:
                term = pyoxigraph.Literal(value) if match["iri"] is None else pyoxigraph.NamedNode(value)
            except ValueError as error:
                raise WrongValue(f"{match['name']}: {value!r} is no IRI ({error})") from error
            return f"{match['before']}{term}{match['after'].rstrip()}"

        return _PARAMETER.sub(fill, self.text)

    def _check(self, names: Collection[str]) -> None:
        for name in names:
            if name not in self.parameters:
                known = ", ".join(self.parameters) or "none"
                raise NoSuchQuery(f'query "{self.name}" has no parameter "{name}"; it has: {known}')


def _kinds(written: str) -> tuple[str, ...]:
    kinds = written.split(" or ")
    return tuple(kind for each in kinds for kind in (_PUBLICATIONS if each == "publication" else (each,)))


def _comment(match: re.Match[str]) -> str:
    return match[0][match.end("after") - match.start() :]


def all_queries() -> tuple[NamedQuery, ...]:
    """All named queries in the order of their names."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.rq")))


def query(name: str) -> NamedQuery:
    """The query of that name. Raises NoSuchQuery."""
    found = {each.name: each for each in all_queries()}
    if name not in found:
        near = get_close_matches(name, found, 3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(found)}"
        raise NoSuchQuery(f'there is no query "{name}"; {hint}')
    return found[name]


def _read(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    lines = [line.removeprefix("#").strip() for line in text.splitlines()[:2]]
    parameters = {}
    for match in _PARAMETER.finditer(text):
        iri = match["iri"]
        parameters[match["name"]] = Parameter(
            match["name"],
            match["type"],
            match["example"],
            match["says"],
            match["text"][1:-1] if iri is None else iri,
            _kinds(match["type"]) if iri is not None else (),
        )
    return NamedQuery(path.stem, lines[0], lines[1], parameters, text)
