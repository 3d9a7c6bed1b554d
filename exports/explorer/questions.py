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
from exports.explorer.names import described, find
from exports.explorer.pages import csv_file, page
from exports.explorer.words import Say
from exports.named import NamedQuery, NoSuchQuery, WrongValue, all_queries, query
from graph.answer import Question
from graph.askers import Unanswered
from graph.lookup import AmbiguousName, UnknownName

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


@dataclass(frozen=True, slots=True)
class WrongField:
    """A value that cannot be read: what is wrong, the status of the answer, and links (label, kind, query string) to better ones."""

    text: str
    status: int
    links: tuple[tuple[str, str, str], ...] = ()


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
    words = {name: told[name][:_LONGEST] for name in named.parameters if name in told}
    index, columns, rows = index_of(request), list[str](), list[list[tuple[str, bool]]]()
    values, wrong = await run_in_threadpool(_values, index, named, words, say)
    sparql, trouble = named.filled(values), ""
    if not wrong and ("run" in told or told.get("format") == "csv"):
        try:
            columns, rows = await _answer(request, sparql)
        except Unanswered as error:
            trouble = str(error)
    if told.get("format") == "csv" and not (trouble or wrong):
        return csv_file(named.name, columns, ([text for text, _ in row] for row in rows))
    shown = await run_in_threadpool(table, index, columns, rows[:SHOWN], say)
    return page(
        request, "question.html.j2", max((each.status for each in wrong), default=200), wrong=wrong, named=named, values=words, sparql=sparql, columns=columns, table=shown,
        total=len(rows), trouble=trouble, again=urlencode(words), slots=_slots(named, say), ran="run" in told and not wrong,
        drawn=urlencode([("ask", named.name), *(("set", f"{name}={value}") for name, value in words.items())]),
    )  # fmt: skip


def _slots(named: NamedQuery, say: Say) -> list[tuple[str, str, str]]:
    """The parameters of a query: name, what it is in the language of the page, and the default."""
    return [(each.name, say.maybe(f"slot.{each.name}", each.says), each.shown) for each in named.parameters.values()]


def _values(
    index: Index, named: NamedQuery, words: Mapping[str, str], say: Say
) -> tuple[dict[str, str], list[WrongField]]:
    """Read what a reader fills in for the parameters: the values for the query, and the fields that cannot be read."""
    values, wrong = dict[str, str](), list[WrongField]()
    for name, written in words.items():
        parameter = named.parameters[name]
        try:
            values[name] = parameter.parse(written, lambda asked, kinds: find(index, asked, kinds).entity)
        except WrongValue:
            expected = say(f"expected.{parameter.type}", example=parameter.example)
            wrong.append(WrongField(say("questions.wrong", value=written, expected=expected), 400))
        except UnknownName as error:
            several = isinstance(error, AmbiguousName)
            text = say(
                "graph.which" if several else "questions.near" if error.candidates else "graph.nothing", name=written
            )
            things = evidence.all_named(index, (each.iri for each in error.candidates), say)
            links = tuple(
                (
                    things[each.iri].label,
                    evidence.kind_in_words(each.kind, say),
                    urlencode({"run": "1"} | dict(words) | {name: chosen}),
                )
                for each, chosen in described(error.candidates)
            )
            wrong.append(WrongField(text, 300 if several else 404, links))
    return values, wrong


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
