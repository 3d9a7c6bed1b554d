"""Papers that are referred to but not in the collection, most referred to first: a list to fetch."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from exports.explorer import evidence
from exports.explorer.holding import index_of
from exports.explorer.pages import csv_file, page, page_number
from exports.explorer.words import Say

KINDS = ("kamerstuk", "aanhangsel", "handelingen", "document", "bijlage", "toezegging", "letter", "motion")
PAGE = 50
_MOST = 100_000  # rows of the file
_WANTED = f"FROM thing WHERE kind IN ({', '.join('?' * len(KINDS))}) AND papers > 0"


def show(request: Request) -> Response:
    """The list, or with `?format=csv` the whole of it as a file."""
    index, say = index_of(request), Say(request.path_params["language"])
    kind = request.query_params.get("kind", "")
    kinds = [each if each == kind or kind not in KINDS else "" for each in KINDS]
    order = "ORDER BY papers DESC, mentions DESC, iri"
    if request.query_params.get("format") == "csv":
        rows = index.rows(f"SELECT * {_WANTED} {order} LIMIT {_MOST}", *kinds)
        cells = (
            (row["iri"], row["identifier"], row["dutch"], row["kind"], row["papers"], row["mentions"]) for row in rows
        )
        return csv_file("wanted", ("address", "id", "label", "kind", "papers", "mentions"), cells)
    number, total = page_number(request), index.number(f"SELECT COUNT(*) {_WANTED}", *kinds)
    some = f"SELECT iri {_WANTED} {order} LIMIT {PAGE} OFFSET ?"  # read from its index alone, however far on
    rows = index.rows(f"SELECT * FROM thing WHERE iri IN ({some}) {order}", *kinds, (number - 1) * PAGE)
    found = [(evidence.named(row, row["iri"], say), row) for row in rows]
    return page(
        request, "wanted.html.j2", found=found, total=total, number=number, last=max(1, -(-total // PAGE)),
        first=(number - 1) * PAGE, kind=kind if kind in KINDS else "", kinds=KINDS, kind_in_words=evidence.kind_in_words,
    )  # fmt: skip


routes = [Route("/wanted", show)]
