"""The page of the ontology, made from its Turtle: Dutch and English side by side, and a diagram."""

from __future__ import annotations

from html import escape
from pathlib import Path

from markupsafe import Markup
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

import ontology
from docs.maker.pages import Page
from ontology.terms import KG, PREFIXES

_GRAPH = Graph().parse(Path(ontology.__file__).parent / "kamergraaf.ttl")
_SORTS = (("Classes", OWL.Class), ("Relations", OWL.ObjectProperty), ("Values", OWL.DatatypeProperty))
_BETWEEN = (("subclass of", RDFS.subClassOf), ("sub-property of", RDFS.subPropertyOf), ("from", RDFS.domain),
            ("to", RDFS.range), ("source", DCTERMS.source))  # fmt: skip


def page() -> Page:
    """The ontology as one page."""
    (itself,) = _GRAPH.subjects(RDF.type, OWL.Ontology)
    said = [f"<p>{escape(str(text))}</p>" for text in _GRAPH.objects(itself, DCTERMS.description)]
    body = [
        "<h1>Ontology</h1>", f'<div class="both">{"".join(sorted(said))}</div>',
        f"<p>Address <code>{itself}</code>, prefix <code>kg:</code>, version {_GRAPH.value(itself, OWL.versionInfo)}, "
        "licence EUPL-1.2. What a correct graph looks like is in <code>ontology/shapes.ttl</code>; "
        "<code>kamergraaf validate</code> checks it.</p>", diagram(),
    ]  # fmt: skip
    for title, sort in _SORTS:
        found = sorted(term for term in _GRAPH.subjects(RDF.type, sort) if isinstance(term, URIRef))
        body += [f'<h2 id="{title.lower()}">{title}</h2>', *map(_term, found)]
    return Page("ontology", "Ontology", Markup("\n".join(body)))


def _term(term: URIRef) -> str:
    texts = {
        language: [
            escape(str(text))
            for predicate in (RDFS.label, SKOS.definition)
            for text in _GRAPH.objects(term, predicate)
            if getattr(text, "language", "") == language
        ]
        for language in ("nl", "en")
    }
    both = "".join(
        f'<div lang="{language}"><p><strong>{label}</strong></p><p>{definition}</p></div>'
        for language, (label, definition) in texts.items()
    )
    facts = [
        f"{word} {', '.join(sorted(_short(str(value)) for value in _GRAPH.objects(term, predicate)))}"
        for word, predicate in _BETWEEN
        if (term, predicate, None) in _GRAPH
    ]
    example = escape(str(_GRAPH.value(term, SKOS.example)))
    name = str(term).removeprefix(KG)
    return (
        f'<section id="{name}"><h3><code>kg:{name}</code></h3><div class="both">{both}</div>'
        f"<p>{'; '.join(facts)}</p><p>For example: {example}</p></section>"
    )


def _short(address: str) -> str:
    """A term by its prefix, with a link where it is one of ours; another address as it is."""
    if address.startswith(KG):
        name = escape(address.removeprefix(KG))
        return f'<a href="#{name}"><code>kg:{name}</code></a>'
    prefix = next((prefix for prefix, space in PREFIXES.items() if address.startswith(space)), None)
    return f"<code>{escape(f'{prefix}:{address.removeprefix(PREFIXES[prefix])}' if prefix else address)}</code>"


def diagram() -> str:
    """An SVG of what a paper can be joined to, and by which relation."""
    document = URIRef(f"{KG}Document")
    edges = sorted(
        (str(relation).removeprefix(KG), str(_GRAPH.value(relation, RDFS.range) or f"{KG}(anything)").removeprefix(KG))
        for relation in _GRAPH.subjects(RDFS.domain, document)
        if (relation, RDF.type, OWL.ObjectProperty) in _GRAPH
    )
    targets = sorted({target for _, target in edges})
    height, step = 34 * len(targets) + 20, 34
    middle, place = height / 2, {target: 20 + step * number for number, target in enumerate(targets)}
    drawn = [
        f'<rect x="5" y="{middle - 16}" width="120" height="32" rx="4"/><text x="20" y="{middle + 5}">kg:Document</text>'
    ]
    for target, y in place.items():
        words = ", ".join(relation for relation, end in edges if end == target)
        drawn += [
            f'<line x1="125" y1="{middle}" x2="240" y2="{y + 2}"/>',
            f'<text x="245" y="{y + 6}" font-size="13">{escape(words)}</text>',
            f'<line x1="600" y1="{y + 2}" x2="640" y2="{y + 2}"/>',
            f'<rect x="640" y="{y - 12}" width="150" height="28" rx="4"/>',
            f'<text x="652" y="{y + 6}" font-size="14">{escape(target if target.startswith("(") else "kg:" + target)}</text>',
        ]
    label = "What a paper can be joined to: " + "; ".join(f"{relation} to {target}" for relation, target in edges)
    return (
        f'<svg viewBox="0 0 800 {height}" role="img" aria-label="{escape(label)}" '
        f'xmlns="http://www.w3.org/2000/svg" font-family="system-ui, sans-serif" font-size="15">{"".join(drawn)}</svg>'
    )
