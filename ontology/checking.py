"""Registers of one's own, checked when they are loaded: against the shapes, and for words that the ontology does not have.

Ours are checked by the tests. Loading the checker takes a second; what passed once is compiled and not checked again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ontology.stanzas import Stanza, read_stanzas
from ontology.terms import KG, PREFIXES

if TYPE_CHECKING:
    import rdflib

_HERE = Path(__file__).parent
_NAMES = tuple(PREFIXES["skos"] + name for name in ("prefLabel", "altLabel", "notation"))


def check(paths: Collection[Path], ours: Collection[Path]) -> None:
    """Raise RegisterError, which names the stanza, for the first thing in `paths` that is not as it should be.

    `ours` are the registers to which they are added, whose people, posts and parties they may name.
    """
    known = {quad.subject for quad in ox.parse(path=str(_HERE / "kamergraaf.ttl"), format=ox.RdfFormat.TURTLE)}
    for path in paths:
        for stanza in read_stanzas(path):
            for word in stanza.words():
                if word.startswith(KG) and ox.NamedNode(word) not in known:
                    raise stanza.error(
                        f"the ontology has no word kg:{word.removeprefix(KG)}; see ontology/kamergraaf.ttl"
                    )
            if not stanza.typed and any(word in stanza.words() for word in _NAMES):
                raise stanza.error("it does not say what it is; add a class, such as: a kg:Topic")
    for path in paths:
        for stanza, message in _findings(path, [*ours, *paths]):
            raise stanza.error(message)


def _findings(path: Path, all_paths: Collection[Path]) -> Iterator[tuple[Stanza, str]]:
    """What the shapes have against a file, in the order of its stanzas."""
    import pyshacl
    import rdflib
    from rdflib.namespace import RDF, SH

    stanzas = {stanza.iri: stanza for stanza in read_stanzas(path)}
    data = rdflib.Graph()
    for stanza in stanzas.values():
        data.parse(data=ox.serialize(stanza.triples(), format=ox.RdfFormat.N_TRIPLES), format="nt")
    # what others are of which this file speaks; nothing else of them is checked here
    named = {str(node) for node in data.objects() if isinstance(node, rdflib.URIRef)} - stanzas.keys()
    for other in (stanza for each in all_paths for stanza in read_stanzas(each) if stanza.iri in named):
        for kind in other.classes:
            data.add((rdflib.URIRef(other.iri), RDF.type, rdflib.URIRef(KG + kind)))
    _, report, _ = pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(_HERE / "shapes.ttl"), advanced=True)
    found: dict[str, list[str]] = {}
    for result in report.subjects(RDF.type, SH.ValidationResult):
        messages = report.objects(result, SH.resultMessage)
        english = [str(text) for text in messages if getattr(text, "language", "en") in ("en", None)]
        node = report.value(result, SH.focusNode)
        found.setdefault(_owner(data, node), []).extend(english[:1] or ["the shapes do not allow this"])
    for iri, stanza in stanzas.items():
        yield from ((stanza, message) for message in sorted(found.get(iri, ())))


def _owner(data: rdflib.Graph, node: rdflib.term.Node | None) -> str:
    """The stanza to which a node without an address belongs."""
    import rdflib

    while isinstance(node, rdflib.BNode):
        node = next(data.subjects(None, node), None)
    return str(node)
