"""The page of the graph: from thing to thing, each tie with the sentence that says it. Works without scripts."""

from __future__ import annotations

from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from exports.explorer import answering, evidence
from exports.explorer.addresses import short
from exports.explorer.holding import index_of
from exports.explorer.index import Index, Row
from exports.explorer.names import NAMES, find
from exports.explorer.nearby import script_address
from exports.explorer.pages import page, page_number
from exports.explorer.seen import Told
from exports.explorer.showing import shown
from exports.explorer.state import State, read, whole
from exports.explorer.words import Say
from exports.named import NoSuchQuery, WrongValue
from graph.askers import Unanswered
from graph.lookup import AmbiguousName, Entity, UnknownName

_ASKED = 300  # characters of a name that a reader types


async def show(request: Request) -> Response:
    """The page for a state, or the way to it. Raises HTTPException."""
    state, cut = read(request.query_params.multi_items())
    index, say = index_of(request), Say(request.path_params["language"])
    choices, close, asked = (
        list[Row](),
        list[Row](),
        request.query_params.get("to", request.query_params.get("q", ""))[:_ASKED].strip(),
    )
    start = whole(request.query_params.get("from", ""))
    if asked:
        choices, close = await run_in_threadpool(meant, index, asked)
        if len(choices) == 1:
            state = state.then("path", start, choices[0]["iri"]) if start else state.then("open", choices[0]["iri"])
    if len(choices) == 1 or {"on", "undo"} & set(request.query_params):
        return RedirectResponse(f"/{say.language}/graph?{state.address()}", 303)
    told, trouble = await answered(request, state)
    values = await run_in_threadpool(shown, index, state, told, page_number(request), say)
    before = f"{short(start)} " if start else ""
    offered, near = (
        [(evidence.named(row, row["iri"], say), row, before + short(row["iri"])) for row in some]
        for some in (choices, close)
    )
    return page(
        request, "graph.html.j2", state=state, cut=cut, trouble=trouble, asked_for=asked, choices=offered, near=near,
        step="path" if start else "open", drawing_script=script_address(), kind_in_words=evidence.kind_in_words, **values,
    )  # fmt: skip


async def answered(request: Request, state: State) -> tuple[Told, str]:
    """What the query of a state is answered with, and what is wrong with it. Raises HTTPException where it has an unknown name."""
    try:
        asked = await run_in_threadpool(answering.sparql, index_of(request), state)
        if not asked.sparql:
            return Told(), ""
        told = await answering.told(request, asked.sparql, own=bool(state.named))
        return replace(told, things=(*asked.about, *told.things)), ""
    except NoSuchQuery:
        raise HTTPException(404) from None
    except (Unanswered, UnknownName, WrongValue) as error:
        return Told(), str(error)


def meant(index: Index, asked: str) -> tuple[list[Row], list[Row]]:
    """Find what a reader may mean by a name, one where that is sure; and what is called nearly so where nothing is."""
    try:
        found = [find(index, asked).entity]
        near = list[Entity]()
    except AmbiguousName as error:
        found, near = list(error.candidates), []
    except UnknownName as error:
        found, near = [], list(error.candidates)
    known = index.things(each.iri for each in (*found, *near))
    choices = sorted(
        (known[each.iri] for each in found), key=lambda row: (-row["papers"], -row["mentions"], row["dutch"])
    )
    return choices[:NAMES], [known[each.iri] for each in near[:NAMES]]


routes = [Route("/graph", show)]
