"""The graph as a network: papers and what they refer to as nodes, direct edges between them, evidence on each edge."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

import networkx
import pyoxigraph

from graph.kinds import KINDS
from graph.model import Span
from graph.sentences import sentence_at
from graph.store import Store, value
from ontology.terms import BASE, KG, PREFIXES

_LABEL, _TYPE = f"{PREFIXES['rdfs']}label", f"{PREFIXES['rdf']}type"
_PART, _IDENTIFIER = f"{PREFIXES['dcterms']}isPartOf", f"{PREFIXES['dcterms']}identifier"
_PAGE, _DATE = f"{PREFIXES['foaf']}page", f"{PREFIXES['dcterms']}date"
_EDGES: dict[str, tuple[str, str]] = {
    "cites": ("verwijst naar", "refers to"),
    "answers": ("beantwoordt", "answers"),
    "invokesTreaty": ("noemt verdrag", "invokes treaty"),
    "invokesLaw": ("noemt wet", "invokes law"),
    "citesCase": ("noemt uitspraak", "cites judgment"),
    "linksTo": ("linkt naar", "links to"),
    "citesWork": ("citeert", "cites work"),
    "mentionsPerson": ("noemt", "mentions"),
    "mentionsPost": ("noemt ambt", "mentions office"),
    "mentionsTopic": ("noemt onderwerp", "mentions topic"),
    "mentionsCommittee": ("noemt commissie", "mentions committee"),
    "signedBy": ("is van", "is by"),
    "askedBy": ("is gevraagd door", "was asked by"),
    "addressedTo": ("is gericht aan", "is addressed to"),
    "seeAnswer": ("zie", "see"),
    "answersQuestion": ("antwoord op", "answers question"),
    "hasNote": ("heeft noot", "has note"),
    "isPartOf": ("is deel van", "is part of"),
}
_DUTCH = {
    "question": "vraag",
    "answer": "antwoord",
    "note": "noot",
    "heading": "kop",
    "signature": "ondertekening",
    "body": "tekst",
}
# the first class that a node has decides: what was read stands out, and a motion with a number is a Kamerstuk
_KIND_OF = {"Document": "paper", "Question": "question", "Answer": "answer", "Note": "note", "Person": "person"} | {
    kind.rdf_class.removeprefix("kg:"): kind.name for kind in KINDS if kind.rdf_class != "kg:Person"
}
_DIRECT = f"""SELECT ?paper ?what WHERE {{
  VALUES ?edge {{ {" ".join(f"kg:{name}" for name in _EDGES if name != "isPartOf")} }}
  GRAPH ?paper {{ ?paper ?edge ?what }}
}}"""
_DOSSIERS = """SELECT DISTINCT ?paper ?dossier WHERE {
  { SELECT DISTINCT ?dossier { GRAPH ?any { ?dossier a kg:Dossier } } }
  GRAPH ?other { ?paper dcterms:isPartOf ?dossier }
}"""
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold, not even escaped."""
_About = dict[str, dict[str, list[str]]]
"""What a named graph says: subject to property to values."""


def network(store: Store) -> networkx.MultiDiGraph[str]:
    """The network of a store.

    Nodes are addresses, with `kind`, `label`, `address` (web address), `date` (YYYY-MM-DD; a section has that of its paper) and
    `weight` (number of distinct papers that refer to it) and `mentions` (how often they do); what has no address or date lacks that attribute. Edges
    are keyed by property, with `label_nl`, `label_en` and `evidence` (mappings of document, section, quote, rule,
    confidence). Sections are nodes where they refer to each other.
    """
    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for paper in _papers(store):
        _add_paper(made, *paper)
    return made


