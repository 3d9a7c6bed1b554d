"""Who is meant: ministers by name, post and date; members by name; offices with their holder at the date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from graph.kinds.names import full_name, surname
from graph.model import Mention
from graph.patterns import late
from graph.resolve import rules
from graph.resolve.context import Context, Outcome, unresolved
from ontology.naming import slug
from ontology.registers import Person, Post, Term
from ontology.terms import BASE

_SORT_OF_COMMITTEE = late(
    r"^(?:(?:vaste|algemene|tijdelijke|bijzondere|parlementaire|gemengde) )*(?:enquête|ondervragings|onderzoeks|thema)?commissie "
    r"(?:voor |van )?(?:de |het )?",
    re.IGNORECASE,
)
_LETTERS = late(r"^(?:[a-z]-)+")
_SENTENCE = 160
"""How many characters of the sentence on either side of a name are read."""
_SENTENCE_END = late(r"\n[ ]*\n|(?<![A-Z])(?<!\bnr)[.?!;][ \u00a0\n]+(?=[A-ZÀ-Þ])")
_PARLIAMENT = late(
    r"\b(?:[a-z-]*debat(?:ten)?|algemeen overleg|(?:Tweede|Eerste|uw) Kamer|Kamervragen|de Kamer|motie|toezegging(?:en)?|amendement)\b"
)
_OF_A_MEMBER = late(
    r"(?:\btoezegging(?:en)?(?: gedaan)? aan|\b(?:Kamervragen|motie|moties|amendement|initiatiefnota|interruptie) van)[ \u00a0\n]"
    r"(?:(?:de|het)[ \u00a0\n])?(?:heer|[Mm]evrouw|[Mm]eneer)[ \u00a0\n]{1,3}$"
)
_OTHER_POST = late(
    r",[ \u00a0\n](?:de[ \u00a0\n])?(?:secretaris-generaal|directeur|hoogleraar|burgemeester|wethouder|ambassadeur|president|bestuurder)"
)
_COMPLETE_SINCE = date(1998, 8, 3)


def resolve_minister(mention: Mention, context: Context) -> Outcome:
    """A named person in office: the one of that name who holds the named post, else who holds any post, at the date."""
    name, people = mention.parts["name"], context.registers.people_named(mention.parts["name"])
    post = _post(mention, context)
    in_post = [term for term in _terms(people, context) if post is None or term.post.notation == post.notation]
    signed = "signs" in mention.parts
    if post and (holders := _people(in_post)):
        rule = rules.SIGNED if signed else rules.PERSON_IN_POST
        return _one(holders, rule, name, post)
    if holders := _people(_terms(people, context)):
        return _one(holders, rules.PERSON_AT_DATE, name, post)
    if people:
        return _one(_once_in(post, people, context) or people, rules.PERSON_BY_NAME, name, post)
    return _by_name_only(name, post, context)


def _once_in(post: Post | None, people: tuple[Person, ...], context: Context) -> tuple[Person, ...]:
    """Those who held a post at any time: "premier Rutte" of a paper after his days is the one who was premier."""
    if post is None:
        return ()
    return _people(term for term in _all_terms(people, context) if term.post.notation == post.notation)


def _post(mention: Mention, context: Context) -> Post | None:
    role, portfolio = mention.parts["role"], mention.parts.get("portfolio")
    if role == "minister-president":
        return context.registers.post_for(role, "")
    return context.registers.post_for(role, portfolio) if portfolio else None


def _terms(people: Iterable[Person], context: Context) -> list[Term]:
    """The terms of people that touch the date or period of the paper."""
    first, last = context.profile.period
    return [
        term
        for term in _all_terms(people, context)
        if (last is None or term.start <= last) and (first is None or term.end is None or term.end >= first)
    ]


def _all_terms(people: Iterable[Person], context: Context) -> Iterator[Term]:
    for person in people:
        # two people of one name share a notation
        yield from (term for term in context.registers.posts_of(person.notation) if term.person.iri == person.iri)


def _people(terms: Iterable[Term]) -> tuple[Person, ...]:
    return tuple({term.person.iri: term.person for term in terms}.values())


def _one(people: tuple[Person, ...], rule: rules.Rule, name: str, post: Post | None) -> Outcome:
    facts = (("post", post.notation), ("post_iri", post.iri)) if post else ()
    if len(people) == 1:
        person = people[0]
        return Outcome(rule, as_written(name, person), person.iri, full_name(person), facts=facts)
    return unresolved(
        f"several people of the name {name} held office then", tuple(sorted(person.iri for person in people)), facts
    )


def as_written(name: str, person: Person) -> str:
    """The id of a person as this mention names him or her: a married or shortened name has an id of its own."""
    written = slug(surname(name))
    if written.endswith(slug(person.surname)):
        return person.notation
    given = slug(person.given)
    # "Ank M. Bijleveld": initials behind a given name are no part of the family name
    return f"person:{_LETTERS.sub('', written.removeprefix(given + '-')) if given else written}"


def _by_name_only(name: str, post: Post | None, context: Context) -> Outcome:
    family = context.family(name)
    key = slug(family)
    facts = (("post", post.notation), ("post_iri", post.iri)) if post else ()
    if not key:
        return unresolved("the name has no letters that can be compared")
    return Outcome(rules.NAME_ONLY, f"person:{key}", f"{BASE}person/{key}", family, facts=facts)


def resolve_member(mention: Mention, context: Context) -> Outcome:
    """A named member of parliament. A bare "de heer" is one where the same name stands elsewhere as a member."""
    name = mention.parts["name"]
    found = context.registers.members_named(name)
    if len(found) == 1 and surname(name) != name:
        # the register has not all members, so that a family name alone tells nobody apart
        return Outcome(rules.MEMBER, as_written(name, found[0]), found[0].iri, full_name(found[0]))
    return _by_name_only(mention.parts["name"], None, context)


def as_colleague(mention: Mention, context: Context) -> Mention:
    """A "collega", or a "de heer" of whom parliament is spoken, as a minister: where the paper names no member of that name and one in office at the date bears it."""
    if mention.kind != "member" or mention.parts.get("by") not in ("heer", "collega"):
        return mention
    name = mention.parts["name"]
    if mention.parts["by"] == "heer" and (context.spoken or not _of_parliament(mention, context)):
        return mention
    if slug(context.family(name)) in context.certain_members or not _terms(
        context.registers.people_named(name), context
    ):
        return mention
    return Mention("minister", mention.span, None, {"name": name, "role": "minister"})


def _of_parliament(mention: Mention, context: Context) -> bool:
    """Whether the sentence of a bare "de heer" speaks of a debate, questions or a promise to the Kamer."""
    text, (start, end) = context.document.text, mention.span
    before = _SENTENCE_END.split(text[max(0, start - _SENTENCE) : start])[-1]
    after = _SENTENCE_END.split(text[end : end + _SENTENCE])[0]
    return _PARLIAMENT.search(before) is not None or _PARLIAMENT.search(after) is not None


def _is_member(mention: Mention, context: Context) -> bool:
    """Whether a bare "de heer" is a member by the words before it, or by the registers in a sentence about parliament."""
    start = mention.span.start
    if _OF_A_MEMBER.search(context.document.text[max(0, start - _SENTENCE) : start]):
        return True
    return bool(context.registers.members_named(mention.parts["name"])) and _of_parliament(mention, context)


def is_someone_else(mention: Mention, context: Context) -> bool:
    """Whether a person is nobody of the Dutch parliament or government, as far as paper and registers tell.

    A bare "de heer" or "collega" is a member where the same name stands elsewhere as one, and a "de heer" where the words about it or
    the registers say so. The register of ministers is complete since the cabinet of 1998: a minister of a later paper who is not in it
    is one of another country.
    """
    if mention.kind == "member" and mention.parts.get("by") in ("heer", "collega"):
        if slug(context.family(mention.parts["name"])) in context.certain_members:
            return False
        if mention.parts["by"] == "collega" or _OTHER_POST.match(context.document.text, mention.span.end):
            return True
        return not (context.spoken or _is_member(mention, context))
    if mention.parts.get("by") == "salutation":
        return "tweede kamer" not in context.lower
    if mention.kind == "minister":
        if mention.parts["name"].startswith(
            ("van ", "voor ", "der ", "de ", "den ", "VAN ", "VOOR ")
        ) and not context.registers.people_named(mention.parts["name"]):
            # a post of old, whose portfolio no register has
            return True
        first, _ = context.profile.period
        return (
            first is not None and first >= _COMPLETE_SINCE and not context.registers.people_named(mention.parts["name"])
        )
    return False


def resolve_office(mention: Mention, context: Context) -> Outcome:
    """A post without a name, and who held it at the date, where that is certain."""
    role, portfolio = mention.parts["role"], mention.parts["portfolio"]
    post, rule = context.registers.post_for(role, portfolio), rules.POST
    if post is None and (begun := _begun(role, portfolio, context)):
        post, rule = begun, rules.POST_BEGUN
    if post is None:
        key = slug(f"{role} {portfolio}")
        label = f"{role} van {portfolio}" if portfolio else role
        return Outcome(rules.POST_IN_WORDS, f"office:{key}", f"{BASE}post/{key}", label)
    facts = tuple(
        fact for holder in _holder(post, context) for fact in (("holder", holder.notation), ("holder_iri", holder.iri))
    )
    return Outcome(rule, post.notation, post.iri, post.label_nl, facts=facts)


def _begun(role: str, portfolio: str, context: Context) -> Post | None:
    """The one post held at the date whose portfolio begins with these words: in 2025 "Klimaat" is Klimaat en Groene Groei."""
    _, day = context.profile.period
    begun = slug(portfolio) + "-"
    found = [post for post in context.registers.posts if post.role == role and slug(post.portfolio).startswith(begun)]
    held = [post for post in found if day and context.registers.who(post.notation, day)]
    return held[0] if len(held) == 1 else None


def _holder(post: Post, context: Context) -> tuple[Person, ...]:
    """The one person who held a post over the whole period of the paper; nobody where there were more."""
    first, last = context.profile.period
    if first is None or last is None:
        return ()
    # a post has one holder at a time, but on the day of a handover two
    on_last = context.registers.who(post.notation, last)
    throughout = [term for term in context.registers.who(post.notation, first) if term in on_last]
    return (throughout[0].person,) if len(throughout) == 1 else ()


def resolve_committee(mention: Mention, context: Context) -> Outcome:
    """A committee by its portfolio."""
    if mention.id:
        entry = context.registers.entry("committee", mention.id)
    else:
        entry = context.registers.committee_for(re.sub(r"^(?:de|het) ", "", mention.parts["portfolio"]))
        if entry is None and (post := context.registers.post_for("minister", mention.parts["portfolio"])):
            # a committee by the letters of its ministry
            key = slug(post.portfolio)
            return Outcome(
                rules.COMMITTEE, f"committee:{key}", f"{BASE}committee/{key}", f"commissie voor {post.portfolio}"
            )
    if entry is None:
        key = slug(mention.parts["portfolio"])
        label = f"commissie voor {mention.parts['portfolio']}"
        return Outcome(rules.COMMITTEE, f"committee:{key}", f"{BASE}committee/{key}", label)
    return Outcome(rules.COMMITTEE, committee_id(entry.label_nl), entry.iri, entry.label_nl)


def committee_id(name: str) -> str:
    """The id of a committee: what it is for, without what sort of committee it is."""
    return "committee:" + slug(_SORT_OF_COMMITTEE.sub("", name))
