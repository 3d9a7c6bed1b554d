"""Which corrections a graph obeys, and which nothing in it fits any more."""

from __future__ import annotations

from collections import Counter

import pyoxigraph

from graph.corrections import Correction, Corrections
from graph.store import Store
from ontology.terms import KG

NOTHING = "the paper has no such words there any more, or another reference than the one that was judged"
_CORRECTED_BY = pyoxigraph.NamedNode(f"{KG}correctedBy")


def obeyed(store: Store, corrections: Corrections) -> tuple[dict[str, int], list[tuple[Correction, str]]]:
    """How many corrections of each verdict are in a graph; those that are not, each with the reason."""
    counts: Counter[str] = Counter()
    left = []
    for each in corrections:
        found = store.quads.quads_for_pattern(None, _CORRECTED_BY, pyoxigraph.NamedNode(each.iri))
        if next(found, None):
            counts[each.verdict] += 1
        else:
            left.append((each, NOTHING if store.holds(each.paper) else "the paper is not in the graph"))
    return dict(counts), left
