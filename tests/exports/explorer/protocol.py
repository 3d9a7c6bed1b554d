"""Requests as programs send them, and what answers mean, read by parsers that are not the engine's own."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

import rdflib
from serving import Got

E = "http://example.org/"
SELECT = f"SELECT ?o WHERE {{ ?s <{E}p> ?o }} ORDER BY ?o"
NAMED = "SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
CONSTRUCT = f"CONSTRUCT WHERE {{ ?s <{E}p> ?o }}"
FORM = {"Content_Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content_Type": "application/sparql-query"}
UPDATE = {"Content_Type": "application/sparql-update"}
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
PLAIN = "text/plain"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
Meaning = Callable[[Got], None]
SD = "http://www.w3.org/ns/sparql-service-description#"


def column(got: Got) -> list[str]:
    """The first column of the rows, read by another parser than the one of the engine."""
    if got.type in ("application/json", JSON):
        told = json.loads(got.body)
        name = told["head"]["vars"][0]
        return [row[name]["value"] for row in told["results"]["bindings"]]
    if got.type in (XML, "application/xml", "text/xml"):
        space = "{http://www.w3.org/2005/sparql-results#}"
        results = ET.fromstring(got.body).iter(f"{space}result")
        return ["".join(next(iter(row)).itertext()) for row in results]
    if got.type == CSV:
        return [row[0] for row in list(csv.reader(io.StringIO(got.text, newline="")))[1:]]
    assert got.type == TSV
    return [line.split("\t")[0] for line in got.text.splitlines()[1:]]


def values(*wanted: str) -> Meaning:
    def check(got: Got) -> None:
        assert column(got) == list(wanted)

    return check


def many(number: int) -> Meaning:
    def check(got: Got) -> None:
        assert len(column(got)) == number

    return check


def triples(number: int, holds: str = "") -> Meaning:
    def check(got: Got) -> None:
        # other names of the same formats
        form = {
            "application/xml": "application/rdf+xml",
            "text/xml": "application/rdf+xml",
            "application/json": "json-ld",
        }
        dataset = rdflib.Dataset(default_union=True).parse(
            data=got.body, format="nt" if got.type == PLAIN else form.get(got.type, got.type)
        )
        found = set(dataset.triples((None, None, None)))
        assert len(found) == number
        assert any(holds in term.n3() for triple in found for term in triple)

    return check


def boolean(wanted: bool) -> Meaning:
    def check(got: Got) -> None:
        if "json" in got.type:
            assert json.loads(got.body)["boolean"] is wanted
        elif "xml" in got.type:
            assert f"<boolean>{str(wanted).lower()}</boolean>" in got.text
        else:
            assert got.text.strip() == str(wanted).lower()

    return check


def says(*parts: str) -> Meaning:
    def check(got: Got) -> None:
        assert got.type == PLAIN
        assert got.text.endswith("\n")
        for part in parts:
            assert part in got.text

    return check


def nothing(got: Got) -> None:
    assert got.body == b""


def header(name: str, wanted: str) -> Meaning:
    def check(got: Got) -> None:
        assert wanted in got.headers[name]

    return check


@dataclass(frozen=True)
class Case:
    name: str
    request: tuple[str, str, bytes | None]
    status: int
    type: str
    meaning: Meaning
    headers: dict[str, str] = field(default_factory=dict)


def get(*parameters: tuple[str, str], path: str = "/sparql") -> tuple[str, str, None]:
    return "GET", f"{path}?{urlencode(parameters)}", None


def query(text: str, *more: tuple[str, str]) -> tuple[str, str, None]:
    return get(("query", text), *more)


def form(*parameters: tuple[str, str]) -> tuple[str, str, bytes]:
    return "POST", "/sparql", urlencode(parameters).encode()


def direct(text: str, *parameters: tuple[str, str]) -> tuple[str, str, bytes]:
    return "POST", f"/sparql?{urlencode(parameters)}", text.encode()


def graph(**parameters: str) -> tuple[str, str, None]:
    return get(*parameters.items(), path="/graphs")


def default(*names: str) -> list[tuple[str, str]]:
    return [("default-graph-uri", f"{E}{name}") for name in names]


def named(*names: str) -> list[tuple[str, str]]:
    return [("named-graph-uri", f"{E}{name}") for name in names]


def accept(wanted: str) -> dict[str, str]:
    return {"Accept": wanted}
