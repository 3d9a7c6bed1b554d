"""What is seen of the graph as a file: SVG, CSV, GEXF, Turtle."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import pyoxigraph
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from exports import gexf, still
from exports.explorer import evidence
from exports.explorer.drawing import network
from exports.explorer.entries import OTHERS
from exports.explorer.evidence import Named
from exports.explorer.holding import index_of
from exports.explorer.index import Index
from exports.explorer.pages import csv_file
from exports.explorer.saying import Said, said
from exports.explorer.seen import Seen, see
from exports.explorer.state import State, read
from exports.explorer.ties import Key
from exports.explorer.walk import answered
from exports.explorer.words import Say
from ontology.terms import KG, PREFIXES

FORMS = {"svg": "image/svg+xml", "gexf": "application/gexf+xml", "turtle": "text/turtle", "csv": "text/csv"}
_ENDINGS = {"turtle": "ttl"}
_COLUMNS = (
    "source",
    "source_label",
    "property",
    "target",
    "target_label",
    "times",
    "first",
    "last",
    "sentence",
    "paper",
    "start",
    "end",
)


async def take(request: Request) -> Response:
    """A file of what a state shows. Raises HTTPException."""
    form = request.path_params["form"]
    state, _ = read(request.query_params.multi_items())
    if form not in FORMS or not state:
        raise HTTPException(404)
    told, trouble = await answered(request, state)
    if trouble:
        raise HTTPException(400)
    index = index_of(request)

    def made() -> Response:
        return _file(index, form, see(index, state, told), state, Say(request.path_params["language"]))

    return await run_in_threadpool(made)


def _file(index: Index, form: str, seen: Seen, state: State, say: Say) -> Response:
    things = evidence.all_named(index, seen.things, say)
    if form == "svg":
        body: bytes | str = still.svg(network(index, things, seen.ties), "Kamergraaf")
    elif form == "turtle":
        body = _turtle(index, seen, things, say)
    else:
        found = said(index, seen.ties, state.sieve, say)
        if form == "csv":
            return csv_file("kamergraaf", _COLUMNS, map(_row, found))
        out = io.BytesIO()
        gexf.write([network(index, things, seen.ties, _evidence(found))], out)
        body = out.getvalue()
    kept = {"Content-Disposition": f'attachment; filename="kamergraaf.{_ENDINGS.get(form, form)}"'}
    return Response(body, media_type=f"{FORMS[form]}; charset=utf-8", headers=kept)


def _row(each: Said) -> tuple[object, ...]:
    sentence = next(iter(each.sentences), None)
    where = (_quote(sentence), sentence.paper.iri, sentence.start, sentence.end) if sentence else ("", "", "", "")
    tie = each.tie
    return (
        tie.source,
        each.source.label,
        tie.relation,
        tie.target,
        each.target.label,
        each.total,
        tie.first,
        tie.last,
        *where,
    )


def _quote(sentence: evidence.Evidence) -> str:
    return f"{sentence.before}{sentence.words}{sentence.after}".strip()


def _evidence(found: list[Said]) -> Mapping[Key, tuple[Mapping[str, Any], ...]]:
    return {each.tie.key: tuple({"quote": _quote(sentence)} for sentence in each.sentences) for each in found}


def _turtle(index: Index, seen: Seen, things: Mapping[str, Named], say: Say) -> bytes:
    """The statements that papers make of what is seen, from the sections that make them, and what each thing is called."""
    node, label = pyoxigraph.NamedNode, pyoxigraph.NamedNode(f"{PREFIXES['rdfs']}label")
    rows = index.rows(
        "WITH here AS MATERIALIZED (SELECT value AS iri FROM json_each(?)) SELECT DISTINCT source, property, target FROM edge"
        " WHERE target IN (SELECT iri FROM here)"
        " AND (CASE WHEN instr(source, '#') THEN substr(source, 1, instr(source, '#') - 1) ELSE source END) IN (SELECT iri FROM here)",
        json.dumps(list(seen.things)),
    )
    shown = {(tie.source, tie.relation, tie.target) for tie in seen.ties} - seen.told
    said_of = {
        pyoxigraph.Triple(
            node(row["source"]), node(OTHERS.get(row["property"], KG + row["property"])), node(row["target"])
        )
        for row in rows
        if {(end, row["property"], row["target"]) for end in (row["source"], row["source"].partition("#")[0])} & shown
    }
    names = {
        pyoxigraph.Triple(node(iri), label, pyoxigraph.Literal(thing.label, language=say.language))
        for iri, thing in things.items()
    }
    return (
        pyoxigraph.serialize(sorted(said_of | names, key=str), format=pyoxigraph.RdfFormat.TURTLE, prefixes=PREFIXES)
        or b""
    )


routes = [Route("/graph/{form}", take)]
