"""The named queries: files in `queries/`, each a SPARQL query that runs as it stands.

The first comment line is the title, the second says what it is for. A line that ends in `# set NAME: what it is` holds a
default value, which `--set NAME=value` replaces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

FOLDER = Path(__file__).parent / "queries"
_SLOT = re.compile(
    r'^(?P<before>.*?)(?P<value>"(?:[^"\\]|\\.)*")(?P<after>[^"\n]*)# set (?P<name>[a-z]+): (?P<says>.+)$', re.MULTILINE
)


class NoSuchQuery(KeyError):
    """No query has that name; the message lists those that there are."""

    def __str__(self) -> str:
        """The message without the quotes that KeyError puts around it."""
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with its name, its title, what it is for, its slots (name to default and meaning), and its text."""

    name: str
    title: str
    says: str
    slots: Mapping[str, tuple[str, str]]
    text: str

    def filled(self, values: Mapping[str, str]) -> str:
        """The text with values in the slots. Raises NoSuchQuery for a slot that it does not have."""
        for name in values:
            if name not in self.slots:
                known = ", ".join(self.slots) or "none"
                raise NoSuchQuery(f'the query "{self.name}" has no value "{name}" to set (it has: {known})')

        def fill(match: re.Match[str]) -> str:
            value = values.get(match["name"])
            # the engine's own writer quotes the value, so that it cannot end the string and go on as query
            quoted = match["value"] if value is None else str(pyoxigraph.Literal(value))
            return match["before"] + quoted + match["after"]

        return _SLOT.sub(fill, self.text)


def all_queries() -> tuple[NamedQuery, ...]:
    """All named queries in the order of their names."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.rq")))


def query(name: str) -> NamedQuery:
    """The query of that name. Raises NoSuchQuery."""
    found = {each.name: each for each in all_queries()}
    if name not in found:
        raise NoSuchQuery(f'there is no query "{name}"; there are: {", ".join(found)}')
    return found[name]


def _read(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    lines = [line.removeprefix("#").strip() for line in text.splitlines()[:2]]
    slots = {match["name"]: (match["value"][1:-1], match["says"]) for match in _SLOT.finditer(text)}
    return NamedQuery(path.stem, lines[0], lines[1], slots, text)
