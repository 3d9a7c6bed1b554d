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
from exports.explorer.nearby import script_address
from exports.explorer.pages import page, page_number
from exports.explorer.searching import named, numbered
from exports.explorer.seen import Told
from exports.explorer.showing import shown
from exports.explorer.state import State, read, whole
from exports.explorer.words import Say
from exports.named import NoSuchQuery
from graph.askers import Unanswered

_ASKED = 300  # characters of a name that a reader types


async def show(request: Request) -> Response:
    """The page for a state, or the way to it. Raises HTTPException."""
    state, cut = read(request.query_params.multi_items())
    index, say = index_of(request), Say(request.path_params["language"])
    choices, asked = list[Row](), request.query_params.get("to", request.query_params.get("q", ""))[:_ASKED].strip()
    start = whole(request.query_params.get("from", ""))
    if asked:
        choices = await run_in_threadpool(meant, index, asked)
        if len(choices) == 1:
            state = state.then("path", start, choices[0]["iri"]) if start else state.then("open", choices[0]["iri"])
    if len(choices) == 1 or {"on", "undo"} & set(request.query_params):
        return RedirectResponse(f"/{say.language}/graph?{state.address()}", 303)
    told, trouble = await answered(request, state)
    values = await run_in_threadpool(shown, index, state, told, page_number(request), say)
    before = f"{short(start)} " if start else ""
    offered = [(evidence.named(row, row["iri"], say), row, before + short(row["iri"])) for row in choices]
    return page(
        request, "graph.html.j2", state=state, cut=cut, trouble=trouble, asked_for=asked, choices=offered,
        step="path" if start else "open", drawing_script=script_address(), kind_in_words=evidence.kind_in_words, **values,
    )  # fmt: skip


async def answered(request: Request, state: State) -> tuple[Told, str]:
    """What the query of a state is answered with, and what is wrong with it. Raises HTTPException where it has an unknown name."""
    try:
        asked = answering.sparql(state)
        if not asked:
            return Told(), ""
        told = await answering.told(request, asked, own=bool(state.named))
        about = await run_in_threadpool(index_of(request).things, answering.about(state))
        return replace(told, things=(*about, *told.things)), ""
    except NoSuchQuery:
        raise HTTPException(404) from None
    except Unanswered as error:
        return Told(), str(error)


def meant(index: Index, asked: str) -> list[Row]:
    """What a reader may mean by a number or a name, one where that is sure."""
    found = numbered(index, asked) or named(index, asked)[1]
    same = [
        row
        for row in found
        if asked.casefold()
        in (row["dutch"].casefold(), row["english"].casefold(), (row["identifier"] or "").casefold())
    ]
    return same if len(same) == 1 else found


routes = [Route("/graph", show)]
