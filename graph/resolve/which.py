"""Which paper, answer or work is meant: numbers in full, numbers without their dossier or year, things of this paper."""

from __future__ import annotations

import re
from dataclasses import replace

from graph.days import sitting
from graph.kinds import address, label_of
from graph.known import UNKNOWN, VERIFIED
from graph.model import Mention
from graph.patterns import here, late
from graph.resolve import rules
from graph.resolve.context import MOST_DOSSIERS, NOT_KNOWN, Context, Outcome, stated, unresolved
from ontology.entries import Entry
from ontology.naming import slug
from ontology.terms import BASE

_DRAFT_YEARS = 10
_MOST_TOLD = 20
"""Candidates that are told of a number whose dossier is left out, those named last."""
_STUCK = "the mark of a note is stuck to the number"
_FOREIGN_BEFORE = late(
    r"(?<!\w)(?!Nederlandse|Arubaanse|Curaçaose)([A-ZÀ-Þ][a-zà-ÿ]{2,20}(?:se|sche))[ \u00a0\n]{1,2}$"
)
_ANY = late(r"\b(?:een|geen|elke|nieuwe)[ \u00a0\n]{1,2}$")
_CONSTITUTION_OF = late(r"[ \n](?:voor|van)[ \n](?:(?:de|het)[ \n])?(?!Koninkrijk|Nederland|Aruba|Cura|Sint)[A-Z]")
_AUTHOR = r"(?P<author>[A-ZÀ-Þ][\w.'’-]+(?: (?:van|de|den|der|von|la|le|el|al) ?| )?(?:[A-ZÀ-Þ][\w.'’-]+ ?){1,4})"
_CITED_WORK = late(
    rf"(?<![\w'’‘])[«'‘\"“](?P<title>[^«»\n\"“”]{{6,250}}?)[»'’\"”][,.]?(?:\s(?:van|by|door|,)\s{_AUTHOR})?\s?[(:,]?\s?[(<]*\s?$"
)
# from its end to its beginning, since the end is known and there may be beginnings all over; only capitals begin one
_HEADED_WORK = here(
    r"\s?<?\s?[:,]\s?(?:(?=[^\n:–—-]{0,62}+[–—-])(?P<author>[^\n:]{2,60})\s[–—-]\s)?(?P<title>[^\n«»\"“”;]{10}(?:[^\n«»\"“”;A-ZÀ-Þ]*+[A-ZÀ-Þ])+)\s?[⁰¹²³⁴-⁹0-9]{0,3} [.;]"
)
_WORK_BACK = 400
"""Characters before a web address that hold the title and the author of the work that stands there."""
_HEADED_BACK = 280
"""The same where the title stands without quotation marks: 200 characters of it, 60 of the author, and the signs between."""


def resolve_stated(mention: Mention, context: Context) -> Outcome | None:
    """What the words give in full: numbers and web addresses."""
    found = stated(mention, rules.STATED)
    if found is None or mention.id is None or found.id is None:
        return found
    problem = "zaak number called Kamerstuk" if mention.parts.get("called") == "Kamerstuk" else None
    work = _work(mention, context)
    if (status := context.status(mention.kind, mention.id)) is not None:
        shorter = _without_mark(mention, context) if status != VERIFIED else None
        if shorter:
            facts = (("known", VERIFIED),)
            return Outcome(
                rules.KNOWN,
                shorter,
                address(mention.kind, shorter),
                label_of(mention.kind, shorter),
                _STUCK,
                facts=facts,
            )
        work = (*work, ("known", status))
        problem = problem or (NOT_KNOWN if status == UNKNOWN else None)
    label = next((value for name, value in work if name == "title"), found.label)
    return replace(found, label=label, problem=problem, facts=work)


def _without_mark(mention: Mention, context: Context) -> str | None:
    """The id without its last digit, where that is the mark of a note that got stuck to the number: "nr. 773" for 77 and note 3."""
    identity = mention.id or ""
    number, mark = identity[:-1], identity[-1:]
    if not (mark.isdigit() and number[-1:].isdigit() and context.section("note", int(mark))):
        return None
    return number if context.status(mention.kind, number) == VERIFIED else None


