"""The application: which pages there are, in which order they are looked for, and what surrounds them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from exports.explorer import (
    card,
    data,
    editor,
    home,
    judging,
    nearby,
    quality,
    questions,
    reader,
    search,
    sparql,
    taking,
    thread,
    vocabulary,
    walk,
    wanted,
)
from exports.explorer.changing import Writer
from exports.explorer.collection import Collection
from exports.explorer.errors import HANDLERS
from exports.explorer.guarding import Guard
from exports.explorer.holding import Holder
from exports.explorer.noted import Noted
from exports.explorer.pages import STATIC, language_of
from exports.explorer.warming import warm
from exports.explorer.words import LANGUAGES
from exports.steps import Step
from graph.asker import Bounds
from graph.follow import serving

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
PAGES: tuple[ModuleType, ...] = (
    home,
    search,
    reader,
    card,
    thread,
    walk,
    taking,
    questions,
    editor,
    vocabulary,
    wanted,
    quality,
    judging,
)
"""The modules with pages for readers, each with `routes`; their addresses begin with the language."""
SERVICES: tuple[ModuleType, ...] = (sparql, data, nearby)
"""The modules for programs, each with `routes`; their addresses have no language."""
OWN = Bounds(processes=3, slow=2)
"""For named queries that pages ask: processes apart from those for text that anybody may write, which so keeps no reader waiting."""


def make(
    folder: Path,
    hosts: Iterable[str] = LOOPBACK,
    sites: Iterable[str] = (),
    progress: Step | None = None,
    token: str = "",
    corrections: Path | None = None,
) -> Starlette:
    """The application over the graph in a folder, for requests to any of `hosts`. Raises StoreError.

    Pages of `sites`, such as https://example.org, may read in a browser what the endpoint answers; those of all sites with "*".
    Whoever has `token`, if one is given, may change the graph by SPARQL updates. Raises ValueError for one that is too short.
    With `corrections` readers may say what is right and wrong, which is kept in that file. Raises CorrectionsError.
    The index is brought up to date first; `progress` is told how many papers are done, of how many.
    """
    noted = Noted(corrections) if corrections else None
    collection = Collection(folder, progress)

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        app.state.collection, app.state.sparql_page = collection, _sparql_page
        await run_in_threadpool(warm, collection.index)
        async with serving(folder) as app.state.askers, serving(folder, OWN) as app.state.own:
            yield
        collection.close()

    routes: list[BaseRoute] = [
        Mount("/static", StaticFiles(directory=STATIC)),
        *(route for module in SERVICES for route in module.routes),
        Mount("/{language:language}", routes=[route for module in PAGES for route in module.routes]),
        Route("/{path:path}", in_a_language),
    ]
    middleware = [
        Middleware(Guard),
        Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
        Middleware(GZipMiddleware, minimum_size=1000),
        Middleware(Holder),
    ]
    app = Starlette(routes=routes, middleware=middleware, exception_handlers=HANDLERS, lifespan=life)
    app.state.sites, app.state.noted = tuple(sites), noted
    app.state.writer = Writer(folder, token) if token else None
    return app


def _sparql_page(request: Request) -> str:
    """The page with the editor, in the language of the reader, for a browser that asks at the address of the endpoint."""
    return f"/{language_of(request)}/sparql"


def in_a_language(request: Request) -> Response:
    """To the same address in the language of the reader, for an address without one. Raises HTTPException."""
    path = request.path_params["path"]
    if path.partition("/")[0] in LANGUAGES and "/" in path:
        raise HTTPException(404)
    asked = f"?{request.url.query}" if request.url.query else ""
    place = f"/{path}/" if path in LANGUAGES else f"/{language_of(request)}/{quote(path)}"
    return RedirectResponse(place + asked, 307, {"Vary": "Accept-Language"})
