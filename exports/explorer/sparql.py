"""`/sparql` and `/graphs`: the SPARQL 1.1 Protocol, and the Graph Store Protocol for reading.

Nothing is answered here: `graph/askers.py` does that in processes that can be ended, and the application holds these as
`state.askers`; where it takes updates, `state.writer` runs them. A status 200 is sent when the whole answer is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from exports.explorer.asked import Refusal, asked, graphs, not_acceptable, parameters_of, sent
from exports.explorer.changing import wanted
from exports.explorer.describing import dataset_query, describe_service
from exports.explorer.negotiating import TRIPLES, choose
from graph.answer import Question
from graph.askers import Answer, Askers, Unanswered, drop

_STATUS = {"refused": 400, "forbidden": 403, "wrong": 400, "format": 406, "large": 413}
"""For each reason why a query has no answer the status; for those of the server itself 503."""
_AGAIN = "5"
"""Seconds after which a server that is busy may be asked again."""
_PIECE = 1 << 16
_COMPRESSED = 1_000_000
"""Bytes of an answer above which it is sent as it is: compressing it would keep this process from others."""
_SENDING = 900
"""Seconds in which an answer must have been fetched."""
_SAID = {"X-Content-Type-Options": "nosniff"}
"""What each answer says: its type is its type."""
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


class _Sent(StreamingResponse):
    """A whole answer on its way, its length said beforehand."""

    def __init__(self, answer: Answer, media_type: str) -> None:
        self._answer = answer
        headers = {"Content-Length": str(answer.size)}
        if answer.size > _COMPRESSED:
            headers["Content-Encoding"] = "identity"
        super().__init__(self._pieces(), media_type=media_type, headers=headers)

    async def _pieces(self) -> AsyncIterator[bytes]:
        while piece := self._answer.file.read(_PIECE):
            yield piece

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._answer.file:
            async with asyncio.timeout(_SENDING):
                await super().__call__(scope, receive, send)


def _open(
    *methods: str,
) -> Callable[[Callable[[Request], Awaitable[Response]]], Callable[[Request], Awaitable[Response]]]:
    """Answer with sentences for what goes wrong, and to pages that may read it, by these methods."""
    allowed = ", ".join((*methods, "OPTIONS"))

    def around(handle: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def handled(request: Request) -> Response:
            try:
                response = await _handled(request)
            except Refusal as refusal:
                response = _sentence(refusal.status, str(refusal), refusal.headers)
            except ClientDisconnect:  # nobody hears it
                response = _sentence(400, "the request was broken off", {})
            except Unanswered as error:
                status = _STATUS.get(error.why, 503)
                response = _sentence(status, str(error), {"Retry-After": _AGAIN} if status == 503 else {})
            response.headers.add_vary_header(_varies(request))
            response.headers.update(_SAID | _shared(request))
            return response

        async def _handled(request: Request) -> Response:
            if request.method == "OPTIONS":
                return Response(status_code=204, headers={"Allow": allowed} | _preflight(request, allowed))
            if request.method not in methods:
                raise Refusal(405, f"{request.method} is not taken here, only {allowed}", Allow=allowed)
            return await handle(request)

        return handled

    return around


def _shared(request: Request) -> dict[str, str]:
    """What lets pages of other hosts read an answer, without their visitor's name; nothing unless the application says so."""
    sites: tuple[str, ...] = getattr(request.app.state, "sites", ())
    origin = "*" if "*" in sites else request.headers.get("origin", "")
    if origin not in sites:
        return {}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }


def _varies(request: Request) -> str:
    """By which words of a request its answer differs; the way to a page adds the language of the reader."""
    sites: tuple[str, ...] = getattr(request.app.state, "sites", ())
    return "Accept, Origin" if sites and "*" not in sites else "Accept"


def _preflight(request: Request, methods: str) -> dict[str, str]:
    """What a browser wants to know before it lets a page of another host ask."""
    if "Access-Control-Allow-Origin" not in _shared(request):
        return {}
    wanted = request.headers.get("access-control-request-headers", "Accept, Content-Type")
    return {
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Max-Age": "86400",
        "Access-Control-Allow-Headers": wanted,
    }


