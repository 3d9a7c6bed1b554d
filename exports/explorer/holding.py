"""One state of the index for each request: of two answers to it the second fits the first, whatever is written meanwhile."""

from __future__ import annotations

from contextlib import ExitStack

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from exports.explorer.index import Index
from exports.explorer.pages import collection_of

_KEY = "kamergraaf.held"


class Held:
    """The index for one request, from its first question on; for one thread at a time."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._index: Index | None = None

    def of(self, index: Index) -> Index:
        """The index as it is at the first question, the same one each time."""
        if self._index is None:
            self._index = self._open.enter_context(index.as_it_is())
        return self._index

    def let_go(self) -> None:
        """Hold nothing any more; safe to call twice."""
        self._index = None
        self._open.close()


class Holder:
    """Middleware that lets go of the index when an answer begins, for by then a page knows all that it says."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and hold nothing afterwards, also where the answer failed."""
        held = Held()

        async def answer(message: Message) -> None:
            held.let_go()
            await send(message)

        try:
            await self.app({**scope, _KEY: held}, receive, answer)
        finally:
            held.let_go()


def index_of(request: Request) -> Index:
    """The index of the collection that the pages show, which stays as it is until the request is answered."""
    held: Held = request.scope[_KEY]
    return held.of(collection_of(request).index)
