"""What a query can be made of, for the editor to suggest: prefixes, and the classes and properties of the graph with their meaning."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from exports.explorer.pages import collection_of
from exports.explorer.words import Say
from graph.named_graphs import BUILDS, REGISTERS
from ontology.terms import PREFIXES

_SORTS = {"Class": "class", "ObjectProperty": "property", "DatatypeProperty": "property"}
"""What the ontology, which lies beside the registers, calls its terms, and what these are in a query."""
_COUNTED = ("class", "property")
"""By which properties of VoID the description of the graph names what the papers use, also terms of others."""


def show(request: Request) -> Response:
    """The suggestions, in the language of the address."""
    found = list(suggestions(collection_of(request).store.quads, Say(request.path_params["language"])))
    return JSONResponse(found, headers={"Cache-Control": "private, max-age=60"})


def suggestions(quads: pyoxigraph.Store, say: Say) -> Iterator[dict[str, str]]:
    """Prefixes, then terms: what is written (`label`), what sort it is (`type`), its name in words (`detail`), its meaning (`info`)."""
    for name, iri in PREFIXES.items():
        yield {"label": f"{name}:", "type": "namespace", "detail": say("editor.prefix"), "info": iri}
    for term, sort in sorted(_terms(quads).items(), key=lambda pair: pair[0].value):
        if label := _short(term.value):
            detail = ": ".join(filter(None, (say(f"editor.{sort}"), _text(quads, term, "rdfs:label", say.language))))
            meaning = _text(quads, term, "skos:definition", say.language)
            yield {"label": label, "type": sort, "detail": detail, "info": meaning or term.value}


def _terms(quads: pyoxigraph.Store) -> dict[pyoxigraph.NamedNode, str]:
    """The terms of the ontology and those that the papers use, each with its sort."""
    found = {}
    for name in _COUNTED:
        for quad in quads.quads_for_pattern(None, _node(f"void:{name}"), None, pyoxigraph.NamedNode(BUILDS)):
            found[quad.object] = name
    for name, sort in _SORTS.items():
        for quad in quads.quads_for_pattern(
            None, _node("rdf:type"), _node(f"owl:{name}"), pyoxigraph.NamedNode(REGISTERS)
        ):
            found[quad.subject] = sort
    return {term: sort for term, sort in found.items() if isinstance(term, pyoxigraph.NamedNode)}


def _text(quads: pyoxigraph.Store, term: pyoxigraph.NamedNode, name: str, language: str) -> str:
    """What the ontology says of a term in a language; nothing of terms of others."""
    said = quads.quads_for_pattern(term, _node(name), None, pyoxigraph.NamedNode(REGISTERS))
    texts = (quad.object for quad in said if isinstance(quad.object, pyoxigraph.Literal))
    return next((text.value for text in texts if text.language == language), "")


def _node(name: str) -> pyoxigraph.NamedNode:
    prefix, _, local = name.partition(":")
    return pyoxigraph.NamedNode(PREFIXES[prefix] + local)


def _short(iri: str) -> str:
    """An address as it is written in a query, "kg:cites"; nothing where no prefix fits."""
    fits = ((name, iri.removeprefix(space)) for name, space in PREFIXES.items() if iri.startswith(space))
    return next((f"{name}:{local}" for name, local in fits if local and local.replace("_", "a").isalnum()), "")


routes = [Route("/sparql/terms", show)]
