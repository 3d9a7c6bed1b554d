"""What the source states by itself: the marks of the publisher, the links of the file, the fields of a record."""

from __future__ import annotations

import pyoxigraph

from graph.kinds import BY_NAME, address, label_of
from graph.model import Mention
from graph.resolve import rules
from graph.resolve.context import Context, Outcome, unresolved

_RULES = {"publisher": rules.PUBLISHER, "link": rules.LINK, "record": rules.RECORD}


def resolve_given(mention: Mention, context: Context) -> Outcome | None:
    """A reference with its identity from the markup; names of people go on to the rules for people."""
    rule = _RULES.get(mention.parts.get("by", ""))
    if rule is None or mention.id is None or BY_NAME[mention.kind].iri is None:
        return None
    iri = address(mention.kind, mention.id)
    try:
        pyoxigraph.NamedNode(iri or "")
    except ValueError:
        return unresolved("this is no valid web address")
    return Outcome(rule, mention.id, iri, label_of(mention.kind, mention.id))
