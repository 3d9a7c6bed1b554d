"""What is asked of the endpoint: a request read by the rules of the SPARQL 1.1 Protocol, sections 2.1 and 2.2."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

import pyoxigraph
from starlette.requests import Request

from exports.explorer.negotiating import ROWS, TRIPLES, choose
from graph.answer import Question

MOST = 1 << 20
"""Bytes of the body of a request."""
_PARAMETERS = 200
_DIRECT = {"application/sparql-query": "query", "application/sparql-update": "update"}
"""The types of a body that is one text, and the parameters that it stands for."""
_ARRIVES = 30
"""Seconds in which the body of a request must have come."""


class Refusal(Exception):
    """A request that is not answered: the status, a sentence, perhaps headers."""

    def __init__(self, status: int, says: str, **headers: str) -> None:
        super().__init__(says)
        self.status, self.headers = status, {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the media types in which its answer is to be sent: of rows and of triples."""

    question: Question
    rows: str | None
    triples: str | None


async def sent(request: Request) -> list[tuple[str, str]]:
    """All that a request says, in its address and in its body, as parameters. Raises Refusal."""
    return parameters_of(request) + (await _posted(request) if request.method == "POST" else [])


def asked(request: Request, parameters: list[tuple[str, str]]) -> Asked | None:
    """The question of a request; None for one without a query, which asks for the description. Raises Refusal."""
    queries = [value for name, value in parameters if name == "query"]
    if not queries and request.method != "POST":
        return None
    if len(queries) != 1:
        raise Refusal(400, f"send one query; this request has {len(queries) or 'none'}")
    rows, triples = (_media_type(request, parameters, offers) for offers in (ROWS, TRIPLES))
    if not rows and not triples:
        raise not_acceptable(ROWS | TRIPLES)
    question = Question(
        queries[0],
        ROWS[rows] if rows else None,
        TRIPLES[triples] if triples else None,
        graphs(parameters, "default-graph-uri"),
        graphs(parameters, "named-graph-uri"),
    )
    return Asked(question, rows, triples)


def _media_type(request: Request, parameters: list[tuple[str, str]], offers: dict[str, str]) -> str | None:
    """The media type of an answer: by the parameter `format`, for those who cannot set headers, or by the Accept header."""
    names = [value for name, value in parameters if name == "format"]
    if not names:
        return choose(request.headers.get("accept", ""), offers)
    known = sorted({*ROWS.values(), *TRIPLES.values()})
    if names[-1] not in known:
        raise Refusal(400, f"there is no format {names[-1]!r}; these are known: {', '.join(known)}")
    return next((media_type for media_type, form in offers.items() if form == names[-1]), None)


def not_acceptable(offers: dict[str, str]) -> Refusal:
    """The refusal of a request that takes none of the media types on offer."""
    return Refusal(406, f"the Accept header names none of the formats of this answer: {', '.join(offers)}")


def graphs(parameters: list[tuple[str, str]], named: str) -> tuple[str, ...]:
    """The addresses of graphs in parameters. Nothing is fetched from them. Raises Refusal for what is no address."""
    found = tuple(value for name, value in parameters if name == named)
    for value in found:
        try:
            pyoxigraph.NamedNode(value)
        except ValueError as error:
            raise Refusal(400, f"{named} is no absolute address ({error})") from error
    return found


def _parameters(encoded: bytes, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode(), keep_blank_values=True, errors="strict", max_num_fields=_PARAMETERS)
    except UnicodeDecodeError as error:
        raise Refusal(400, f"{where} is not UTF-8") from error
    except ValueError as error:
        raise Refusal(400, f"{where} has more than {_PARAMETERS} parameters") from error


def parameters_of(request: Request) -> list[tuple[str, str]]:
    """The parameters in the address of a request. Raises Refusal."""
    return _parameters(request.scope["query_string"], "the address")


async def _posted(request: Request) -> list[tuple[str, str]]:
    """What the body of a request says, as parameters."""
    media_type, _, rest = request.headers.get("content-type", "").partition(";")
    sort = media_type.strip().lower()
    charset = next(
        (part.partition("=")[2] for part in rest.split(";") if part.strip().lower().startswith("charset=")), ""
    )
    if charset.strip(" \"'").lower() not in ("", "utf-8", "utf8"):
        raise Refusal(415, f"the body is sent as {charset.strip()}; send UTF-8")
    if sort == "application/x-www-form-urlencoded":
        return _parameters(await _body(request), "the form")
    if sort in _DIRECT:
        try:
            return [(_DIRECT[sort], (await _body(request)).decode())]
        except UnicodeDecodeError as error:
            raise Refusal(400, f"the {_DIRECT[sort]} is not UTF-8") from error
    takes = ", ".join((*_DIRECT, "application/x-www-form-urlencoded"))
    told = f"the body is of type {sort}" if sort else "the type of the body is missing"
    raise Refusal(415, f"{told}; send one of these: {takes}", Accept_Post=takes)


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(_ARRIVES):
            async for piece in request.stream():
                body += piece
                if len(body) > MOST:
                    raise Refusal(413, f"the body is larger than {MOST:,} bytes", Connection="close")
    except TimeoutError as error:
        raise Refusal(408, f"the body did not come within {_ARRIVES} seconds", Connection="close") from error
    return bytes(body)
