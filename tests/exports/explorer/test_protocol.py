"""The SPARQL 1.1 Protocol, the Graph Store Protocol for reading and the service description: requests as programs send them,
each with the status, the type and the meaning of its answer. Those that the tests of the W3C ask for are among them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph
import pytest
from protocol import (
    BROWSER,
    CONSTRUCT,
    CSV,
    DIRECT,
    FORM,
    JSON,
    NAMED,
    PLAIN,
    SD,
    SELECT,
    TSV,
    UPDATE,
    XML,
    Case,
    E,
    accept,
    boolean,
    default,
    direct,
    form,
    get,
    graph,
    header,
    many,
    named,
    nothing,
    query,
    says,
    triples,
    values,
)
from serving import Served, served

from exports.explorer.negotiating import ROWS, TRIPLES


@pytest.fixture(scope="module")
def quads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three named graphs, the third with signs that formats must write in their own ways."""
    folder = tmp_path_factory.mktemp("endpoint")
    store = pyoxigraph.Store(str(folder / "live"))
    store.update(f"""INSERT DATA {{
        GRAPH <{E}g1> {{ <{E}a> <{E}p> "een"@nl }}
        GRAPH <{E}g2> {{ <{E}b> <{E}p> "twee" ; <{E}n> 2 }}
        GRAPH <{E}g3> {{ <{E}c,d> <{E}p> "a, \\"b\\"\\t<c> & Yeşilgöz 😀" ; <{E}control> "x\\u0001\\r\\uFFFFy" }} }}""")
    store.flush()
    store.backup(str(folder / "snapshot"))
    return folder / "snapshot"


@pytest.fixture(scope="module")
def endpoint(quads: Path) -> Iterator[Served]:
    """One that lets pages of all sites read its answers."""
    with served(quads, seconds=20, sites=["*"]) as server:
        yield server


ODD = 'a, "b"\t<c> & Yeşilgöz 😀'
ALL = values(ODD, "een", "twee")
ROWS_AS = [Case(f"rows as {each}", query(SELECT), 200, each, ALL, accept(each)) for each in ROWS if each != TSV]
ASK_AS = [Case(f"truth as {each}", query("ASK {}"), 200, each, boolean(True), accept(each)) for each in ROWS]
TRIPLES_AS = [
    Case(f"triples as {each}", query(CONSTRUCT), 200, each, triples(3, "Yeşilgöz 😀"), accept(each)) for each in TRIPLES
]
GRAPH_AS = [Case(f"a graph as {each}", graph(graph=f"{E}g2"), 200, each, triples(2), accept(each)) for each in TRIPLES]
DESCRIBED_AS = [
    Case(f"the service as {each}", ("GET", "/sparql", None), 200, each, triples(21, f"{SD}Service"), accept(each))
    for each in TRIPLES
]
FORMATS = [
    Case(f"format={name}", query(text, ("format", name)), 200, kind, meaning, accept("text/html"))
    for text, name, kind, meaning in (
        (SELECT, "json", JSON, ALL), (SELECT, "csv", CSV, ALL), (SELECT, "xml", XML, ALL), ("ASK {}", "tsv", TSV, boolean(True)),
        (CONSTRUCT, "turtle", "text/turtle", triples(3)), (CONSTRUCT, "jsonld", "application/ld+json", triples(3)),
        (CONSTRUCT, "ntriples", "application/n-triples", triples(3)), (CONSTRUCT, "rdfxml", "application/rdf+xml", triples(3)),
    )
]  # fmt: skip

