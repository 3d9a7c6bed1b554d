"""The guard against random queries: whatever makes the engine send a request is refused before it runs.

Queries are put together from pieces that quote, comment, escape and glue. Here the engine runs them in a process that has a
network, beside a listener on loopback that counts who calls.
"""

from __future__ import annotations

import random

import pyoxigraph
import pytest
from hostile import TARGET
from serving import Canary

from graph.guard import Refused, check

WORDS = (
    "SERVICE",
    "service",
    "SeRvIcE",
    "SERVICE SILENT",
    "Service\tSilent",
    "SERVICE#x\n",
    "SERVICE #'\r",
    "\\u0053ERVICE",
    "SERVICE\n\n",
)
WHOLE = (
    "", "", " ", "\n", "\t", " . ", "# comment\n", "#' one\n", '#" two\r', "# ''' three\n", "?s ?p ?o . ", "?s?p?o.", '?s ?p "#" . ',
    "?s ?p '\\'' . ", '?s ?p "\\\\" . ', "?s ?p '''it's''' . ", '?s ?p """a "b" c""" . ', "?s <http://a#b> ?o . ", "?s ?p <x:#>.",
    "FILTER(1<3)", "FILTER(?o <3 && ?o> 1)", "FILTER('<'<'>')", "BIND(1 AS ?service)", "?s ?p 1 .", "?s ?p 1.", "?s ?p 'a'@nl .",
    "?s ?p _:b .", "[] ?p ?o . ", "VALUES ?v { 'SERVICE' } ", "OPTIONAL {} ", "{} UNION {} ", "GRAPH ?g {} ", "?s ?p true.", "\ufeff",
    "?s ?p 1e5", "?s ?p 1.0", "?s ?p true", "?s ?p true.", "?s ?p s:.", "?s ?p s:", "?s ?p s:a.", "?s ?p w:", "?s ?p s:a#'\n",
    "?s ?p s:a#'''\n", "?s ?p 'x'@nl", "?s ?p 'x'@nl.", "FILTER(1<2)", "FILTER(1<2)#>", "FILTER(1<2)#>'\n", "FILTER(1<2)#>'''\n",
    "FILTER('a'<'b>')", "?s ?p s:a\\'b .", "?s s:service ?o .", "?s a s:Service", "?s ?p ?o ;", "FILTER(?o<s:a)", "?s ?p 'a'<",
    "?s ?p 'x'^^<x:y> . ", "?s a ?o ; . ", "FILTER NOT EXISTS{?a ?b 'SERVICE'}", "?s ?p '\u0091'.", "?é ?p 'é' .", "?s <x:é> ?o.",
)  # fmt: skip
BROKEN = (
    "'",
    '"',
    "'''",
    '"""',
    "\\",
    "#",
    "<",
    ">",
    "{",
    "}",
    "(",
    ")",
    "\x0b",
    "\x85",
    "\u2028",
    "\xa0",
    "\x00",
    "^",
    "@",
    "%",
    ":",
)
HEADS = ("SELECT * {", "SELECT*{", "ASK{", "CONSTRUCT WHERE {", "CONSTRUCT{?s ?p ?o}{", "SELECT * WHERE {{", "SELECT (1 AS ?n){",
         "PREFIX s: <x:#>PREFIX w: <http://a:8>PREFIX : %s SELECT * {", "PREFIX : %s PREFIX s: <x:> SELECT*{", "PREFIX s: <x:#>\nSELECT * {", "# SERVICE\nSELECT * {", "BASE<http://e.org/#>SELECT * {", "DESCRIBE * {")  # fmt: skip


def some(chance: random.Random) -> str:
    """A few pieces, now and then one that breaks the rest."""
    pieces = [chance.choice(BROKEN if chance.random() < 0.04 else WHOLE) for _ in range(chance.randint(0, 4))]
    return "".join(pieces)


def written(chance: random.Random, target: str) -> str:
    """A query that wants to call the target, if it is one."""
    head = chance.choice(HEADS)
    glue = chance.choice(("", " ", "\n", "#\n"))
    named = chance.choice((target, target, ":", ":#>\n", "?s", "w:service"))
    call = f"{chance.choice(WORDS)}{glue}{named}{glue}{{{some(chance)}}}"
    head = head.replace("%s", target)
    return f"{head}{some(chance)}{call}{some(chance)}{'}' * head.count('{{')}}}{some(chance) if chance.random() < 0.1 else ''}"


def store() -> pyoxigraph.Store:
    """Something that the pieces match, so that the engine does not leave out the rest for want of rows."""
    held = pyoxigraph.Store()
    held.update("""INSERT DATA { <x:s> <x:p> true, 1e5, 1.0, 1, "x"@nl, "é", "it's", "#", "'", "\\\\", _:b, <x:#>, <x:>, <x:#a>, <x:a>,
        <http://a:8> ; a <x:#Service> ; <http://a#b> 1 ; <x:é> 1 }""")
    return held


HELD = store()


def called(canary: Canary, query: str) -> bool:
    """Whether the engine calls the listener for a query."""
    before = canary.calls
    try:
        result = HELD.query(query)
        if not isinstance(result, pyoxigraph.QueryBoolean):
            list(result)
    except (SyntaxError, OSError, ValueError, RuntimeError):
        pass
    return canary.calls > before


@pytest.mark.parametrize(
    "number", [pytest.param(6_000, marks=pytest.mark.slow), pytest.param(60_000, marks=pytest.mark.torture)]
)
def test_no_query_that_passes_calls_another_host(number: int) -> None:
    canary, chance = Canary(), random.Random(number)
    target = TARGET.format(port=canary.port)
    escaped, stopped = [], 0
    for _ in range(number):
        query = written(chance, target)
        calls = called(canary, query)
        try:
            check(query)
            escaped += [query] if calls else []
        except Refused:
            stopped += calls
    canary.close()
    assert escaped == []
    assert stopped > number / 200, "too few of the queries would have called"
