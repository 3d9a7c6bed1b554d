"""The guard: what calls out, writes or could end the process is refused wherever it hides; all else passes."""

from __future__ import annotations

import contextlib
import time

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.named import all_queries
from graph.guard import DEEPEST, LONGEST, MOST_OF_ONE, Refused, check

ALLOWED = {
    "plain": "SELECT * { ?s ?p ?o }",
    "ask": "ASK { ?s ?p ?o }",
    "construct": "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "describe": "DESCRIBE <http://example.org/x>",
    "path": "PREFIX kg: <https://w3id.org/kamergraaf/ontology#> SELECT * { ?a kg:seeAnswer+/^kg:cites|kg:answers ?b }",
    "word in a string": 'SELECT * { ?s ?p "SERVICE <http://x> { } ; LOAD <y>" }',
    "word in a single-quoted string": "SELECT * { ?s ?p 'INSERT DATA' }",
    "word in a long string": 'SELECT * { ?s ?p """a "quoted" DELETE \n SERVICE""" }',
    "word after an escaped quote": r'SELECT * { ?s ?p "a\" SERVICE " }',
    "word in a comment": "SELECT * # SERVICE <http://x>\n{ ?s ?p ?o }",
    "word in an address": "SELECT * { <http://example.org/SERVICE/LOAD> ?p ?o }",
    "word as a variable": "SELECT ?service ?load { ?service ?load ?delete }",
    "word in a prefixed name": "PREFIX ex: <http://example.org/> SELECT * { ex:SERVICE ex:load ?o }",
    "word in the address of a prefix": "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> SELECT * { ?s a sd:Service }",
    "word in an address with a bracket": "SELECT * { <http://example.org/a_(b)> ?p <http://example.org/service> }",
    "word in a local name before a group": "PREFIX x: <http://e.org/> SELECT * { ?s a x:Service . OPTIONAL { ?s ?p ?o } }",
    "word in a local name before a filter": "PREFIX x: <http://e.org/> SELECT * { ?s a x:Service FILTER NOT EXISTS { ?s ?p 1 } }",
    "word in a name with a dot": "PREFIX x: <http://e.org/> SELECT * { ?s ?p x:a.service }",
    "word as a language": "SELECT * { ?s ?p 'x'@service }",
    "word in a string after less than": "SELECT * { ?s ?p ?o FILTER(?o <3 || ?o> 1) FILTER(?o != 'the SERVICE') }",
    "other word in a prefix": "PREFIX download: <http://e.org/> SELECT * { ?s download:load ?o }",
    "word in the empty prefix": "PREFIX : <http://example.org/> SELECT * { :LOAD ?p :INSERT }",
    "word that begins so": "PREFIX x: <http://e.org/> SELECT ?loads { ?s x:SERVICES ?loads }",
    "brackets in a string": 'SELECT * { ?s ?p "' + "{" * 500 + '" }',
    "brackets in a comment": "SELECT * { ?s ?p ?o } #" + "{" * 500,
    "less than": "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
}

