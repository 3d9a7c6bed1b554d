"""Updates by the SPARQL 1.1 Protocol, section 2.2, for whoever has the token: read from a request, and run one at a time."""

from __future__ import annotations

import asyncio
import hmac
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request

from exports.explorer.asked import Refusal, graphs
from graph import snapshot
from graph.asker import Bounds, Unanswered
from graph.askers import Askers
from graph.change import Update, change

SHORTEST = 16
"""Characters of a token, at least."""
_WAITING = 8
"""Updates that may wait for their turn."""
_SHOWN = 20
"""Seconds for which an update that is done waits for the queries to see it."""
_CLOSED = "this endpoint answers queries and takes no updates; the graph changes by building it"
_CHALLENGE = 'Bearer realm="kamergraaf"'


@dataclass(slots=True)
class Writer:
    """Where updates go, and the token that they need: of at least SHORTEST visible ASCII signs. Raises ValueError."""

    folder: Path
    token: str = field(repr=False)
    bounds: Bounds = field(default_factory=Bounds)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _waiting: int = 0

    def __post_init__(self) -> None:
        """Keep what the token is known by, not the token."""
        if len(self.token) < SHORTEST or not all("!" <= sign <= "~" for sign in self.token):
            raise ValueError(f"the token must have at least {SHORTEST} letters, digits or signs, and no blanks")
        self.token = _known_by(self.token)

    def fits(self, token: str) -> bool:
        """Whether that is the token, in a time that tells nothing of it."""
        return hmac.compare_digest(self.token, _known_by(token))

    async def write(self, update: Update, askers: Askers) -> None:
        """Run an update when it is its turn, and wait until queries see what it did. Raises Unanswered."""
        if self._waiting >= _WAITING:
            raise Unanswered("busy", f"{_WAITING} updates wait already; try again")
        self._waiting += 1
        try:
            async with self._turn:
                await change(self.folder, update, self.bounds.seconds, self.bounds.megabytes)
        finally:
            self._waiting -= 1
        number, until = snapshot.newest(self.folder), asyncio.get_running_loop().time() + _SHOWN
        while int(askers.quads.name) < number and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(0.05)


def wanted(request: Request, parameters: list[tuple[str, str]]) -> Update:
    """The update of a request that has one. Raises Refusal."""
    updates = [value for name, value in parameters if name == "update"]
    writer: Writer | None = getattr(request.app.state, "writer", None)
    if request.method != "POST" or any(name == "query" for name, _ in parameters):
        raise Refusal(400, "send an update by POST, and without a query" if writer else _CLOSED)
    if writer is None:
        raise Refusal(403, _CLOSED)
    _check(request, writer)
    if len(updates) != 1:
        raise Refusal(400, f"send one update; this request has {len(updates)}")
    return Update(updates[0], graphs(parameters, "using-graph-uri"), graphs(parameters, "using-named-graph-uri"))


def _check(request: Request, writer: Writer) -> None:
    """Raise Refusal unless the request has the token (RFC 6750, sections 2.1 and 3)."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Refusal(
            401, "an update needs the token: send it as Authorization: Bearer TOKEN", WWW_Authenticate=_CHALLENGE
        )
    if not writer.fits(token.strip()):
        raise Refusal(401, "this is not the token", WWW_Authenticate=f'{_CHALLENGE}, error="invalid_token"')


def _known_by(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
