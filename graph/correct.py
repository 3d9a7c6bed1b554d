"""What people said of the references in a paper, obeyed: after the rules, and above them.

The place is found by offsets and words; where the text shifted, by the words and those around them if they stand so once only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from graph.corrections import RIGHT, WRONG, Correction
from graph.lookup import Entity
from graph.model import NO_PARTS, Document, Link, Mention, Section, Span
from graph.resolve import rules

REFUSED = "a person says that the words do not refer to this"
Meant = Callable[[str], Entity | None]
"""What words or an address mean."""
SectionOf = Callable[[Span], Section | None]


def correct(
    links: Sequence[Link], document: Document, corrections: Sequence[Correction], meant: Meant, section_of: SectionOf
) -> tuple[Link, ...]:
    """The links of a paper as people corrected them, in the order of their places; those that nothing fits change nothing."""
    found = list(links)
    for each in corrections:
        if span := find(document.text, each):
            found = _obey(found, each, span, meant, section_of)
    return tuple(sorted(found, key=lambda link: (link.span, link.kind)))


def find(text: str, correction: Correction) -> Span | None:
    """Where the words of a correction stand in a text now."""
    if _stands_there(text, correction):
        return correction.span
    before, words, after = map(_loose, (correction.before, correction.quote, correction.after))
    # looked for without taking it away, since two places may share words
    places = re.finditer(f"(?={before}({words}){after})", text)
    first, second = next(places, None), next(places, None)
    return Span(*first.span(1)) if first and not second else None


def _stands_there(text: str, correction: Correction) -> bool:
    """Whether the words stand where they stood, and do not go on as others: "33279-4" is not the front of "33279-40"."""
    start, end = correction.span
    edges = ((text[max(0, start - 1) : start], correction.before[-1:]), (text[end : end + 1], correction.after[:1]))
    return text[start:end] == correction.quote and all(
        now == then or not then or (now.isspace() and then.isspace()) for now, then in edges
    )


def _loose(words: str) -> str:
    """A pattern for words, with any blanks for blanks: where lines end is what changes most in a text that is read anew."""
    return "".join(r"\s+" if each.isspace() else re.escape(each) for each in re.split(r"(\s+)", words))


def _obey(found: list[Link], correction: Correction, span: Span, meant: Meant, section_of: SectionOf) -> list[Link]:
    """The links with one correction obeyed, or as they were if none of them claims what it is about."""
    here = [link for link in found if link.kind == correction.kind and link.span.meets(span)]
    here = [link for link in here if link.span == span] or here
    rest = [link for link in found if not any(link is each for each in here)]
    if correction.verdict == WRONG:
        claims = [link for link in here if (link.iri or "") == correction.claimed]
        others = [link for link in here if link not in claims]
        return [*rest, *others, *(_refused(link, correction) for link in claims)]
    right = [link for link in here if correction.verdict == RIGHT and link.iri == correction.claimed]
    if right:
        return [*rest, *(_confirmed(link, correction) for link in right)]
    thing = meant(correction.claimed if correction.verdict == RIGHT else correction.meant)
    if thing is None:
        return found
    section = section_of(span)
    if not here:
        return [*rest, _as(thing, Link(Mention(correction.kind, span), None, None, "", "", 0, section), correction)]
    return [*rest, *(_as(thing, link, correction) for link in here)]


def _refused(link: Link, correction: Correction) -> Link:
    rule = rules.REFUSED
    return replace(
        link, id=None, iri=None, label="", rule=rule.name, confidence=rule.confidence, problem=None, reason=REFUSED, facts=(),
        candidates=(), correction=correction,
    )  # fmt: skip


def _confirmed(link: Link, correction: Correction) -> Link:
    rule = rules.CONFIRMED
    return replace(link, rule=rule.name, confidence=rule.confidence, problem=None, correction=correction)


def _as(thing: Entity, link: Link, correction: Correction) -> Link:
    """The link as one to the thing that is meant; the article that is named stays."""
    rule = rules.CONFIRMED if correction.verdict == RIGHT else rules.CORRECTED
    same = thing.kind == link.kind
    mention = replace(link.mention, kind=thing.kind, id=thing.id, parts=link.mention.parts if same else NO_PARTS)
    facts = tuple((name, value) for name, value in link.facts if name == "article")
    return Link(
        mention,
        thing.id,
        thing.iri,
        thing.label,
        rule.name,
        rule.confidence,
        link.section,
        None,
        None,
        facts,
        (),
        correction,
    )