QUERIES = [
    Case("by GET", query(SELECT), 200, JSON, ALL),
    Case("by a form", form(("query", SELECT)), 200, JSON, ALL, FORM),
    Case("by a form with a charset", form(("query", SELECT)), 200, JSON, ALL,
         {"Content_Type": "application/x-www-form-urlencoded; charset=UTF-8"}),
    Case("as it is", direct(SELECT), 200, JSON, ALL, DIRECT),
    Case("as it is, with a charset", direct(SELECT), 200, JSON, ALL, {"Content_Type": 'Application/SPARQL-Query;charset="utf-8"'}),
    Case("with signs of all kinds by GET", query('SELECT ("é+&=%😀" AS ?x) {}'), 200, JSON, values("é+&=%😀")),
    Case("with signs of all kinds by a form", form(("query", 'SELECT ("é+&=%😀" AS ?x) {}')), 200, JSON, values("é+&=%😀"), FORM),
    Case("with signs of all kinds as it is", direct('SELECT ("é+&=%😀" AS ?x) {}'), 200, JSON, values("é+&=%😀"), DIRECT),
    Case("with blanks as +", ("GET", "/sparql?query=ASK+%7B%7D", None), 200, JSON, boolean(True)),
    Case("with a comment and line ends", direct("# a SERVICE\r\nASK\r\n{ }\r\n"), 200, JSON, boolean(True), DIRECT),
    Case("with a parameter that means nothing", query("ASK {}", ("timeout", "1")), 200, JSON, boolean(True)),
    Case("with our prefixes", query("SELECT (STR(kg:Paper) AS ?x) {}"), 200, JSON, values("https://w3id.org/kamergraaf/ontology#Paper")),
    Case("ASK that is true", query("ASK { ?s ?p 2 }"), 200, JSON, boolean(True)),
    Case("ASK that is false", query("ASK { ?s ?p 3 }"), 200, JSON, boolean(False)),
    Case("DESCRIBE", query(f"DESCRIBE <{E}b>"), 200, "text/turtle", triples(2, '"twee"')),
    Case("CONSTRUCT", query(CONSTRUCT), 200, "text/turtle", triples(3, '"een"@nl')),
    Case("no rows", query("SELECT ?x { ?x ?x ?x }"), 200, JSON, values()),
    Case("no triples", query("CONSTRUCT WHERE { ?x ?x ?x }"), 200, "application/n-triples", nothing, accept("application/n-triples")),
    Case("TSV keeps what is a term", query('SELECT ?s { ?s ?p "twee" }'), 200, TSV, values(f"<{E}b>"), accept(TSV)),
    Case("CSV quotes an address with a comma", query(f"SELECT ?s {{ ?s <{E}control> ?o }}"), 200, CSV, values(f"{E}c,d"), accept(CSV)),
    Case("XML holds no control characters", query(f"SELECT ?o {{ ?s <{E}control> ?o }}"), 200, XML, values("x\ufffd\r\ufffdy"), accept(XML)),
    Case("JSON holds control characters", query(f"SELECT ?o {{ ?s <{E}control> ?o }}"), 200, JSON, values("x\x01\r\uffffy")),
    Case("RDF/XML holds no control characters", query(f"CONSTRUCT WHERE {{ ?s <{E}control> ?o }}"), 200, "application/rdf+xml",
         triples(1, "x\ufffd"), accept("application/rdf+xml")),
    Case("a property that RDF/XML cannot name", query(f"CONSTRUCT {{ ?s <{E}1> 1 }} WHERE {{ ?s ?p 2 }}"), 406, PLAIN,
         says("RDF/XML", f"<{E}1>", "Turtle"), accept("application/rdf+xml")),
    Case("the same as Turtle", query(f"CONSTRUCT {{ ?s <{E}1> 1 }} WHERE {{ ?s ?p 2 }}"), 200, "text/turtle", triples(1)),
]  # fmt: skip

