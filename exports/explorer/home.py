"""The first page: one box to search with, some questions, how much there is."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from exports.explorer.pages import page


def home(request: Request) -> Response:
    """The first page."""
    return page(request, "home.html.j2")


routes = [Route("/", home, name="home")]
