"""Write triples as N-Triples text: the fastest way into the store, and safe against any text a document may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ontology.terms import PREFIXES

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\x0c": "\\f", "\x08": "\\b"}
_XSD = PREFIXES["xsd"]
_ESCAPED = re.compile(r'["\\\n\r\t\x0c\x08]')


@cache
def term(name: str) -> str:
    """The N-Triples form of a prefixed name: "kg:cites" -> "<https://...#cites>". Raises KeyError for an unknown prefix."""
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def quads(graph: str, lines: Iterable[str]) -> str:
    """Lines of N-Triples as N-Quads of a named graph, each with its line end."""
    # a literal holds no line end, so that this is the end of a line and nothing else
    return ("\n".join(lines) + "\n").replace(" .\n", f" {node(graph)} .\n")


def literal(text: str, language: str = "") -> str:
    """A string, with its language where it has one."""
    if _ESCAPED.search(text):
        text = _ESCAPED.sub(lambda match: _ESCAPES[match.group()], text)
    quoted = f'"{text}"'
    return f"{quoted}@{language}" if language else quoted


def typed(value: str | int | float, datatype: str) -> str:
    """A value of an XSD type, such as "2026-03-02" of the type "date"."""
    return f'"{value}"^^<{_XSD}{datatype}>'


def node(iri: str) -> str:
    """An address in angle brackets. It must be valid: made here, or checked when the mention was resolved."""
    return f"<{iri}>"
