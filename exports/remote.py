"""Talk to a SPARQL server of someone else: again when it is busy, never to another host, names and passwords from outside only.

User and password come from KAMERGRAAF_USER and KAMERGRAAF_PASSWORD, and go out only where the server asks for them; a password
in the clear only to this machine or over HTTPS.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Mapping
from types import TracebackType
from urllib.parse import urlencode

import httpx

TRIES = 6
"""How often a request is sent at most."""
ACCEPTED = {
    "json": "application/sparql-results+json, application/n-triples;q=0.5",
    "csv": "text/csv, application/n-triples;q=0.5",
}
"""The media types of answers: rows, or triples where a query makes them."""
_LONGEST_WAIT = 60.0
_BUSY = frozenset({429, 500, 502, 503, 504})
"""Answers after which the same request may do; what is sent is the same each time, so sending it twice does no harm."""
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_USER, _PASSWORD = "KAMERGRAAF_USER", "KAMERGRAAF_PASSWORD"


class RemoteError(Exception):
    """A server did not do what it was asked; the message says what it said and what to do."""


class Remote:
    """A server at an address; use it in a `with` block. Raises RemoteError for an address that cannot be one."""

    def __init__(self, address: str, wait: Callable[[float], object] = time.sleep, seconds: float = 120) -> None:
        """Take the address; `wait` is called with the seconds between tries, `seconds` is the most that one answer may take."""
        try:
            self.address = httpx.URL(address)
        except httpx.InvalidURL as error:
            raise RemoteError(f"{address} is no address of a server: {error}") from error
        if self.address.scheme not in ("http", "https") or not self.address.host:
            raise RemoteError(f"{address} is no address of a server; it begins with http:// or https://")
        if self.address.userinfo:
            raise RemoteError(f"an address holds no password; set {_USER} and {_PASSWORD} in the environment")
        self._wait = wait
        # what the environment says of proxies holds; redirects are refused below
        self._client = httpx.Client(timeout=seconds, follow_redirects=False, auth=_auth(self.address))

    def __enter__(self) -> Remote:
        """Give the server itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hang up."""
        self._client.close()

    def send(
        self,
        method: str,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        fields: Mapping[str, str] | None = None,
        fine: frozenset[int] = frozenset(),
    ) -> bytes:
        """Send a request and give the answer, after as many tries as it takes. `fields` go into the address.

        `fine` are codes besides success that are none to worry about. Raises RemoteError.
        """
        address = self.address.copy_merge_params(dict(fields or {}))
        why, pause = "", 0.0
        for turn in range(TRIES):
            if turn:
                self._wait(max(pause, min(_LONGEST_WAIT, 0.5 * 2 ** (turn - 1))))
            try:
                answer = self._client.request(method, address, content=content, headers=dict(headers or {}))
            except httpx.TransportError as error:
                why, pause = f"it cannot be reached ({str(error) or type(error).__name__})", 0.0
                continue
            if answer.is_success or answer.status_code in fine:
                return answer.content
            if answer.status_code not in _BUSY:
                raise RemoteError(f"{self.address} {_refusal(answer)}")
            why, pause = f"it answers {answer.status_code}", _pause(answer)
        raise RemoteError(f"{self.address} was asked {TRIES} times and {why}; try again later")


def asked(server: Remote, query: str, accept: str) -> bytes:
    """The answer of a SPARQL endpoint to a query, in the media types of `accept`. Raises RemoteError."""
    # as a form: Virtuoso 7 takes a query as the body of a request and never answers
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
    return server.send("POST", urlencode({"query": query}).encode(), headers)


def _pause(answer: httpx.Response) -> float:
    """The seconds that a server wants to be left alone."""
    told = answer.headers.get("Retry-After", "")
    return min(_LONGEST_WAIT, float(told)) if told.isdecimal() else 0.0


def _refusal(answer: httpx.Response) -> str:
    code = answer.status_code
    if answer.is_redirect:
        return f"sends us to {answer.headers.get('Location', 'another place')}; if that is right, give that address"
    if code in (401, 403):
        return f"refuses us ({code}); set {_USER} and {_PASSWORD} in the environment"
    said = " ".join(answer.text[:300].split())
    return f"answers {code}" + (f": {said}" if said else "")


def _auth(address: httpx.URL) -> httpx.Auth | None:
    user, password = os.environ.get(_USER), os.environ.get(_PASSWORD)
    return _Asked(user, password, address) if user and password else None


class _Asked(httpx.Auth):
    """Name and password in the way in which the server asks for them, and only when it asks."""

    requires_response_body = True

    def __init__(self, user: str, password: str, address: httpx.URL) -> None:
        self._basic, self._digest = httpx.BasicAuth(user, password), httpx.DigestAuth(user, password)
        self._secret = address.scheme == "https" or address.host in _HERE

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        answer = yield request
        asked = answer.headers.get("WWW-Authenticate", "").lower() if answer.status_code == 401 else ""
        if asked.startswith("digest"):
            flow = self._digest.auth_flow(request)
            # its first step is what was done above
            next(flow)
            yield flow.send(answer)
        elif asked.startswith("basic") and self._secret:
            yield next(self._basic.auth_flow(request))
