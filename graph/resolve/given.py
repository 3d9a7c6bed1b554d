"""What the source states by itself: the marks of the publisher, the links of the file, the fields of a record."""

from __future__ import annotations

from dataclasses import replace

from graph.known import UNKNOWN
from graph.model import Mention
from graph.resolve import rules
from graph.resolve.context import NOT_KNOWN, Context, Outcome, stated
from graph.resolve.who import resolve_member, resolve_minister

SOURCES = {"publisher": rules.PUBLISHER, "link": rules.LINK, "record": rules.RECORD}
"""What `by` says in the parts of a mention that the source states, and the rule that goes with it."""


def resolve_given(mention: Mention, context: Context) -> Outcome | None:
    """A reference with its identity from the markup; people whom the markup marks are found by name, post and date."""
    rule = SOURCES.get(mention.parts.get("by", ""))
    if rule and mention.kind in ("minister", "member"):
        return _person(mention, context, rule)
    found = stated(mention, rule) if rule else None
    if found is None or found.id is None:
        return found
    facts = tuple(
        (name, mention.parts[name]) for name in ("date", "paper_title", "same_as_iri") if name in mention.parts
    )
    status = context.status(mention.kind, found.id)
    if status:
        facts = (*facts, ("known", status))
    problem = NOT_KNOWN if status == UNKNOWN else None
    return replace(found, problem=problem, facts=facts)


def _person(mention: Mention, context: Context, rule: rules.Rule) -> Outcome:
    """That somebody is meant is certain, and which; the rules for people give the address."""
    found = (resolve_minister if mention.kind == "minister" else resolve_member)(mention, context)
    if found.id is None:
        return found
    key = mention.parts.get("person_id")
    return replace(found, rule=rule, facts=(*found.facts, *((("person_id", key),) if key else ())))