DATASETS = [
    Case("one default graph", query(SELECT, *default("g1")), 200, JSON, values("een")),
    Case("two default graphs", query(SELECT, *default("g1", "g2")), 200, JSON, values("een", "twee")),
    Case("default graphs by a form", form(("query", SELECT), *default("g1", "g2")), 200, JSON, values("een", "twee"), FORM),
    Case("default graphs in the address of a query as it is", direct(SELECT, *default("g2")), 200, JSON, values("twee"), DIRECT),
    Case("a default graph alone leaves no named graph", query(NAMED, *default("g1")), 200, JSON, values()),
    Case("one named graph", query(NAMED, *named("g1")), 200, JSON, values(f"{E}g1")),
    Case("two named graphs by a form", form(("query", NAMED), *named("g1", "g3")), 200, JSON, values(f"{E}g1", f"{E}g3"), FORM),
    Case("a named graph alone leaves the default graph empty", query(SELECT, *named("g1")), 200, JSON, values()),
    Case("default and named graphs", query("SELECT ?o ?g { ?s ?p ?o . GRAPH ?g { ?t ?q 2 } }", *default("g1"), *named("g2")), 200, JSON, values("een")),
    Case("FROM", query(f"SELECT ?o FROM <{E}g2> {{ ?s <{E}p> ?o }}"), 200, JSON, values("twee")),
    Case("FROM NAMED", query(f"SELECT ?g FROM NAMED <{E}g2> {{ GRAPH ?g {{ ?s <{E}p> ?o }} }}"), 200, JSON, values(f"{E}g2")),
    Case("FROM NAMED leaves the default graph empty", query(f"SELECT ?o FROM NAMED <{E}g2> {{ ?s <{E}p> ?o }}"), 200, JSON, values()),
    Case("a dataset of the request goes before FROM", query(f"SELECT ?o FROM <{E}g2> {{ ?s <{E}p> ?o }}", *default("g1")), 200, JSON, values("een")),
    Case("and before FROM NAMED", query(f"SELECT ?g FROM NAMED <{E}g2> {{ GRAPH ?g {{ ?s ?p ?o }} }}", *named("g1")), 200, JSON, values(f"{E}g1")),
    Case("a graph that is not there is empty", query(SELECT, *default("none")), 200, JSON, values()),
    Case("also by FROM", query(f"SELECT ?o FROM <{E}none> {{ ?s ?p ?o }}"), 200, JSON, values()),
    Case("no dataset: all graphs together", query("SELECT ?s { ?s ?p ?o }"), 200, JSON, many(5)),
    Case("no dataset: all named graphs", query(NAMED), 200, JSON, values(f"{E}g1", f"{E}g2", f"{E}g3")),
    Case("the word FROM in a string is none", query('SELECT ("FROM <x>" AS ?f) ?s { ?s ?p 2 }'), 200, JSON, values("FROM <x>")),
    Case("a default graph that is no address", query(SELECT, ("default-graph-uri", "not one")), 400, PLAIN, says("default-graph-uri")),
    Case("a named graph that is relative", query(SELECT, ("named-graph-uri", "g1")), 400, PLAIN, says("named-graph-uri", "absolute")),
    Case("a default graph without a name", query(SELECT, ("default-graph-uri", "")), 400, PLAIN, says("default-graph-uri")),
]  # fmt: skip

NEGOTIATION = [
    Case("the one that is wanted most", query(SELECT), 200, CSV, ALL, accept(f"{JSON};q=0.2, text/csv;q=0.8, {XML};q=0.5")),
    Case("any", query(SELECT), 200, JSON, ALL, accept("*/*")),
    Case("any text", query(SELECT), 200, "text/xml", ALL, accept("text/*")),
    Case("a closer range goes before a wider", query(SELECT), 200, CSV, ALL, accept("text/xml;q=0.1, text/*;q=0.9, text/tab-separated-values;q=0")),
    Case("none of this one", query(SELECT), 200, "application/json", ALL, accept(f"{JSON};q=0, */*;q=0.1")),
    Case("in other letters and blanks", query(SELECT), 200, CSV, ALL, accept("  TEXT/CSV ; Q=1.0 ")),
    Case("with a parameter", query(SELECT), 200, CSV, ALL, accept("text/csv; header=present; charset=utf-8")),
    Case("what a browser sends", query(SELECT), 200, "application/xml", ALL, accept(BROWSER)),
    Case("what cannot be read is left out", query(SELECT), 200, CSV, ALL, accept("nonsense, text/html;q=x, ;;, text/csv")),
    Case("one format for each sort of answer", query(CONSTRUCT), 200, "text/turtle", triples(3), accept(f"{JSON}, text/turtle")),
    Case("the other sort", query(SELECT), 200, JSON, ALL, accept(f"{JSON}, text/turtle")),
    Case("rows as triples", query(SELECT), 406, PLAIN, says("JSON, XML, CSV or TSV"), accept("text/turtle")),
    Case("triples as rows", query(CONSTRUCT), 406, PLAIN, says("Turtle"), accept("text/csv")),
    Case("nothing that there is", query(SELECT), 406, PLAIN, says("application/sparql-results+json", "text/turtle"), accept("image/png")),
    Case("all refused", query(SELECT), 406, PLAIN, says("Accept"), accept("*/*;q=0")),
    Case("a graph as rows", graph(graph=f"{E}g1"), 406, PLAIN, says("text/turtle"), accept("text/csv")),
    Case("the service as a picture", ("GET", "/sparql", None), 406, PLAIN, says("text/turtle"), accept("image/png")),
    Case("a format that is not known", query(SELECT, ("format", "docx")), 400, PLAIN, says("docx", "csv", "turtle")),
    Case("a format of the other sort", query(SELECT, ("format", "turtle")), 406, PLAIN, says("CSV")),
]  # fmt: skip