def resolve_registered(mention: Mention, context: Context) -> Outcome:
    """Treaties, laws and topics by their names in the registers; a shared name by the words that settle it."""
    if name := mention.parts.get("name"):
        facts = _article(mention)
        return Outcome(rules.LAW_IN_WORDS, f"law:{name}", f"{BASE}law/{slug(name)}", name, facts=facts)
    rule, identity = rules.NAMED, mention.id
    if identity is None:
        bearers = [bearer.partition("=")[::2] for bearer in mention.parts["among"].split(";")]
        settled = _settled(mention, bearers, context)
        if len(settled) != 1:
            return _shared(mention, bearers, settled, context)
        rule, identity = rules.SETTLED, settled[0]
    entry = context.registers.entry(mention.kind, identity)
    if entry is None:
        return unresolved("the registers have no such entry")
    if _too_early(entry, context):
        return unresolved("the paper is older than what bears this name", (entry.notation,))
    if mention.kind == "law" and (older := _before_its_year(mention, entry.label_nl, context)):
        return Outcome(rules.LAW_IN_WORDS, f"law:{older}", f"{BASE}law/{slug(older)}", older, facts=_article(mention))
    facts = (*_article(mention), *((("page", entry.page),) if entry.page else ()))
    return Outcome(rule, entry.notation, entry.iri, entry.label_nl, facts=facts)


def _shared(mention: Mention, bearers: list[tuple[str, str]], settled: list[str], context: Context) -> Outcome:
    """The outcome for a shared name that nothing settles; those of its bearers that the paper can mean are the candidates."""
    candidates = tuple(notation for notation, _ in _possible(mention, bearers, context))
    if not candidates:
        return unresolved(
            "no bearer of this name in the registers is of the time of the paper, or of the year behind the name"
        )
    said = "several of the words that settle it stand" if settled else "none of the words that settle it stands"
    return unresolved(f"the name is shared, and {said} in the paper", candidates)


def _possible(mention: Mention, bearers: list[tuple[str, str]], context: Context) -> list[tuple[str, str]]:
    """Those of the bearers of a shared name that were concluded when the paper was written, and about the year behind the name."""
    year = mention.parts.get("year")
    found = []
    for notation, needs in bearers:
        entry = context.registers.entry(mention.kind, notation)
        another = bool(year and entry and entry.concluded and abs(int(year) - entry.concluded) > _DRAFT_YEARS)
        if not another and not _too_early(entry, context):
            found.append((notation, needs))
    return found


def _settled(mention: Mention, bearers: list[tuple[str, str]], context: Context) -> list[str]:
    """Those of the bearers of a shared name whom the year behind it, an article before it, or words elsewhere settle."""
    possible = _possible(mention, bearers, context)
    if year := mention.parts.get("year"):
        entries = {notation: context.registers.entry(mention.kind, notation) for notation, _ in possible}
        of_year = [notation for notation, entry in entries.items() if entry and str(entry.concluded) == year]
        if of_year:
            return of_year
    settled = [notation for notation, needs in possible if not needs or context.stands_in(needs)]
    if not settled and len(bearers) == 1 and mention.kind == "law" and "article" in mention.parts:
        return [bearers[0][0]]  # "artikel 94 Gw": an article settles that it is a law
    return settled


def _too_early(entry: Entry | None, context: Context) -> bool:
    """Whether a paper was written before a treaty was concluded; some years before, it may name the draft."""
    _, last = context.profile.period
    return bool(entry and entry.concluded and last and last.year < entry.concluded - _DRAFT_YEARS)


def _before_its_year(mention: Mention, title: str, context: Context) -> str | None:
    """The name as written, where the paper is older than the law: in 1998 "Vreemdelingenwet" is not that of 2000."""
    year = re.search(r" ((?:18|19|20)\d\d)$", title)
    _, last = context.profile.period
    return " ".join(context.document[mention.span].split()) if year and last and last.year < int(year[1]) else None


def _article(mention: Mention) -> tuple[tuple[str, str], ...]:
    article = mention.parts.get("article")
    return (("article", article),) if article else ()


def is_no_law_of_ours(mention: Mention, context: Context) -> bool:
    """Whether a law is one of another country or of the Union ("de Duitse Grondwet"), or none in particular ("een sanctiewet")."""
    if mention.kind != "law":
        return False
    text, (start, end) = context.document.text, mention.span
    if text[start].islower() and _ANY.search(text[max(0, start - 16) : start]):
        return True
    before = _FOREIGN_BEFORE.search(text[max(0, start - 24) : start])
    if text[start:end].lower() == "grondwet":
        return bool(before or _CONSTITUTION_OF.match(text, end))
    return before is not None and before[1] != "Europese"


def resolve_number(mention: Mention, context: Context) -> Outcome:
    """Numbers that leave something out: the dossier of a Kamerstuk, the parliamentary year of an Aanhangsel."""
    if mention.kind == "kamerstuk":
        dossier, rule = _dossier_before(mention, context)
        if dossier is None:
            return _several_dossiers(mention, context)
        identity = f"kst-{dossier}-{mention.parts['number']}"
    elif context.profile.date is None:
        return unresolved("the parliamentary year is left out, and the paper has no date")
    else:
        rule = rules.OWN_SITTING
        identity = f"ah-{mention.parts['chamber']}-{sitting(context.profile.date)}-{mention.parts['number']}"
    return Outcome(rule, identity, address(mention.kind, identity), label_of(mention.kind, identity))


