"""The page on which one writes SPARQL: a form that works in every browser, the answer as a table or as text, and files of it."""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from exports.explorer.guarding import policy
from exports.explorer.holding import index_of
from exports.explorer.index import Index
from exports.explorer.pages import STATIC, page
from exports.explorer.questions import SHOWN, Cell, solutions, table
from exports.explorer.words import Say
from exports.named import all_queries
from graph.answer import Question
from graph.askers import Unanswered
from ontology.terms import PREFIXES

LONGEST = 6_000  # characters of a query in an address; servers between here and the reader take no more
_RAW = 100_000  # bytes of an answer that are shown as text
_ROW_RAW = 40_000  # the same of rows, which are shown as a table unless `?view=raw` is asked for
_ROWS, _TRIPLES = ("csv", "tsv", "json", "xml"), ("turtle", "ntriples", "jsonld", "rdfxml")
BUNDLE = "editor.js"
"""The script that makes an editor of the text area, which `make editor` bundles; where it is not, the text area stays."""
FIRST = """SELECT ?paper ?treaty WHERE {
  GRAPH ?paper { ?paper kg:invokesTreaty ?treaty }
}
LIMIT 20
"""


async def show(request: Request) -> Response:
    """The editor, and with `?query=` the answer, which takes its time in a process of its own."""
    say, index = Say(request.path_params["language"]), index_of(request)
    asked = request.query_params.get("query", "").replace("\r\n", "\n").strip()
    values: dict[str, Any] = {
        "columns": [],
        "table": [],
        "total": 0,
        "raw": "",
        "cut": False,
        "views": False,
        "files": (),
        "trouble": "",
    }
    if len(asked) > LONGEST:
        values["trouble"] = say("editor.long", LONGEST)
    elif asked:
        try:
            values |= await _answer(request, index, asked, say)
        except Unanswered as error:
            values["trouble"] = str(error)
    examples = [(each, urlencode({"query": each.text.strip()})) for each in all_queries()]
    nonce = secrets.token_urlsafe(16) if (STATIC / BUNDLE).is_file() else ""
    answer = page(
        request, "editor.html.j2", query=asked or FIRST, ran=bool(asked), examples=examples, script=BUNDLE, nonce=nonce,
        prefixes=sorted(PREFIXES.items()), again=urlencode({"query": asked}), **values,
    )  # fmt: skip
    answer.headers["Content-Security-Policy"] = policy(nonce)
    return answer


async def _answer(request: Request, index: Index, query: str, say: Say) -> dict[str, Any]:
    """What the page shows of an answer: rows as a table, statements as Turtle. Raises Unanswered."""
    answer = await request.app.state.askers.ask(Question(query, rows="json", triples="turtle"))
    with answer.file:
        if answer.form == "turtle":
            raw = await asyncio.to_thread(answer.file.read, _RAW)
            return {"raw": raw.decode("utf-8", "ignore"), "cut": answer.size > _RAW, "files": _TRIPLES}
        body = await asyncio.to_thread(answer.file.read)
    told = json.loads(body)
    if request.query_params.get("view") == "raw":
        found = len(told["results"]["bindings"]) if "results" in told else 1
        raw = body[:_ROW_RAW].decode("utf-8", "ignore")
        files = _ROWS if "results" in told else ("json", "xml")
        return {"raw": raw, "cut": len(body) > _ROW_RAW, "total": found, "files": files, "views": True}
    if "boolean" in told:
        truth = say("editor.yes" if told["boolean"] else "editor.no")
        return {
            "columns": [say("questions.answer")],
            "table": [[Cell(truth)]],
            "total": 1,
            "files": ("json", "xml"),
            "views": True,
        }
    columns, rows = solutions(told)
    shown = await run_in_threadpool(table, index, columns, rows[:SHOWN], say)
    return {"columns": columns, "table": shown, "total": len(rows), "files": _ROWS, "views": True}


routes = [Route("/sparql", show)]