REFUSED = {
    "service": ("SELECT * { SERVICE <http://x.org/> { ?s ?p ?o } }", "other hosts"),
    "small letters": ("select * { service <http://x.org/> { ?s ?p ?o } }", "other hosts"),
    "mixed case": ("SELECT * { SeRvIcE SILENT <http://x.org/> { ?s ?p ?o } }", "other hosts"),
    "glued to a bracket": ("SELECT*{SERVICE<http://x.org/>{?s ?p ?o}}", "other hosts"),
    "glued to a number": ("SELECT * { ?s ?p 1SERVICE <http://x.org/> { ?s ?p ?o } }", "other hosts"),
    "glued to a string": ('SELECT * { ?s ?p "a"SERVICE <http://x.org/> { ?s ?p ?o } }', "other hosts"),
    "glued to an address": ("SELECT * { ?s ?p <http://a>SERVICE <http://x.org/> { } }", "other hosts"),
    "service of a variable": ("SELECT * { BIND(<http://x> AS ?x) SERVICE?x{ ?s ?p ?o } }", "other hosts"),
    "after a comment": ("SELECT * { # a comment\rSERVICE <http://x.org/> { ?s ?p ?o } }", "other hosts"),
    "after a comment that ends in a new line": ("SELECT * { # '\nSERVICE <http://x> { ?s ?p ?o } }", "other hosts"),
    "after a quote in a comment": ('SELECT * { # "\nSERVICE <http://x> { ?s ?p ?o } # "\n}', "other hosts"),
    "after a string with a hash": ('SELECT * { ?s ?p "#" . SERVICE <http://x> { ?s ?p ?o } }', "other hosts"),
    "after an address with a hash": ("SELECT * { ?s <http://a#b> ?o . SERVICE <http://x> { } }", "other hosts"),
    "after less than": ("SELECT * { ?s ?p ?o FILTER(?o <3) SERVICE <http://x> { ?a ?b ?c } FILTER(?o >1) }", "other hosts"),
    "after a string that holds an escaped backslash": (r'SELECT * { ?s ?p "\\" . SERVICE <http://x> { } }', "other hosts"),
    "after a long string": ("SELECT * { ?s ?p '''it's''' . SERVICE <http://x> { } }", "other hosts"),
    "glued to a number with an exponent": ("SELECT * { ?s ?p 1e5SERVICE<http://x>{} }", "other hosts"),
    "glued to true": ("SELECT * { ?s ?p trueSERVICE<http://x>{} }", "other hosts"),
    "glued to true by a dot": ("SELECT * { ?s ?p true.service<http://x>{} }", "other hosts"),
    "glued to a language by a dot": ("SELECT * { ?s ?p 'x'@nl.service<http://x>{} }", "other hosts"),
    "glued to an empty name by a dot": ("PREFIX x: <x:> SELECT * { ?s ?p x:.service<http://x>{} }", "other hosts"),
    "glued to silent": ("SELECT * { ?s ?p 1.0servicesilent<http://x>{} }", "other hosts"),
    "read as a prefix": ("PREFIX : <http://x/> SELECT * { service:a { } }", "other hosts"),
    "read as a prefix that is declared": ("PREFIX service: <x:> PREFIX : <http://x/> SELECT * { service:a{} }", "other hosts"),
    "read as a prefix behind true": ("PREFIX : <http://x/> SELECT * { ?s ?p trueservice:a{} }", "other hosts"),
    "a name that makes no address": ("PREFIX x: <http://a:8> SELECT * { ?s ?p x:service<http://x>{} }", "other hosts"),
    "such a name with another in it": ("PREFIX x: <http://a:8> SELECT * { ?s ?p x:serviceq:a{} }", "other hosts"),
    "such a name and silence": ("PREFIX x: <http://a:8> SELECT * { ?s ?p x:service #\n SILENT ?x {} }", "other hosts"),
    "after a quote in a comment at a name": ("PREFIX x: <x:> SELECT * { ?s ?p x:a#'''\n SERVICE<http://x>{} #'''\n }", "other hosts"),
    "after an escaped quote in a name": ("PREFIX x: <x:> SELECT * { ?s x:a\\'b 1 . SERVICE<http://x>{} #'\n }", "other hosts"),
    "in what could be an address": ("PREFIX : <http://x> SELECT * { FILTER(1<2)SERVICE:#>\n{} }", "other hosts"),
    "after what could be an address": ("SELECT * { FILTER(1<2)#>'''\nSERVICE<http://x>{} #'''\n }", "other hosts"),
    "after a string in what could be an address": ("SELECT * { FILTER('a'<'b>')SERVICE<http://x>{} #'\n }", "other hosts"),
    "escaped": ("SELECT * { \\u0053ERVICE <http://x> { ?s ?p ?o } }", "escape"),
    "escaped with eight": ("SELECT * { \\U00000053ERVICE <http://x> { } }", "escape"),
    "load": ("LOAD <http://x.org/>", "other hosts"),
    "load into": ("PREFIX x: <y> LOAD SILENT <http://x.org/> INTO GRAPH <g>", "other hosts"),
    "insert": ("INSERT DATA { <a:s> <a:p> <a:o> }", "change the graph"),
    "delete": ("DELETE WHERE { ?s ?p ?o }", "change the graph"),
    "drop": ("DROP ALL", "change the graph"),
    "clear": ("CLEAR SILENT DEFAULT", "change the graph"),
    "create": ("CREATE GRAPH <g:g>", "change the graph"),
    "copy": ("COPY DEFAULT TO <g:g>", "change the graph"),
    "move": ("MOVE DEFAULT TO <g:g>", "change the graph"),
    "add": ("ADD DEFAULT TO <g:g>", "change the graph"),
    "deep brackets": ("SELECT * " + "{" * (DEEPEST + 1) + "}" * (DEEPEST + 1), "deep"),
    "deep parentheses": ("SELECT * { FILTER" + "(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1) + " }", "deep"),
    "deep mixed": ("SELECT * { ?s ?p " + "[ ?p ( " * DEEPEST, "deep"),
    "many unions": ("SELECT * { " + " UNION ".join(["{?s ?p ?o}"] * (MOST_OF_ONE + 2)) + " }", "more than"),
    "many ors": ("SELECT * { FILTER(" + "||".join(["1"] * (MOST_OF_ONE + 2)) + ") }", "more than"),
    "many negations": ("SELECT * { FILTER(" + "!" * (MOST_OF_ONE + 1) + "1) }", "more than"),
    "many sequences": ("SELECT * { ?s " + "/".join(["<a:b>"] * (MOST_OF_ONE + 2)) + " ?o }", "more than"),
    "long": ("SELECT * { ?s ?p ?o } #" + "x" * LONGEST, "longer than"),
}  # fmt: skip


