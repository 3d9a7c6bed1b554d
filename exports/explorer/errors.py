"""What a reader sees where there is no page, or where the program failed: a sentence and a way on, never a trace."""

from __future__ import annotations

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from exports.explorer.pages import page

_TOLD = {400: "wrong", 403: "foreign", 404: "missing", 405: "method", 503: "busy"}


def refused(request: Request, error: Exception) -> Response:
    """The page of an HTTPException."""
    assert isinstance(error, HTTPException)
    answer = page(request, "error.html.j2", error.status_code, told=_TOLD.get(error.status_code, "wrong"))
    answer.headers.update(error.headers or {})
    return answer


def failed(request: Request, error: Exception) -> Response:
    """The page of a fault of ours, which is written to the log of the person who runs the server."""
    logging.getLogger("kamergraaf").error("%s %s failed", request.method, request.url.path, exc_info=error)
    return page(request, "error.html.j2", 500, told="failed")


HANDLERS = {HTTPException: refused, Exception: failed}
