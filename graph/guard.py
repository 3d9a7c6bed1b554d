"""Look over a SPARQL query before it runs: no calls to other hosts, nothing so deep that it could end the process.

The engine has no switch for SERVICE and LOAD, no time limit, and crashes on deep nesting; so every query text passes
here first, and queries of strangers run in a process that can be ended (`ask.py`, `askers.py`).
"""

from __future__ import annotations

import re

LONGEST = 100_000
"""Characters in a query."""
DEEPEST = 60
"""Brackets within brackets."""
MOST_OF_ONE = 400
"""How often one connective may stand in a query: the planner's work grows with the cube of it."""

_TOKEN = re.compile(
    r"""(?P<string>'''(?:[^'\\]|\\.|'(?!''))*'''|\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<comment>\#[^\n\r]*)
    |(?P<variable>[?$][A-Za-z_0-9\u00b7-\uffff]+)
    |(?P<name>[A-Za-z_\u00c0-\uffff][A-Za-z_0-9.\u00b7-\uffff-]*(?::[^\s<>"'{}()\[\],;|/^]*)?|:[^\s<>"'{}()\[\],;|/^]*)
    |(?P<sign>&&|\|\||[{}()\[\];.,|/+*!])""",
    re.VERBOSE,
)


class Refused(ValueError):
    """A query that is not run; the message says why."""


def check(query: str) -> None:
    """Raise Refused for a query that calls out, writes, or is too long, too deep or too repetitive to run safely."""
    if len(query) > LONGEST:
        raise Refused(f"the query is longer than {LONGEST:,} characters")
    if "\\u" in query.lower():
        # an escape could hide a keyword from this check
        raise Refused("the query holds a \\u escape; write the character itself")
    depth, counts = 0, dict[str, int]()
    for token in _TOKEN.finditer(query):
        sign = token["sign"] or (token["name"] or "").upper()
        if sign in ("SERVICE", "LOAD"):
            raise Refused(f"{sign} would send requests to other hosts; queries here use this graph only")
        if sign in ("INSERT", "DELETE", "DROP", "CLEAR", "CREATE", "COPY", "MOVE", "ADD"):
            raise Refused(f"{sign} would change the graph; the graph changes by building it")
        if sign in ("{", "(", "["):
            depth += 1
            if depth > DEEPEST:
                raise Refused(f"brackets are nested more than {DEEPEST} deep")
        elif sign in ("}", ")", "]"):
            depth -= 1
        if sign:
            counts[sign] = counts.get(sign, 0) + 1
            if counts[sign] > MOST_OF_ONE:
                raise Refused(f"the query has more than {MOST_OF_ONE} times {sign}")


def names_dataset(query: str) -> bool:
    """Whether a query says by FROM which graphs it is asked of."""
    return any((token["name"] or "").upper() == "FROM" for token in _TOKEN.finditer(query))
