"""A thing as RDF, at the address that is also its page: Turtle, JSON-LD or N-Triples for programs that ask for them."""

from __future__ import annotations

from itertools import chain, islice
from typing import cast

import pyoxigraph
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from exports.explorer import addresses
from exports.explorer.entries import OTHERS
from exports.explorer.holding import index_of
from exports.explorer.index import Index
from exports.explorer.negotiating import choose
from exports.explorer.pages import collection_of, language_of
from graph.named_graphs import TEXTS
from ontology.terms import KG, PREFIXES

FORMS = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
}
_OFFERS = {"text/html": "html"} | {form.media_type: name for name, form in FORMS.items()}
_MOST = 20_000  # statements about a thing; of a paper that is some thousand mentions
_POINTING = 1_000  # direct edges to a thing
_ABOUT = f"SELECT DISTINCT ?thing ?said ?what {{ GRAPH ?graph {{ ?thing ?said ?what }} FILTER (?graph != <{TEXTS}>) }} LIMIT {_MOST}"


def show(request: Request) -> Response:
    """The page or the data of a thing, as the request prefers. Raises HTTPException."""
    accepted = choose(request.headers.get("accept", ""), _OFFERS)
    wanted = request.query_params.get("format") or _OFFERS[accepted or "text/html"]
    iri = addresses.asked(request)
    if wanted not in FORMS:
        if wanted != "html":
            raise HTTPException(400)
        where = f"/{language_of(request)}{addresses.card(iri)}"
        return RedirectResponse(where, 303, {"Vary": "Accept, Accept-Language"})
    found = describe(collection_of(request).store.quads, iri, index_of(request))
    if not found:
        raise HTTPException(404)
    form = FORMS[wanted]
    body = pyoxigraph.serialize(found, format=form, prefixes=None if wanted == "ntriples" else PREFIXES)
    return Response(body, media_type=f"{form.media_type}; charset=utf-8", headers={"Vary": "Accept, Accept-Language"})


def describe(quads: pyoxigraph.Store, iri: str, index: Index) -> list[pyoxigraph.Triple]:
    """What is said of a thing, and the direct edges to it; of a paper all that it says, but not its text."""
    try:
        me = pyoxigraph.NamedNode(iri)
    except ValueError:
        return []
    # each paper that names a thing says what it is anew, so the engine leaves out what it has seen
    about = cast("pyoxigraph.QuerySolutions", quads.query(_ABOUT, substitutions={pyoxigraph.Variable("thing"): me}))
    own = quads.quads_for_pattern(None, None, None, me)
    # a thing may be the body of many thousand mentions, so only the properties of edges are looked for
    names = [row["property"] for row in index.rows("SELECT DISTINCT property FROM edge WHERE target = ?", iri)]
    properties = [pyoxigraph.NamedNode(OTHERS.get(name, KG + name)) for name in names]
    to = chain.from_iterable(quads.quads_for_pattern(None, name, me, None) for name in properties)
    stated = chain(islice(own, _MOST), islice(to, _POINTING))
    return sorted({pyoxigraph.Triple(*row) for row in about} | {quad.triple for quad in stated}, key=str)


routes = [Route("/id", show), Route("/id/{rest:path}", show)]
