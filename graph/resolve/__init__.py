"""Join mentions to what they mean, by rules in a stated order; the first that knows decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graph.kinds import BY_NAME
from graph.model import Link, Mention, Section
from graph.resolve.abroad import resolve_journal, resolve_resolution
from graph.resolve.context import Context, Outcome, Resolver, unresolved
from graph.resolve.given import SOURCES, resolve_given
from graph.resolve.rules import OPEN, RULES, UNRESOLVED, Rule
from graph.resolve.when import resolve_date, resolve_letter
from graph.resolve.which import (
    is_no_law_of_ours,
    resolve_in_paper,
    resolve_motion,
    resolve_number,
    resolve_registered,
    resolve_stated,
)
from graph.resolve.who import (
    as_colleague,
    is_someone_else,
    resolve_committee,
    resolve_member,
    resolve_minister,
    resolve_office,
)

RESOLVERS: tuple[tuple[Resolver, tuple[str, ...]], ...] = (
    (resolve_given, tuple(BY_NAME)),
    (resolve_registered, ("treaty", "law", "topic")),
    (resolve_stated, tuple(BY_NAME)),
    (resolve_journal, ("publicatieblad",)),
    (resolve_resolution, ("un-resolution",)),
    (resolve_number, ("kamerstuk", "aanhangsel")),
    (resolve_date, ("date",)),
    (resolve_letter, ("letter",)),
    (resolve_motion, ("motion",)),
    (resolve_in_paper, ("answer", "note")),
    (resolve_minister, ("minister",)),
    (resolve_member, ("member",)),
    (resolve_office, ("office",)),
    (resolve_committee, ("committee",)),
)
"""In the order in which they are asked, each with the kinds that it reads."""
_OF_KIND = {kind: tuple(resolver for resolver, kinds in RESOLVERS if kind in kinds) for kind in BY_NAME}


def resolve(context: Context) -> tuple[Link, ...]:
    """A link for each mention of the paper, resolved or not, in the order of their places; for each article named with it one.

    What names the paper itself is no reference to anything, nor is a "de heer" of whom nothing says that he is of parliament, nor a
    law of another country.
    """
    return tuple(_links(context))


def _links(context: Context) -> Iterator[Link]:
    own = set(context.profile.own)
    for found in context.mentions:
        mention = as_colleague(found, context)
        stated = mention.parts.get("by") in SOURCES
        names_itself = mention.span in own and mention.id == context.profile.id
        if names_itself or (
            not stated
            and (mention.span in own or is_someone_else(mention, context) or is_no_law_of_ours(mention, context))
        ):
            continue
        section = context.section_of(mention.span)
        yield from (_link(mention, outcome, section) for outcome in _each_article(_outcome(mention, context)))


def _each_article(outcome: Outcome) -> Iterator[Outcome]:
    """A reference for each article that is named: "artikelen 107 en 108 VWEU" is two."""
    named = dict(outcome.facts).get("article", "").split(", ")
    if len(named) == 1:
        yield outcome
        return
    for article in named:
        facts = tuple((name, article if name == "article" else value) for name, value in outcome.facts)
        yield replace(outcome, facts=facts)


def _outcome(mention: Mention, context: Context) -> Outcome:
    for resolver in _OF_KIND[mention.kind]:
        if outcome := resolver(mention, context):
            return outcome
    return unresolved("no rule reads this kind of mention")


def _link(mention: Mention, outcome: Outcome, section: Section | None) -> Link:
    return Link(
        mention, outcome.id, outcome.iri, outcome.label, outcome.rule.name, outcome.rule.confidence, section,
        outcome.problem, outcome.reason, outcome.facts, outcome.candidates,
    )  # fmt: skip


__all__ = ["OPEN", "RULES", "UNRESOLVED", "Context", "Rule", "resolve"]