def writable(network: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """Return a copy that `write_graphml`, `write_gexf` and `write_gml` of networkx take.

    The `evidence` of an edge is text, a JSON list; `quotes` reads it. Characters that XML cannot hold become U+FFFD. GML has
    no room for the `label` of a node: networkx writes the node itself there.
    """
    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    made.add_nodes_from((node, _plain(about)) for node, about in network.nodes(data=True))
    for source, target, key, about in network.edges(keys=True, data=True):
        made.add_edge(source, target, key, **_plain(about))
    return made


def _plain(about: Mapping[str, Any]) -> dict[str, str | int | float]:
    told: dict[str, str | int | float] = {}
    for name, found in about.items():
        if found is None:
            continue
        if isinstance(found, (list, tuple)):
            found = json.dumps(found, ensure_ascii=False)
        # a bare carriage return would be read back as a line feed
        told[name] = _UNWRITABLE.sub("\ufffd", found).replace("\r", " ") if isinstance(found, str) else found
    return told


def quotes(about: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the evidence of an edge, from its attributes in `network` or in `writable`."""
    found = about.get("evidence") or ()
    return cast("Sequence[Mapping[str, Any]]", json.loads(found) if isinstance(found, str) else found)


def parts(store: Store) -> Iterator[networkx.MultiDiGraph[str]]:
    """The network of each paper by itself, for what must not hold all in memory; what several papers name is in the part of each."""
    for paper in _papers(store):
        made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
        _add_paper(made, *paper)
        yield made


def bare(store: Store) -> networkx.DiGraph[str]:
    """Papers, what they refer to and their dossiers, joined by the direct edges alone: no sections, no evidence, nothing said of nodes.

    Takes seconds for millions of quads (the engine gives addresses alone, in a third of the time of whole quads), where `network` reads every text.
    """
    made: networkx.DiGraph[str] = networkx.DiGraph()
    for query in (_DIRECT, _DOSSIERS):
        found = store.quads.query(query, prefixes=PREFIXES)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        made.add_edges_from((value(from_), value(to)) for from_, to in found)
    return made


def _papers(store: Store) -> Iterator[tuple[Iterable[pyoxigraph.Quad], str, str, dict[str, float]]]:
    """What the store says of each paper, its address, its text, and how far each rule is to be trusted."""
    confidence = _confidence(store)
    for graph in sorted(store.papers()):
        quads = store.quads.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph))
        yield quads, graph, store.text(graph), confidence


def _confidence(store: Store) -> dict[str, float]:
    has = pyoxigraph.NamedNode(f"{KG}confidence")
    return {value(quad.subject): float(value(quad.object)) for quad in store.quads.quads_for_pattern(None, has, None)}


def _add_paper(
    made: networkx.MultiDiGraph[str],
    quads: Iterable[pyoxigraph.Quad],
    graph: str,
    text: str,
    confidence: dict[str, float],
) -> None:
    about: _About = {}
    for quad in quads:
        about.setdefault(value(quad.subject), {}).setdefault(quad.predicate.value, []).append(value(quad.object))
    evidence = _evidence(about, graph, text, confidence)
    for subject in sorted(about):
        for predicate in sorted(about[subject]):
            edge = predicate.removeprefix(KG) if predicate.startswith(KG) else "isPartOf" if predicate == _PART else ""
            if edge not in _EDGES or "#char=" in subject or "#m-" in subject:
                continue
            for target in sorted(about[subject][predicate]):
                if edge == "isPartOf" and "#" in subject and not _refers(about, subject):
                    continue
                _edge(made, about, subject, edge, target, evidence)
    for node in (graph, *evidence):
        if node in made:
            mentions = len(evidence.get(node, ()))
            made.nodes[node]["weight"] += mentions > 0
            made.nodes[node]["mentions"] += mentions


def _refers(about: _About, section: str) -> bool:
    """Whether a section refers to another one or is referred to."""
    see = f"{KG}seeAnswer"
    return see in about[section] or any(section in found.get(see, ()) for found in about.values())


def _edge(
    made: networkx.MultiDiGraph[str],
    about: _About,
    subject: str,
    edge: str,
    target: str,
    evidence: dict[str, list[dict[str, Any]]],
) -> None:
    if edge in ("answersQuestion", "hasNote") and not (_refers(about, subject) and edge == "answersQuestion"):
        return
    for node in (subject, target):
        _node(made, about, node)
    dutch, english = _EDGES[edge]
    quotes = tuple(evidence.get(target, ())) if edge != "isPartOf" else ()
    if "#" in subject:
        quotes = tuple(quote for quote in quotes if quote["section"] == _label(about, subject))
    if made.has_edge(subject, target, edge):
        made.edges[subject, target, edge]["evidence"] += quotes
    else:
        made.add_edge(subject, target, edge, label_nl=dutch, label_en=english, evidence=quotes)


def _node(made: networkx.MultiDiGraph[str], about: _About, node: str) -> None:
    classes = {name.removeprefix(KG) for name in about.get(node, {}).get(_TYPE, [])}
    kind = next((_KIND_OF[name] for name in _KIND_OF if name in classes), "other")
    if node not in made:
        made.add_node(node, kind=kind, label=_label(about, node), weight=0, mentions=0)
        _set(made, node, address=_address(about, node), date=_date(about, node))
    elif kind == "paper":
        made.nodes[node].update(kind=kind, label=_label(about, node))
        _set(made, node, date=_date(about, node))


def _set(made: networkx.MultiDiGraph[str], node: str, **attributes: str | None) -> None:
    """Set those attributes of a node that have a value; no writer of networkx takes None."""
    made.nodes[node].update((name, found) for name, found in attributes.items() if found is not None)


def _address(about: _About, node: str) -> str | None:
    """The official web address of a node: its own, or the page that the registers give."""
    pages = about.get(node, {}).get(_PAGE, [])
    if pages:
        return sorted(pages)[0]
    return node if node.startswith(("http://", "https://")) and not node.startswith(BASE) else None


def _date(about: _About, node: str) -> str | None:
    days = about.get(node, {}).get(_DATE) or about.get(node.partition("#")[0], {}).get(_DATE, [])
    return min(days, default=None)


def _label(about: _About, node: str) -> str:
    said = about.get(node, {})
    label = next(iter(sorted(said.get(_LABEL, said.get(_IDENTIFIER, [])))), node.rpartition("/")[2])
    word, blank, number = label.partition(" ")
    return f"{_DUTCH[word]}{blank}{number}" if "#" in node and word in _DUTCH else label


def _evidence(about: _About, graph: str, text: str, confidence: dict[str, float]) -> dict[str, list[dict[str, Any]]]:
    """The quotes that lead to each thing, in the order of the text."""
    oa, whole = PREFIXES["oa"], Span(0, len(text))
    found: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for said in about.values():
        for body in said.get(f"{oa}hasBody", ()):
            place = about[said[f"{oa}hasTarget"][0]]
            rule = said[f"{KG}rule"][0]
            section = place.get(_PART, [graph])[0]
            span = Span(int(place[f"{oa}start"][0]), int(place[f"{oa}end"][0]))
            found.setdefault(body, []).append((
                span.start,
                {
                    "document": _label(about, graph),
                    "section": _label(about, section),
                    "quote": " ".join(text[slice(*sentence_at(text, span, whole))].split()),
                    "rule": rule.rpartition("/")[2],
                    "confidence": confidence.get(rule, 0.0),
                },
            ))  # fmt: skip
    return {body: [quote for _, quote in sorted(quotes, key=lambda pair: pair[0])] for body, quotes in found.items()}


def around(whole: networkx.MultiDiGraph[str], node: str, depth: int = 1) -> networkx.MultiDiGraph[str]:
    """The part of a network within so many steps of a node, in either direction. Raises KeyError if there is no such node."""
    if node not in whole:
        raise KeyError(node)
    near = networkx.single_source_shortest_path_length(whole.to_undirected(as_view=True), node, cutoff=depth)
    return whole.subgraph(near).copy()


def only(whole: networkx.MultiDiGraph[str], kinds: Iterable[str]) -> networkx.MultiDiGraph[str]:
    """The part of a network with nodes of some kinds; papers stay, since everything hangs on them."""
    wanted = {*kinds, "paper"}
    return whole.subgraph([node for node in whole if whole.nodes[node]["kind"] in wanted]).copy()