WRONG = [
    Case("PUT", ("PUT", f"/sparql?query={quote('ASK {}')}", b""), 405, PLAIN, header("allow", "GET, HEAD, POST")),
    Case("DELETE", ("DELETE", "/sparql", None), 405, PLAIN, says("DELETE", "GET")),
    Case("PATCH", ("PATCH", "/sparql", b"x"), 405, PLAIN, says("PATCH")),
    Case("two queries by GET", get(("query", "ASK {}"), ("query", "ASK {}")), 400, PLAIN, says("one query", "2")),
    Case("two queries by a form", form(("query", "ASK {}"), ("query", "SELECT * {}")), 400, PLAIN, says("one query"), FORM),
    Case("two queries by a form and the address", ("POST", f"/sparql?query={quote('ASK {}')}", b"query=ASK+%7B%7D"), 400, PLAIN, says("2"), FORM),
    Case("two queries in the body and the address", direct("ASK {}", ("query", "ASK {}")), 400, PLAIN, says("2"), DIRECT),
    Case("two queries in one", query("ASK {} ; ASK {}"), 400, PLAIN, says("syntax", "line 1")),
    Case("a form without a query", form(("other", "x")), 400, PLAIN, says("none"), FORM),
    Case("an empty query", query(""), 400, PLAIN, says("line 1, column 1, where it ends")),
    Case("a body of another type", ("POST", "/sparql", b"ASK {}"), 415, PLAIN, says("text/plain", "application/sparql-query"), {"Content_Type": "text/plain"}),
    Case("a body of JSON", ("POST", "/sparql", b'{"query": "ASK {}"}'), 415, PLAIN, header("accept-post", "application/sparql-query"), {"Content_Type": "application/json"}),
    Case("a form as multipart", ("POST", "/sparql", b"--x--"), 415, PLAIN, says("multipart"), {"Content_Type": "multipart/form-data; boundary=x"}),
    Case("a body without a type", ("POST", "/sparql", b"ASK {}"), 415, PLAIN, says("missing")),
    Case("a form without a type", ("POST", "/sparql", b"query=ASK+%7B%7D"), 415, PLAIN, says("missing")),
    Case("UTF-16", ("POST", "/sparql", "ASK {}".encode("utf-16")), 415, PLAIN, says("utf-16", "UTF-8"), {"Content_Type": "application/sparql-query; charset=utf-16"}),
    Case("a form in UTF-16", ("POST", "/sparql", "query=ASK".encode("utf-16")), 415, PLAIN, says("UTF-8"), {"Content_Type": "application/x-www-form-urlencoded; charset=UTF-16"}),
    Case("Latin-1 that is not named", ("POST", "/sparql", "ASK { ?s ?p 'é' }".encode("latin-1")), 400, PLAIN, says("not UTF-8"), DIRECT),
    Case("Latin-1 in a form", ("POST", "/sparql", b"query=ASK+%7B+%3Fs+%3Fp+%27%E9%27+%7D"), 400, PLAIN, says("form is not UTF-8"), FORM),
    Case("Latin-1 in the address", ("GET", "/sparql?query=ASK%7B%3Fs%3Fp%27%E9%27%7D", None), 400, PLAIN, says("address is not UTF-8")),
    Case("a surrogate in the address", ("GET", "/sparql?query=%ED%A0%80", None), 400, PLAIN, says("not UTF-8")),
    Case("wrong syntax", query("SELECT * {\n ?s ?p }"), 400, PLAIN, says("line 2", "ends")),
    Case("a variable that is named twice", query("SELECT (1 AS ?x) ?x {}"), 400, PLAIN, says("Duplicated variable")),
    Case("a prefix that is not known", query("ASK { ?s no:such ?o }"), 400, PLAIN, says("prefix", "PREFIX")),
    Case("a function that is not known", query("SELECT (<http://e.org/f>(1) AS ?x) {}"), 400, PLAIN, says("http://e.org/f")),
    Case("an update as it is", ("POST", "/sparql", b"INSERT DATA { <x:s> <x:p> 1 }"), 403, PLAIN, says("no updates", "building"), UPDATE),
    Case("an update by a form", form(("update", "CLEAR ALL")), 403, PLAIN, says("no updates"), FORM),
    Case("an update by GET", get(("update", "CLEAR ALL")), 400, PLAIN, says("no updates")),
    Case("two updates", form(("update", "CLEAR ALL"), ("update", "CLEAR ALL")), 403, PLAIN, says("no updates"), FORM),
    Case("an update without a type", ("POST", "/sparql", b"update=CLEAR+ALL"), 415, PLAIN, says("missing")),
    Case("an update in UTF-16", ("POST", "/sparql", "CLEAR ALL".encode("utf-16")), 415, PLAIN, says("UTF-8"), {"Content_Type": "application/sparql-update; charset=UTF-16"}),
    Case("an update with wrong syntax", ("POST", "/sparql", b"CLEAR XYZ"), 403, PLAIN, says("no updates"), UPDATE),
    Case("an update with two datasets", form(("update", "WITH <x:g> CLEAR ALL"), ("using-graph-uri", f"{E}g1")), 403, PLAIN, says("no updates"), FORM),
    Case("a query and an update", form(("query", "ASK {}"), ("update", "CLEAR ALL")), 400, PLAIN, says("no updates"), FORM),
    Case("an update sent as a query", query("INSERT DATA { <x:s> <x:p> 1 }"), 400, PLAIN, says("INSERT", "building")),
    Case("an update of another type", ("POST", "/sparql", b"CLEAR ALL"), 415, PLAIN, says("type"), {"Content_Type": "text/plain"}),
    Case("SERVICE", query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"), 400, PLAIN, says("SERVICE", "other hosts")),
    Case("LOAD", query("LOAD <http://127.0.0.1:1/>"), 400, PLAIN, says("LOAD")),
    Case("an escape that could hide a word", query("ASK { ?s ?p '\\u0041' }"), 400, PLAIN, says("escape")),
    Case("brackets without end", direct("ASK " + "{" * 4500), 400, PLAIN, says("nested"), DIRECT),
    Case("a query that is too long", direct("ASK {} #" + "x" * 100_000), 400, PLAIN, says("longer than 100,000"), DIRECT),
    Case("a body that is too large", ("POST", "/sparql", b"x" * ((1 << 20) + 1)), 413, PLAIN, says("1,048,576"), DIRECT),
    Case("more parameters than anybody needs", ("GET", "/sparql?" + "a=1&" * 300, None), 400, PLAIN, says("parameters")),
    Case("another host", query("ASK {}"), 400, PLAIN, lambda got: None, {"Host": "evil.example"}),
]  # fmt: skip

GRAPHS = [
    Case("one graph", graph(graph=f"{E}g1"), 200, "text/turtle", triples(1, '"een"@nl')),
    Case("all graphs together", graph(default=""), 200, "text/turtle", triples(5)),
    Case("a graph by HEAD", ("HEAD", graph(graph=f"{E}g1")[1], None), 200, "text/turtle", nothing),
    Case("a graph that is not there", graph(graph=f"{E}none"), 404, PLAIN, says(f"{E}none")),
    Case("that by HEAD", ("HEAD", graph(graph=f"{E}none")[1], None), 404, PLAIN, nothing),
    Case("no graph is named", ("GET", "/graphs", None), 400, PLAIN, says("?graph=", "?default")),
    Case("two graphs", ("GET", f"/graphs?graph={E}g1&graph={E}g2", None), 400, PLAIN, says("?graph=")),
    Case("a graph and the default graph", graph(graph=f"{E}g1", default=""), 400, PLAIN, says("?graph=")),
    Case("a graph with a relative address", graph(graph="g1"), 400, PLAIN, says("absolute")),
    Case("a graph whose address would end the pattern", graph(graph=f"{E}g1> {{}} }} #"), 400, PLAIN, says("absolute")),
    *(Case(f"{method} of a graph", (method, graph(graph=f"{E}g1")[1], b""), 405, PLAIN, header("allow", "GET, HEAD, OPTIONS"))
      for method in ("PUT", "POST", "DELETE", "PATCH")),
]  # fmt: skip

OPEN = [
    Case("a browser comes to the page with the editor", ("GET", "/sparql", None), 303, "", header("location", "/editor"), accept(BROWSER)),
    Case("who would take HTML as well comes to the description", ("GET", "/sparql", None), 200, "text/turtle", triples(21),
         accept("text/turtle, text/html;q=0.5")),
    Case("may other pages ask", ("OPTIONS", "/sparql", None), 204, "", header("access-control-allow-methods", "POST"),
         {"Origin": "https://example.org", "Access_Control_Request_Method": "POST", "Access_Control_Request_Headers": "x-wanted"}),
    Case("with which headers", ("OPTIONS", "/sparql", None), 204, "", header("access-control-allow-headers", "x-wanted"),
         {"Origin": "https://example.org", "Access_Control_Request_Headers": "x-wanted"}),
    Case("may they read a graph", ("OPTIONS", "/graphs", None), 204, "", header("access-control-allow-methods", "GET"), {"Origin": "https://example.org"}),
    Case("a query by HEAD", ("HEAD", query(SELECT)[1], None), 200, JSON, nothing),
    Case("the description by HEAD", ("HEAD", "/sparql", None), 200, "text/turtle", nothing),
    Case("the dataset", ("GET", "/.well-known/void", None), 200, "application/n-triples", nothing, accept("application/n-triples")),
]  # fmt: skip

CASES = [
    *QUERIES, *DATASETS, *NEGOTIATION, *WRONG, *GRAPHS, *OPEN, *ROWS_AS, *ASK_AS, *TRIPLES_AS, *GRAPH_AS, *DESCRIBED_AS, *FORMATS
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_request(endpoint: Served, case: Case) -> None:
    got = endpoint.request(*case.request, **case.headers)
    assert (got.status, got.type) == (case.status, case.type), got.body[:300]
    case.meaning(got)
    if "Host" in case.headers:
        return
    assert got.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in got.headers
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "Accept" in got.headers["vary"]


SITE, OTHER = "https://example.org", "https://other.example:8443"


@pytest.mark.parametrize(
    ("sites", "origins"),
    [
        ([], {SITE: "", "null": "", "": ""}),
        ([SITE, OTHER], {SITE: SITE, OTHER: OTHER, f"{SITE}.evil.example": "", "null": "", "": ""}),
        (["*"], {OTHER: "*", "null": "*", "": "*"}),
    ],
)
def test_pages_of_other_sites_read_only_what_they_may(quads: Path, sites: list[str], origins: dict[str, str]) -> None:
    """In a browser that is: whoever sends no origin gets the same answer."""
    with served(quads, processes=2, slow=1, sites=sites) as server:
        for origin, allowed in origins.items():
            sent = {"Origin": origin} if origin else {}
            for method, path, status in (("GET", "/sparql", 200), ("GET", "/graphs", 400), ("OPTIONS", "/sparql", 204)):
                got = server.request(method, path, Access_Control_Request_Headers="x-wanted", **sent)
                assert got.status == status
                assert got.headers.get("access-control-allow-origin", "") == allowed
                assert ("access-control-allow-headers" in got.headers) == (method == "OPTIONS" and allowed != "")
                assert (got.headers.get("cross-origin-resource-policy") == "cross-origin") == (allowed != "")
                assert ("Origin" in got.headers["vary"]) == (sites not in ([], ["*"]))


def test_there_are_many_requests_and_each_is_another() -> None:
    assert len(CASES) >= 150
    assert len({case.name for case in CASES}) == len(CASES)


def test_the_description_follows_its_vocabulary_and_promises_nothing_more(endpoint: Served) -> None:
    got = endpoint.request("GET", "/sparql", Accept="application/n-triples")
    said = [quad.triple for quad in pyoxigraph.parse(got.body, pyoxigraph.RdfFormat.N_TRIPLES)]
    service = next(triple.subject for triple in said if triple.object.value == f"{SD}Service")
    of_service = {
        (triple.predicate.value.removeprefix(SD), triple.object.value) for triple in said if triple.subject == service
    }
    assert ("endpoint", f"http://127.0.0.1:{endpoint.port}/sparql") in of_service
    assert ("supportedLanguage", f"{SD}SPARQL11Query") in of_service
    assert {value.removeprefix(SD) for name, value in of_service if name == "feature"} == {"UnionDefaultGraph"}
    assert {value.removeprefix(SD) for name, value in of_service if name == "supportedLanguage"} == {"SPARQL11Query"}
    places = [triple for triple in said if triple.predicate.value in (f"{SD}endpoint", f"{SD}defaultDataset")]
    assert all(triple.subject == service for triple in places)
    (dataset,) = (triple.object for triple in said if triple.predicate.value == f"{SD}defaultDataset")
    kinds = {
        triple.object.value for triple in said if triple.subject == dataset and triple.predicate.value.endswith("type")
    }
    assert f"{SD}Dataset" in kinds
    pointed = next(triple.object.value for triple in said if triple.predicate.value.endswith("seeAlso"))
    assert endpoint.request("GET", pointed.partition(str(endpoint.port))[2]).status == 200
