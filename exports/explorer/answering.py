"""The answer to a query as things and statements about them, to be drawn: of rows what stands in them, of triples what they say."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass

import pyoxigraph
from starlette.requests import Request

from exports.explorer.index import Index
from exports.explorer.names import find
from exports.explorer.questions import solutions
from exports.explorer.seen import MOST, ROW, Told
from exports.explorer.state import State
from exports.named import query
from graph.answer import Question
from graph.askers import Askers, Unanswered
from ontology.terms import KG

_ROWS = 2_000  # rows and triples that are looked through
_STATEMENTS = 4 * MOST
_LOCAL = re.compile(r"[A-Za-z][A-Za-z-]{0,40}$", re.ASCII)
_IRI = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Asked:
    """The query of a state, and the entities that are the values of its parameters."""

    sparql: str
    about: tuple[str, ...] = ()


def sparql(index: Index, state: State) -> Asked:
    """Give the query of a state, its own or a named one with its parameters set, whose values are looked up by name.

    Raises NoSuchQuery, WrongValue and UnknownName.
    """
    if not state.named:
        return Asked(state.query)
    named = query(state.named)
    words = {name: value for name, value in state.slots if name in named.parameters}
    values = named.parse(words, lambda name, kinds: find(index, name, kinds).entity)
    about = [values.get(name, each.default) for name, each in named.parameters.items() if each.kinds]
    return Asked(named.filled(values), tuple(index.things(about)))


async def told(request: Request, asked: str, own: bool) -> Told:
    """What the answer to a query names, asked in a process of its own; `own` for a query of ours. Raises Unanswered."""
    askers: Askers = request.app.state.own if own else request.app.state.askers
    answer = await askers.ask(Question(asked, rows="json", triples="ntriples"))
    with answer.file:
        body = await asyncio.to_thread(answer.file.read)
    return of_triples(body) if answer.form == "ntriples" else of_rows(body)


def of_triples(body: bytes) -> Told:
    """Of triples (N-Triples) the statements about two things; of one about a single thing just the thing."""
    things, statements = dict[str, None](), list[tuple[str, str, str]]()
    for number, triple in enumerate(pyoxigraph.parse(body, pyoxigraph.RdfFormat.N_TRIPLES)):
        if number >= _ROWS:
            break
        ends = [each.value for each in (triple.subject, triple.object) if isinstance(each, pyoxigraph.NamedNode)]
        ends = [iri for iri in ends if _IRI.fullmatch(iri)]
        name = triple.predicate.value.removeprefix(KG)
        local = _LOCAL.search(re.split(r"[/#]", name)[-1])
        if len(ends) == 2 and not name.endswith("#type"):
            things |= dict.fromkeys(ends)
            statements.append((ends[0], local[0] if local else ROW, ends[1]))
        elif ends:
            things.setdefault(ends[0])
    return Told(tuple(things)[:MOST], tuple(statements[:_STATEMENTS]))


def of_rows(body: bytes) -> Told:
    """Of rows (JSON) the things in them; the first in a row goes together with the others."""
    answer = json.loads(body)
    if "boolean" in answer:
        raise Unanswered("wrong", "this query is answered by yes or no, which cannot be drawn")
    things, statements = dict[str, None](), list[tuple[str, str, str]]()
    for row in solutions(answer)[1][:_ROWS]:
        named = list(dict.fromkeys(value for value, is_address in row if is_address and _IRI.fullmatch(value)))
        things |= dict.fromkeys(named)
        statements += [(named[0], ROW, other) for other in named[1:]]
    return Told(tuple(things)[:MOST], tuple(statements[:_STATEMENTS]))