def _sentence(status: int, says: str, headers: dict[str, str]) -> Response:
    return PlainTextResponse(f"{says}\n", status, headers)


@_open("GET", "HEAD", "POST")
async def _sparql(request: Request) -> Response:
    """A query, an update, or the description of the service."""
    parameters = await sent(request)
    if any(name == "update" for name, _ in parameters):
        update = wanted(request, parameters)
        await request.app.state.writer.write(update, request.app.state.askers)
        return Response(status_code=204)
    found = asked(request, parameters)
    if found is None:
        return _description(request)
    answer = await _ask(request, found.question)
    media_type = found.rows if answer.form == found.question.rows else found.triples
    assert media_type
    return _Sent(answer, media_type)


def _description(request: Request) -> Response:
    """The description of the service; for a browser the way to the page with the editor, if the application names one."""
    accept = request.headers.get("accept", "")
    page: Callable[[Request], str] | None = getattr(request.app.state, "sparql_page", None)
    if page and "text/html" in accept and choose(accept, {"text/html": "html", **TRIPLES}) == "text/html":
        return RedirectResponse(page(request), 303, {"Vary": "Accept-Language"})
    media_type = choose(accept, TRIPLES)
    if media_type is None:
        raise not_acceptable(TRIPLES)
    return Response(describe_service(request, TRIPLES[media_type]), media_type=media_type)


@_open("GET", "HEAD")
async def _graphs(request: Request) -> Response:
    """One named graph, or all of them together."""
    parameters = parameters_of(request)
    named, default = graphs(parameters, "graph"), [name for name, _ in parameters if name == "default"]
    if len(named) + len(default) != 1:
        raise Refusal(400, "say which graph: ?graph= with its address, or ?default for all of them together")
    media_type = choose(request.headers.get("accept", ""), TRIPLES)
    if media_type is None:
        raise not_acceptable(TRIPLES)
    if named:
        there = await _ask(request, Question(f"ASK {{ GRAPH <{named[0]}> {{ }} }}"))
        if b"true" not in there.read():
            raise Refusal(404, f"there is no graph {named[0]}")
    pattern = f"GRAPH <{named[0]}> {{ ?s ?p ?o }}" if named else "?s ?p ?o"
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"
    return _Sent(await _ask(request, Question(query, triples=TRIPLES[media_type])), media_type)


@_open("GET", "HEAD")
async def _void(request: Request) -> Response:
    """The description of the dataset, where programs look for it (VoID, section 7.2)."""
    media_type = choose(request.headers.get("accept", ""), TRIPLES)
    if media_type is None:
        raise not_acceptable(TRIPLES)
    return _Sent(await _ask(request, Question(dataset_query(), triples=TRIPLES[media_type])), media_type)


async def _ask(request: Request, question: Question) -> Answer:
    """The answer to a question, unless whoever asked it hangs up: that ends it. Raises Unanswered and ClientDisconnect."""
    askers: Askers = request.app.state.askers
    asking = asyncio.ensure_future(askers.ask(question))
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({asking, gone}, return_when=asyncio.FIRST_COMPLETED)
        if asking.done():
            return asking.result()
        raise ClientDisconnect
    except BaseException:
        asking.add_done_callback(drop)  # it may be answered just now
        raise
    finally:
        for task in (asking, gone):
            task.cancel()
        await asyncio.gather(asking, gone, return_exceptions=True)


async def _gone(request: Request) -> None:
    message: dict[str, Any] = {}
    while message.get("type") != "http.disconnect":
        message = dict(await request.receive())


routes = [
    Route("/sparql", _sparql, methods=_METHODS),
    Route("/graphs", _graphs, methods=_METHODS),
    Route("/.well-known/void", _void, methods=_METHODS),
]
"""For the application, before any route that would take the same addresses."""
