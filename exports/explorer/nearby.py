"""What programs and the script of the page of the graph fetch: the neighbours of a thing, a few at a time, and that script itself."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from exports.explorer import evidence, ties
from exports.explorer.holding import index_of
from exports.explorer.pages import STATIC, language_of
from exports.explorer.seen import PAGE
from exports.explorer.state import read, whole
from exports.explorer.words import Say
from exports.page import TEMPLATES

MOST, FARTHEST = 100, 1_000_000
"""Neighbours in one answer, and how far into the list one may ask."""
PLACE = "/graph/script.js"
SHARED = ("data", "view", "labels", "canvas", "hand")
"""The files of the drawing that this page has in common with `kamergraaf draw`, in their order."""


def neighbours(request: Request) -> Response:
    """The neighbours of `?of=`, those that are said most often first, from `offset` on, as JSON. Raises HTTPException.

    `limit` is at most MOST; the filters are those of the page: `off`, `without`, `since`, `until`.
    """
    index, told = index_of(request), request.query_params
    iri, say = whole(told.get("of", "")), Say(language_of(request))
    if not iri or index.thing(iri) is None:
        raise HTTPException(404)
    state, _ = read(told.multi_items())
    offset, limit = _number(told.get("offset", ""), 0, FARTHEST), _number(told.get("limit", ""), PAGE, MOST)
    total, found = ties.neighbours(index, iri, state.sieve, limit, offset)
    things, between = evidence.all_named(index, found, say), ties.among(index, [iri, *found], state.sieve)
    tied: dict[str, list[dict[str, object]]] = {each: [] for each in found}
    for tie in between:
        if iri in (tie.source, tie.target):
            other = tie.target if tie.source == iri else tie.source
            words = evidence.property_in_words(tie.relation, say, backwards=tie.target == iri)
            tied[other].append(
                {"property": tie.relation, "words": words, "outwards": tie.source == iri, "times": tie.number}
            )
    listed = [
        {"iri": each, "label": things[each].label, "kind": things[each].kind, "card": f"/{say.language}{things[each].card}", "ties": tied[each]}
        for each in found
    ]  # fmt: skip
    return JSONResponse({"of": iri, "total": total, "offset": offset, "neighbours": listed})


def _number(asked: str, otherwise: int, most: int) -> int:
    """A number of the address within bounds; another one for what is no number."""
    return min(int(asked), most) if asked.isascii() and asked.isdigit() and len(asked) < 10 else otherwise


def script(request: Request) -> Response:
    """The script of the page: the drawing of `kamergraaf draw` as a function, and what this page does with it."""
    kept = {"Cache-Control": "public, max-age=31536000, immutable"} if request.url.query else {}
    return Response(_script(), media_type="text/javascript; charset=utf-8", headers=kept)


def script_address() -> str:
    """Where the script is; the address changes with it, so that browsers may keep it."""
    return f"{PLACE}?{sha256(_script().encode()).hexdigest()[:12]}"


@cache
def _script() -> str:
    shared = "\n".join((TEMPLATES / f"{name}.js").read_text(encoding="utf-8") for name in SHARED)
    own = (STATIC / "graph.js").read_text(encoding="utf-8")
    return f'"use strict";\nfunction picture(stage, held, language, seen) {{\nconst at = (id) => document.getElementById(id);\n{shared}\nlook();\nreturn {{ {_GIVEN} }};\n}}\n{own}'


_GIVEN = "held, drawing: byCanvas(stage, seen), nodes, from, to, marked, look, choose: (node) => { selected = node; }"


routes = [Route("/graph/neighbours", neighbours), Route(PLACE, script)]
