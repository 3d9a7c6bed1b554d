"""Requests of people who mean no good, or do not know better: queries that call other hosts, and queries that cost too much."""

from __future__ import annotations

from graph.guard import MOST_OF_ONE

P = "<http://example.org/p>"


def _chain(steps: int) -> str:
    return "SELECT * { " + " ".join(f"?v{i} {P} ?v{i + 1} ." for i in range(steps)) + " }"


def _values(name: str) -> str:
    return f"VALUES ?{name} {{ {' '.join(map(str, range(60)))} }}"


DEEP = {
    "braces": "SELECT * " + "{" * 4500 + "}" * 4500,
    "braces that never close": "SELECT * " + "{" * 4500,
    "not exists in not exists": "SELECT * { " + "FILTER NOT EXISTS { " * 2500 + "}" * 2500 + " }",
    "queries in queries": "SELECT * " + "{ SELECT * " * 3000 + "{ }" + "}" * 3000,
    "optionals in optionals": "SELECT * { " + "OPTIONAL { " * 5000 + "}" * 5000 + " }",
    "parentheses": "SELECT * { FILTER" + "(" * 30000 + "1" + ")" * 30000 + " }",
    "negations": "SELECT * { FILTER(" + "!" * 30000 + "1) }",
    "ors": "SELECT * { FILTER(" + "||".join(["1"] * 15000) + ") }",
    "sums": "SELECT (" + "+".join(["1"] * 15000) + " AS ?x) { }",
    "unions": "SELECT * { " + " UNION ".join(["{}"] * 9000) + " }",
    "a path of many steps": f"SELECT * {{ ?s {'/'.join([P] * 3000)} ?o }}",
    "a path of many choices": f"SELECT * {{ ?s {'|'.join([P] * 3000)} ?o }}",
    "lists in lists": "SELECT * { ?s ?p " + "(" * 20000 + ")" * 20000 + " }",
    "things in things": "SELECT * { ?s ?p " + "[ ?p " * 10000 + "1" + "]" * 10000 + " }",
    "many bindings": "SELECT * { " + " ".join(f"BIND(1 AS ?v{i})" for i in range(4500)) + " }",
}
"""What would end the process of an engine that has no limit for it."""

COSTLY = {
    "a chain that is hard to plan": _chain(200),
    "a longer one": _chain(390),
    "a path that is hard to plan": f"SELECT * {{ ?s {'/'.join([P] * MOST_OF_ONE)} ?o }}",
    "a count of all combinations": "SELECT (COUNT(*) AS ?n) { " + " ".join(map(_values, "abcdefgh")) + " }",
    "all combinations in order": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i LIMIT 10",
    "all combinations": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "all different combinations": "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "triples of all combinations": "CONSTRUCT { ?a ?e ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "all combinations in groups": "SELECT ?a ?d (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a ?d",
    "all in one string": "SELECT (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "a string that doubles": "SELECT ?s40 { BIND('xxxxxxxxxxxxxxxx' AS ?s0) "
    + " ".join(f"BIND(CONCAT(?s{i}, ?s{i}) AS ?s{i + 1})" for i in range(40))
    + " }",
    "a replacement that grows": "SELECT ?s9 { BIND('aaaaaaaaaaaaaaaa' AS ?s0) "
    + " ".join(f"BIND(REPLACE(?s{i}, 'a', 'aaaaaaaaaaaaaaaa') AS ?s{i + 1})" for i in range(9))
    + " }",
    "ways from all to all": "SELECT * { ?a (!<x:y>|^!<x:y>)* ?b . ?c (!<x:y>|^!<x:y>)* ?d . ?e ?f ?g }",
    "a filter over all combinations": "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = ?i && ?c != ?i) }",
    "what is left of all combinations": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i MINUS { ?j ?k ?c . ?l ?m ?f } } ORDER BY ?j",
    "a pattern over all combinations": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER REGEX(CONCAT(?c, ?f, ?i), '^(x+x+)+y$') }",
}
"""What passes the guard and would take hours or all memory."""

TARGET = "<http://127.0.0.1:{port}/>"
CALLING = {
    "service": "SELECT * { SERVICE %s { ?s ?p ?o } }",
    "service in silence": "SELECT * { SERVICE SILENT %s { ?s ?p ?o } }",
    "in small letters": "select * { service %s { ?s ?p ?o } }",
    "in mixed letters": "SELECT * { SeRvIcE %s { ?s ?p ?o } }",
    "glued": "SELECT*{SERVICE%s{?s ?p ?o}}",
    "of a variable": "SELECT * { BIND(%s AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "of values": "SELECT * { VALUES ?x { %s } SERVICE ?x { ?s ?p ?o } }",
    "in an optional": "SELECT * { OPTIONAL { SERVICE %s { ?s ?p ?o } } }",
    "in a union": "SELECT * { { } UNION { SERVICE %s { ?s ?p ?o } } }",
    "in minus": "SELECT * { VALUES ?s { 1 } MINUS { SERVICE %s { ?s ?p ?o } } }",
    "in a query within": "SELECT * { { SELECT * { SERVICE %s { ?s ?p ?o } } } }",
    "in exists": "SELECT * { FILTER EXISTS { SERVICE %s { ?s ?p ?o } } }",
    "in not exists": "ASK { FILTER NOT EXISTS { SERVICE SILENT %s { ?s ?p ?o } } }",
    "in a graph": "SELECT * { GRAPH ?g { SERVICE %s { ?s ?p ?o } } }",
    "in construct": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE %s { ?s ?p ?o } }",
    "in describe": "DESCRIBE ?s { SERVICE %s { ?s ?p ?o } }",
    "in a condition": "SELECT (EXISTS { SERVICE %s { ?s ?p ?o } } AS ?x) { }",
    "after a comment": "SELECT * { # it's\nSERVICE %s { ?s ?p ?o } }",
    "after a comment that a return ends": "SELECT * { # x\rSERVICE %s { ?s ?p ?o } }",
    "after a quote in a string": 'SELECT * { BIND("\\"" AS ?q) SERVICE %s { ?s ?p ?o } }',
    "with a prefixed name": "PREFIX x: %s SELECT * { SERVICE x: { ?s ?p ?o } }",
    "two": "SELECT * { SERVICE SILENT %s { ?s ?p ?o } SERVICE SILENT %s { ?t ?q ?r } }",
    "load": "LOAD %s",
    "load in silence": "LOAD SILENT %s INTO GRAPH <x:g>",
}
"""What would make the engine send a request; %s is the address."""
HARMLESS = {
    "from": "SELECT * FROM %s { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED %s { GRAPH ?g { ?s ?p ?o } }",
    "graph": "SELECT * { GRAPH %s { ?s ?p ?o } }",
    "describe": "DESCRIBE %s",
}
"""What names an address and must not fetch it."""


def calling(query: str, port: int) -> str:
    """A query with the address of a listener on a port in it."""
    return query.replace("%s", TARGET.format(port=port))
