"""Search: one box for numbers, names and words, with facets, the passage that was found, and CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from exports import wording
from exports.explorer import addresses, evidence
from exports.explorer.holding import index_of
from exports.explorer.index import Index
from exports.explorer.names import exact, named, similar
from exports.explorer.pages import csv_file, page, page_number
from exports.explorer.searching import COUNTED, FACETS, Filters, Found, worded
from exports.explorer.words import Say

SIZE = 20
_MOST = 5_000  # rows of the file
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def show(request: Request) -> Response:
    """What was found, or with `?format=csv` the passages as a file."""
    index, say = index_of(request), Say(request.path_params["language"])
    told = request.query_params
    asked, number = " ".join(told.get("q", "").split()), page_number(request)
    chosen = tuple((facet, told[facet]) for facet in FACETS if told.get(facet))
    filters = Filters(
        chosen, *(told.get(name, "") if _DAY.fullmatch(told.get(name, "")) else "" for name in ("from", "to"))
    )
    if told.get("format") == "csv":
        return _file(index, asked, filters)
    numbers = exact(index, asked) if asked and not filters else []
    total_names, names = named(index, asked) if asked and not filters else (0, [])
    known = {row["iri"] for row in numbers}
    found = worded(index, asked, filters, number, SIZE)
    if not found.total and not filters and not any(sign in asked for sign in '"*'):
        # what no passage has whole may be how a word begins
        found = worded(index, " ".join(f"{word}*" for word in asked.split()), filters, number, SIZE)
    papers = index.papers(hit.paper for hit in found.hits)
    close = similar(index, asked) if asked and not (filters or numbers or names or found.total) else []
    return page(
        request, "search.html.j2", asked=asked, filters=filters, found=found, papers=papers, number=number,
        numbers=[(evidence.named(row, row["iri"], say), row) for row in numbers],
        names=[(evidence.named(row, row["iri"], say), row) for row in names if row["iri"] not in known],
        close=[(evidence.named(row, row["iri"], say), row) for row in close], total_names=total_names, counted=COUNTED, last=max(1, -(-min(found.total, COUNTED) // SIZE)), facets=list(_facets(index, found, filters, asked, say)),
        kind_in_words=evidence.kind_in_words, reader=addresses.reader, query=_query(asked, filters), sort_in_words=_sort,
    )  # fmt: skip


def _sort(sort: str, say: Say) -> str:
    return wording.SORTS_NL.get(sort, sort) if say.language == "nl" else sort


def _query(asked: str, filters: Filters) -> str:
    """The question as it stands in an address, without the number of the page."""
    days = [(name, day) for name, day in (("from", filters.first), ("to", filters.last)) if day]
    return urlencode([("q", asked), *filters.chosen, *days])


def _facets(
    index: Index, found: Found, filters: Filters, asked: str, say: Say
) -> Iterator[tuple[str, list[tuple[str, int, str, bool]]]]:
    """Each facet in words, with its values: in words, how many papers, where it leads, whether it is chosen."""
    for facet in FACETS:
        values = found.facets.get(facet, [])
        things = (
            evidence.all_named(index, (value for value, _ in values), say) if facet in ("ministry", "treaty") else {}
        )
        told = []
        for value, number in values:
            words = things[value].label if value in things else _sort(value, say) if facet == "sort" else value
            on = (facet, value) in filters.chosen
            rest = tuple(pair for pair in filters.chosen if pair[0] != facet)
            other = Filters(rest if on else (*rest, (facet, value)), filters.first, filters.last)
            told.append((words, number, _query(asked, other), on))
        if told:
            yield say(f"search.{facet}"), told


def _file(index: Index, asked: str, filters: Filters) -> Response:
    found = worded(index, asked, filters, 1, _MOST)
    papers = index.papers(hit.paper for hit in found.hits)
    cells = (
        (papers[hit.paper]["iri"], papers[hit.paper]["label"], papers[hit.paper]["day"], "".join(piece for piece, _ in hit.pieces), hit.start)
        for hit in found.hits
    )  # fmt: skip
    return csv_file("found", ("paper", "label", "date", "passage", "start"), cells)


routes = [Route("/search", show)]