def _dossier_before(mention: Mention, context: Context) -> tuple[str | None, rules.Rule]:
    """The dossier of a number without one: named with it, that of the same number elsewhere, the paper's own, the last."""
    if dossier := mention.parts.get("dossier"):
        return dossier, rules.STATED
    if "there" in mention.parts and (last := context.dossier_before(mention.span.start)):
        return last, rules.SAME_DOSSIER
    if same := context.dossier_of_number(mention.parts["number"]):
        return same, rules.SAME_NUMBER
    if context.profile.dossier:
        return context.profile.dossier, rules.OWN_DOSSIER
    return context.only_dossier_before(mention.span.start), rules.LAST_DOSSIER


def _several_dossiers(mention: Mention, context: Context) -> Outcome:
    """A number that could be of each of several dossiers: that of which the list knows such a paper, if it is one alone."""
    number = mention.parts["number"]
    candidates = tuple(f"kst-{dossier}-{number}" for dossier in context.dossiers_before(mention.span.start))
    if not candidates:
        return unresolved("the dossier is left out, and none was named before")
    listed = [each for each in candidates if context.status("kamerstuk", each) == VERIFIED]
    # where there may be more dossiers than were looked at, one is not known to be the only one
    if len(listed) != 1 or len(candidates) == MOST_DOSSIERS:
        return unresolved("the dossier is left out, and several were named before", candidates[:_MOST_TOLD])
    [identity] = listed
    facts = (("known", VERIFIED),)
    return Outcome(rules.KNOWN, identity, address("kamerstuk", identity), label_of("kamerstuk", identity), facts=facts)


def resolve_in_paper(mention: Mention, context: Context) -> Outcome:
    """Questions, answers and notes of the same paper by their number."""
    number = int(mention.parts["number"])
    section = context.section(mention.kind, number) or context.section("question", number)
    label = f"{'noot' if mention.kind == 'note' else 'antwoord op vraag'} {number}"
    identity = f"{mention.kind}-{number}"
    if section:
        return Outcome(rules.IN_PAPER, identity, context.within(section.slug), label)
    return Outcome(
        rules.NOT_IN_PAPER, identity, context.within(identity), label, problem="no such question in this paper"
    )


def resolve_motion(mention: Mention, context: Context) -> Outcome:
    """A motion by the name of who moved it; it is the numbered paper beside it where there is one."""
    name = _mover(context.family(mention.parts["name"]), context)
    identity, label = f"motion:{slug(name)}", f"motie-{name}"
    if beside := context.beside(mention):
        return Outcome(rules.SAME_PAPER, identity, address(beside.kind, beside.id or ""), label)
    return Outcome(rules.BY_NAME, identity, context.within(f"motion-{slug(name)}"), label)


def _mover(name: str, context: Context) -> str:
    """The first of two movers whose names a hyphen joins, where the paper also names the first by itself."""
    if name.startswith("van "):
        # "motie van Kostić", but "motie van Campen" where the particle lost its capital
        rest = context.family(name.removeprefix("van "))
        known = slug(name) in context.members or context.registers.members_named(name)
        if not known and (slug(rest) in context.members or context.registers.members_named(rest)):
            return rest
    first = name.partition("-")[0]
    joined = first != name and slug(first) in context.members and slug(name) not in context.members
    return first if joined else name


def _work(mention: Mention, context: Context) -> tuple[tuple[str, str], ...]:
    """Title and author of a published work that a note cites with its web address."""
    if mention.kind != "url":
        return ()
    section = context.section_of(mention.span)
    if section is None or section.kind != "note":
        return ()
    begins, ends = section.spans[0].start, mention.span.start
    text, cut = context.document.text, ends - begins > _WORK_BACK
    # a note begins as if a sentence ended before it; where it is cut, its first character is no beginning
    before = text[ends - _WORK_BACK - 1 : ends] if cut else f". {text[begins:ends]}"
    if match := _CITED_WORK.search(before, cut):
        title, author = match["title"], match["author"]
    elif match := _HEADED_WORK.match(before[: -_HEADED_BACK - 1 : -1]):
        title, author = match["title"][::-1], (match["author"] or "")[::-1]
    else:
        return ()
    creator = (("creator", " ".join(author.split())),) if author else ()
    return (("title", " ".join(title.split())), *creator)