@pytest.mark.parametrize("query", ALLOWED.values(), ids=ALLOWED)
def test_allowed(query: str) -> None:
    check(query)


@pytest.mark.parametrize("query", ALLOWED.values(), ids=ALLOWED)
def test_what_is_allowed_is_a_query_that_the_engine_runs(query: str) -> None:
    pyoxigraph.Store().query(query)


@pytest.mark.parametrize(("query", "says"), REFUSED.values(), ids=REFUSED)
def test_refused(query: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        check(query)


@pytest.mark.parametrize("query", all_queries(), ids=lambda query: query.name)
def test_our_own_queries_pass(query: object) -> None:
    check(query.text)


NOISE = st.sampled_from(
    ["'", '"', "'''", '"""', "\\", "#", "\n", "\r", "<", ">", "<http://a#b>", "{", "}", "?x", "a:b", ":", " ", "\t", "1", "^", "@nl",
     "SELECT * {", "FILTER(", ")", "\x0b", "\x85", "\u2028", "\u00a0", "é", "_:b", "%", "$y", "1.", "-", "{?s ?p ?o}"]
)  # fmt: skip


class Called(Exception):
    """The engine came to the point of asking another host."""


@given(st.lists(NOISE, max_size=8).map("".join), st.lists(NOISE, max_size=8).map("".join))
def test_no_query_that_passes_asks_another_host(before: str, after: str) -> None:
    """Whatever stands around it, a SERVICE that the engine reads as one is refused first."""
    query = f"SELECT * {{ {before} SERVICE <http://127.0.0.1:1/> {{ ?s ?p ?o }} {after} }}"
    try:
        check(query)
    except Refused:
        return
    try:
        rows = pyoxigraph.Store().query(query)
        list(rows)
    except SyntaxError:
        return
    except (OSError, RuntimeError, ValueError) as error:
        pytest.fail(f"the engine called out for {query!r}: {error}")


LONG_ONES = {
    "names with dots": "service " + "a." * 40_000,
    "names with colons": "service " + "a:b." * 20_000,
    "what is never an address": "service " + "<a)" * 30_000,
    "addresses with all that could end them": "service <http://e.org/'(a)#b>" * 3_000,
    "quotes": "service " + "'\"" * 40_000,
    "long quotes": "service " + "'''\"\"\"" * 15_000,
    "backslashes": "service '" + "\\" * 80_000,
    "signs of comments": "service " + "#" * 80_000,
    "names before groups": "x:service # " * 8_000,
    "dots behind a name": "service x:a" + "." * 80_000,
    "letters": "service" * 12_000,
}


@pytest.mark.parametrize("query", LONG_ONES.values(), ids=LONG_ONES)
def test_no_query_keeps_the_guard_busy(query: str) -> None:
    """Four times the length may cost eight times the time, not sixteen as a search that begins again everywhere would."""

    def cost(text: str) -> float:
        times = []
        for _ in range(3):
            begun = time.process_time()
            with contextlib.suppress(Refused):
                check(text)
            times.append(time.process_time() - begun)
        return min(times)

    # without the word at the beginning, which would end the search at once
    text = query.replace("service ", "x:service ", 1)[:LONGEST]
    assert cost(text) < 8 * cost(text[: len(text) // 4]) + 0.02
