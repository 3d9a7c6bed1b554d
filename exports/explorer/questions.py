"""Questions that are ready to be asked: the named queries as forms, their answers as tables, with the SPARQL behind them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from exports.explorer import evidence
from exports.explorer.addresses import reader
from exports.explorer.evidence import Named
from exports.explorer.holding import index_of
from exports.explorer.index import Index
from exports.explorer.pages import csv_file, page
from exports.explorer.words import Say
from exports.named import NamedQuery, NoSuchQuery, all_queries, query
from graph.answer import Question
from graph.askers import Unanswered

SHOWN = 200  # rows of a table on a page
_LONGEST = 300  # characters of a value that a reader fills in
_CHARTED = 60  # rows up to which numbers are also drawn
_COUNTS = ("papers", "mentions", "references", "addresses")
"""Columns that count, and so are drawn."""
_PARTS = {"question": "question", "final": "answer"}
"""Columns with the number of a part of the paper in the same row."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in a table: a text, a thing with a card, or a `part` of a paper.

    `share` is how long its bar is, of 1, where numbers are drawn.
    """

    text: str
    thing: Named | None = None
    share: float | None = None
    part: str = ""


def index_page(request: Request) -> Response:
    """All questions."""
    return page(request, "questions.html.j2", queries=all_queries())


async def show(request: Request) -> Response:
    """One question, and with `?run=` its answer, which takes its time in a process of its own. Raises HTTPException."""
    say, told = Say(request.path_params["language"]), request.query_params
    try:
        named = query(request.path_params["name"])
    except NoSuchQuery:
        raise HTTPException(404) from None
    values = {name: told[name][:_LONGEST] for name in named.slots if name in told}
    sparql = named.filled(values)
    columns, rows, trouble = list[str](), list[list[tuple[str, bool]]](), ""
    if "run" in told or told.get("format") == "csv":
        try:
            columns, rows = await _answer(request, sparql)
        except Unanswered as error:
            trouble = str(error)
    if told.get("format") == "csv" and not trouble:
        return csv_file(named.name, columns, ([text for text, _ in row] for row in rows))
    index = index_of(request)
    shown = await run_in_threadpool(table, index, columns, rows[:SHOWN], say)
    return page(
        request, "question.html.j2", named=named, values=values, sparql=sparql, columns=columns, table=shown,
        total=len(rows), trouble=trouble, ran="run" in told, again=urlencode(values), slots=_slots(named, say),
        drawn=urlencode([("ask", named.name), *(("set", f"{name}={value}") for name, value in values.items())]),
    )  # fmt: skip


def _slots(named: NamedQuery, say: Say) -> list[tuple[str, str, str]]:
    """The slots of a query: name, what it is in the language of the page, and the value that stands there by itself."""
    return [(name, say.maybe(f"slot.{name}", says), default) for name, (default, says) in named.slots.items()]


async def _answer(request: Request, sparql: str) -> tuple[list[str], list[list[tuple[str, bool]]]]:
    """The columns and rows of an answer, each value with whether it is an address. Raises Unanswered."""
    answer = await request.app.state.own.ask(Question(sparql, rows="json"))
    with answer.file:
        told = json.loads(await asyncio.to_thread(answer.file.read))
    return solutions(told)


def solutions(told: Mapping[str, Any]) -> tuple[list[str], list[list[tuple[str, bool]]]]:
    """The columns and rows of an answer in JSON, each value with whether it is an address."""
    columns = told["head"].get("vars", [])
    found = told.get("results", {}).get("bindings", [])
    return columns, [
        [(str(each[name]["value"]), each[name]["type"] == "uri") if name in each else ("", False) for name in columns]
        for each in found
    ]


def table(
    index: Index, columns: Sequence[str], rows: Sequence[Sequence[tuple[str, bool]]], say: Say
) -> list[list[Cell]]:
    """The rows with things by name, parts of a paper linked to, and a bar beside the numbers of the last column of counts."""
    things = evidence.all_named(index, (value for row in rows for value, is_address in row if is_address), say)
    charted = next((name for name in reversed(columns) if name in _COUNTS), "") if 1 < len(rows) <= _CHARTED else ""
    most = max((_count(row[columns.index(charted)][0]) for row in rows), default=0) if charted else 0
    made = []
    for row in rows:
        paper = dict(zip(columns, row, strict=True)).get("paper", ("", False))[0]
        cells = []
        for name, (value, is_address) in zip(columns, row, strict=True):
            share = _count(value) / most if name == charted and most else None
            part = f"{reader(paper)}#{_PARTS[name]}-{value}" if name in _PARTS and paper in things else ""
            cells.append(Cell(say.day(value), things.get(value) if is_address else None, share, part))
        made.append(cells)
    return made


def _count(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() else 0


routes = [Route("/questions", index_page), Route("/questions/{name}", show)]
