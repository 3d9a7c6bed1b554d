"""Look over a SPARQL query before it runs: no calls to other hosts, nothing so deep that it could end the process.

The engine has no switch for SERVICE and LOAD, no time limit, and crashes on deep nesting; so every query text passes
here first, and queries of strangers run in a process that can be ended (`ask.py`, `askers.py`).
"""

from __future__ import annotations

import re

from graph.tokens import TOKEN

LONGEST = 100_000
"""Characters in a query."""
DEEPEST = 60
"""Brackets within brackets."""
MOST_OF_ONE = 400
"""How often one connective may stand in a query: the planner's work grows with the cube of it."""

_CALL = re.compile("service", re.IGNORECASE)
_ENDS = re.compile(r"[)#']")


class Refused(ValueError):
    """A query that is not run; the message says why."""


def check(query: str) -> None:
    """Raise Refused for a query that calls out, writes, or is too long, too deep or too repetitive to run safely."""
    if len(query) > LONGEST:
        raise Refused(f"the query is longer than {LONGEST:,} characters")
    if "\\u" in query.lower():
        # an escape could hide a keyword from this check
        raise Refused("the query holds a \\u escape; write the character itself")
    if _calls(query):
        raise Refused(
            "SERVICE would send requests to other hosts; queries here use this graph only, and no prefix holds that word"
        )
    depth, counts = 0, dict[str, int]()
    for token in TOKEN.finditer(query):
        sign = token["sign"] or (token["word"] or "").upper()
        if sign == "LOAD":
            raise Refused("LOAD would send requests to other hosts; queries here use this graph only")
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


def _calls(query: str) -> bool:
    """Whether a query may call another host, in any way in which it can be read.

    An engine knows from what stands before whether "<" begins an address or is less than. Here both are followed up: within what
    could be an address, an expression can end, and a comment or a string can begin, but nothing can be called before that. An
    engine also needs no blank between a number, a word or a dot and a keyword, and splits a name that it cannot make an address of.
    """
    if not _CALL.search(query):
        return False
    starts, seen = [0], set[int]()
    while starts:
        at = starts.pop()
        while at < len(query) and at not in seen:
            seen.add(at)
            if query[at] == "#":
                ends = [end for end in (query.find("\n", at), query.find("\r", at)) if end >= 0]
                at = min(ends, default=len(query))
                continue
            token = TOKEN.match(query, at)
            if token is None:
                at += 1
                continue
            if token["iri"] and (end := _ENDS.search(query, at, token.end())):
                starts.append(end.start())
            if _CALL.search(token["word"] or token["prefix"] or ""):
                return True
            if _CALL.match(token["local"] or "") and _opens(query, token.end()):
                return True
            at = token.end()
    return False


def _opens(query: str, at: int) -> bool:
    """Whether a group opens at a place, or behind one term there, as behind the name of a service."""
    terms = 0
    while at < len(query) and (token := TOKEN.match(query, at)):
        if token["sign"]:
            return token["sign"] == "{"
        if token["iri"] or token["variable"] or token["name"]:
            terms += 1
        elif not (token["blank"] or token["comment"] or (token["word"] or "").upper() == "SILENT"):
            return False
        if terms > 1:
            return False
        at = token.end()
    return False


def names_dataset(query: str) -> bool:
    """Whether a query says by FROM which graphs it is asked of."""
    # the pattern takes as long to make as a short query to answer, and few name one
    return "from" in query.lower() and any((token["word"] or "").upper() == "FROM" for token in TOKEN.finditer(query))
