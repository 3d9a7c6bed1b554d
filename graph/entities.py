"""Read from a store what it holds, with every name that registers and papers give it, for `graph.lookup`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import pyoxigraph

from graph.kinds import KINDS
from graph.lookup import AmbiguousName, Entity, Match, Rank, Read, UnknownName, choice, choose, rank, read_references
from graph.named_graphs import REGISTERS
from graph.store import Store, value
from ontology.terms import BASE, KG, PREFIXES

if TYPE_CHECKING:
    import networkx

_KIND_BY_CLASS = {
    f"{KG}{name}": kind
    for name, kind in (
        {"Document": "paper", "Person": "person", "MemberOfParliament": "person"}
        | {
            kind.rdf_class.removeprefix("kg:"): kind.name
            for kind in KINDS
            if kind.rdf_class not in ("kg:Person", "kg:Answer", "kg:Note", "kg:Day")
        }
        | {"Ministry": "ministry", "Party": "party", "Cabinet": "cabinet", "TreatyEvent": "event"}
    ).items()
}
"""Classes with the kinds that people know; the first class that an entity has decides."""
_ORDER = {iri: place for place, iri in enumerate(_KIND_BY_CLASS)}
_PREFERRED, _LABEL, _ALIAS, _EXACT, _NOTATION, _IDENTIFIER, _NAME, _TITLE, _AMBIGUOUS, _TYPE = (
    PREFIXES[prefix] + name
    for prefix, name in (
        ("skos", "prefLabel"), ("rdfs", "label"), ("skos", "altLabel"), ("kg", "exactName"), ("skos", "notation"),
        ("dcterms", "identifier"), ("foaf", "name"), ("dcterms", "title"), ("kg", "ambiguousName"), ("rdf", "type"),
    )
)  # fmt: skip
_NAMES = (_PREFERRED, _LABEL, _ALIAS, _EXACT, _NOTATION, _IDENTIFIER, _NAME, _TITLE)
_CLASSES = f"""SELECT DISTINCT ?entity ?class {{
  VALUES ?class {{ {" ".join(f"<{iri}>" for iri in _KIND_BY_CLASS)} }} GRAPH ?graph {{ ?entity a ?class }}
}}"""
_About = defaultdict[str, set[tuple[str, str]]]
"""Texts about an entity: property to texts, each with its language."""
_SOME = 200
"""Quads about one entity that are read, which tell enough of it: a treaty is labelled in each paper that names it."""


class Entities:
    """The entities of a store, looked up by name."""

    def __init__(self, store: Store, read: Read) -> None:
        """Take an open store, and what finds references in a text."""
        self._store, self._read = store, read

    def find(self, name: str, kinds: Collection[str] = ()) -> Match:
        """Find the one entity that a name means, of some kinds if they are given.

        Raises UnknownName, with the nearest names, if there is none, and AmbiguousName if there are several.
        """
        read = read_references(name, self._read)
        # written exactly as in the graph it is found by index, however large the graph; only other spellings need all names
        exact = _of_kinds((self.by_iri(iri) for iri in dict.fromkeys((*self._exact(name), *read))), kinds)
        if (found := rank(name, exact, read)) and found[0].rank <= Rank.READ:
            return choose(name, exact, read, kinds)
        return choose(name, _of_kinds(self.all, kinds), read, kinds)

    def node(self, network: networkx.MultiDiGraph[str], name: str) -> str:
        """Find the node of a network of this store that a name means. Raises UnknownName and AmbiguousName."""
        known = {each.iri: each for each in self.all}
        among = [
            known.get(iri) or Entity(about["kind"], iri.removeprefix(BASE), iri, about["label"])
            for iri, about in network.nodes(data=True)
        ]
        read = read_references(name, self._read)
        try:
            return choose(name, among, read).entity.iri
        except AmbiguousName:
            raise
        except UnknownName as error:
            matches = [match for match in rank(name, self.all, read) if match.rank < Rank.WORDS]
            if not matches:
                raise
            known_ones = [match.entity for match in matches]
            told = " or ".join(f"{each.label} ({each.kind}, {choice(each, known_ones)})" for each in known_ones[:3])
            hint = "; did you mean:" if error.candidates else ""
            raise UnknownName(f"no paper in the graph refers to {told}{hint}", name, error.candidates) from None

    def names(self, network: networkx.MultiDiGraph[str]) -> dict[str, tuple[str, ...]]:
        """Give the other names of the nodes of a network, those that have any."""
        return {each.iri: each.names for each in self.all if each.names and each.iri in network}

    def by_iri(self, iri: str) -> Entity | None:
        """Give the entity with that IRI; None if the graph says nothing of it."""
        return _entity(iri, self._about(iri))

    @cached_property
    def all(self) -> tuple[Entity, ...]:
        """All entities with their names, in the order of their IRIs."""
        about = defaultdict[str, _About](_new)
        for name in (_AMBIGUOUS, *_NAMES):
            # SPARQL, since it decodes only what is projected: half the time of quads
            for subject, text in self._solutions(
                f"SELECT DISTINCT ?entity ?name {{ GRAPH ?graph {{ ?entity <{name}> ?name }} }}"
            ):
                about[value(subject)][name].add(_text(text))
        for subject, kind in self._solutions(_CLASSES):
            about[value(subject)][_TYPE].add((kind.value, ""))
        for said in list(about.values()):
            for node, _ in said.get(_AMBIGUOUS, ()):
                said[_ALIAS] |= about[node][_ALIAS] | about[node][_EXACT]
        return tuple(each for iri in sorted(about) if (each := _entity(iri, about[iri])))

    def _exact(self, name: str) -> Iterator[str]:
        """Give the IRIs of what has an id, an IRI or a name exactly as written."""
        name = " ".join(name.split())
        yield from (name, f"{BASE}{name}")
        for language in ("", "nl", "en"):
            text = pyoxigraph.Literal(name, language=language) if language else pyoxigraph.Literal(name)
            for quad in self._store.quads.quads_for_pattern(None, None, text):
                if quad.predicate.value in _NAMES:
                    yield from self._owners(quad.subject)

    def _owners(self, node: Any) -> Iterator[str]:
        """Give the IRI of a node, or of those that have the ambiguous name that a blank node is."""
        if not isinstance(node, pyoxigraph.BlankNode):
            yield value(node)
            return
        for quad in self._store.quads.quads_for_pattern(None, pyoxigraph.NamedNode(_AMBIGUOUS), node):
            yield value(quad.subject)

    def _about(self, iri: str) -> _About:
        """Collect what registers and some papers say of one entity."""
        about = _new()
        try:
            node = pyoxigraph.NamedNode(iri)
        except ValueError:
            return about
        registered = self._store.quads.quads_for_pattern(node, None, None, pyoxigraph.NamedNode(REGISTERS))
        named = (
            islice(self._store.quads.quads_for_pattern(node, pyoxigraph.NamedNode(each), None), _SOME)
            for each in (_TYPE, _LABEL, _IDENTIFIER, _TITLE)
        )
        for quad in chain(islice(registered, _SOME), *named):
            about[quad.predicate.value].add(_text(quad.object))
            if quad.predicate.value == _AMBIGUOUS:
                assert not isinstance(quad.object, pyoxigraph.Literal)
                for other in self._store.quads.quads_for_pattern(quad.object, None, None):
                    if other.predicate.value in _NAMES:
                        about[_ALIAS].add(_text(other.object))
        return about

    def _solutions(self, query: str) -> Iterator[Any]:
        found = self._store.quads.query(query)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        return iter(found)


def _new() -> _About:
    return defaultdict(set)


def _text(node: Any) -> tuple[str, str]:
    """Give the text of a node, and its language if it has one."""
    return value(node), (node.language or "") if isinstance(node, pyoxigraph.Literal) else ""


def _of_kinds(entities: Iterable[Entity | None], kinds: Collection[str]) -> list[Entity]:
    return [each for each in entities if each and (not kinds or each.kind in kinds)]


def _entity(iri: str, about: _About) -> Entity | None:
    """Make an entity of what is said of it; None for what is of no kind that has names, such as a mention or a part of a paper."""
    classes = [each for each, _ in about[_TYPE] if each in _ORDER]
    if not classes or "#" in iri:
        return None
    preferred = sorted(about[_PREFERRED], key=lambda pair: (pair[1] == "en", pair[1], pair[0]))
    # of the labels that papers give, one that is not in capitals
    labels = [text for text, _ in preferred] or sorted(
        (text for text, _ in about[_LABEL]), key=lambda text: (text.isupper(), text)
    )
    ids = sorted(text for text, _ in about[_NOTATION]) or sorted(text for text, _ in about[_IDENTIFIER])
    identity = ids[0] if ids else iri.removeprefix(BASE)
    names = sorted({text for name in _NAMES for text, _ in about[name]})
    label = labels[0] if labels else identity
    return Entity(
        _KIND_BY_CLASS[min(classes, key=_ORDER.__getitem__)],
        identity,
        iri,
        label,
        tuple(name for name in names if name not in (label, identity)),
        bool(preferred),
    )
