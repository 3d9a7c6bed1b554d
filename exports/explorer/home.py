"""The first page: one box to search with, some questions, the newest papers, how much there is."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from exports import wording
from exports.explorer import addresses, evidence
from exports.explorer.holding import index_of
from exports.explorer.pages import page
from exports.explorer.words import Say

_NEWEST, _FIRST = 8, 8
_WITHIN = ("answer", "note", "date")
"""Kinds that are not listed as most referred to, as in the named query."""
ASKED = ("final-answer", "documents-by-treaty", "office-holders", "co-cited")
"""The questions that the first page offers."""


def home(request: Request) -> Response:
    """The first page."""
    index, say = index_of(request), Say(request.path_params["language"])
    papers = index.rows("SELECT * FROM paper ORDER BY day DESC, number LIMIT ?", _NEWEST)
    marks = ", ".join("?" * len(_WITHIN))
    most = index.rows(
        f"SELECT * FROM thing WHERE kind NOT IN ({marks}) AND papers > 0 ORDER BY papers DESC, mentions DESC, iri LIMIT ?",
        *_WITHIN,
        _FIRST,
    )
    about = {row["name"]: row["value"] for row in index.rows("SELECT * FROM about")}
    return page(
        request, "home.html.j2", papers=papers, reader=addresses.reader, asked_often=ASKED,
        most=[(evidence.named(row, row["iri"], say), row["papers"]) for row in most], kind_in_words=evidence.kind_in_words,
        counts=(int(about.get("papers", 0)), int(about.get("mentions", 0))),
        sort_in_words=lambda sort: wording.SORTS_NL.get(sort, sort) if say.language == "nl" else sort,
    )  # fmt: skip


routes = [Route("/", home, name="home")]
