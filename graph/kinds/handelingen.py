"""Handelingen and their Aanhangsel: reports of meetings, and answers to written questions, numbered by parliamentary year.

"Handelingen II 2018/19, nr. 15, item 16" is h-tk-20182019-15-16 (items since 2011); "Aanhangsel Handelingen, vergaderjaar
2024-2025, nr. 203" is ah-tk-20242025-203; I stands for the Eerste Kamer. A bare "AH 2406" leaves the year to the date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.fold import Folded
from graph.kinds.numbers import SESSION, S, more_numbers, session
from graph.model import Kind, Mention, Span
from graph.patterns import here, late

_CHAMBER = rf"(?:{S}(?=[dDkKIiTtEe])(?:der{S})?(?:Kamer{S})?(?P<chamber>I{{1,2}}|TK|EK|Tweede{S}Kamer|Eerste{S}Kamer)(?![A-Za-z]))?"
_SITTING = rf"(?:(?:vergaderjaar|verga-?{S}derjaar|zitting(?:sjaar)?){S})?{SESSION}"
_NR = rf"(?P<mark>(?:nummers?|nr[sc]?)\b{S}\.?|nr[sc]?\.?)"
_WORD = rf"(?:Hande-?{S}l\w{{1,3}}-?{S}gen|Hand\.)"
"""Also as scans have it: Handelmgen."""
_AFTER = here(
    # the blanks in a row have an end, else each could be shared out among all places for blanks
    rf"(?!\s{{16}}){S}(?:tot{S}het{S}Verslag{S})?(?:\(?(?:van{S}de|bij{S}de|der|de){S})?{_WORD}?\)?{_CHAMBER}{S},?{S}"
    rf"(?=[vz12n])(?:{_SITTING}{S},?{S}(?:{_NR}{S})?(?P<number>[1-9][0-9]{{0,4}})(?![0-9])"
    rf"|{_NR}{S}(?P<first>[1-9][0-9]{{0,4}})(?![0-9])(?:{S},?{S}{_SITTING.replace('<from>', '<from2>').replace('<to>', '<to2>')})?)".replace(
        "(?P<mark>", "(?:", 1
    ),
    re.IGNORECASE,
)
_NEXT_SITTING = late(
    rf"{S}(?:,|;|en|,{S}en){S}{_SITTING}{S},?{S}(?:{_NR}{S})?(?P<number>[1-9][0-9]{{0,4}})(?![0-9])", re.IGNORECASE
)
_WRITTEN = late(rf"ah-([te]k)[- ]{SESSION}{S},?-?{S}(?:nr\.?{S})?([1-9][0-9]{{0,4}})(?![0-9])", re.IGNORECASE)
_WRITTEN_ID = late(r"ah-([te]k)-([12][0-9]{7})-([1-9][0-9]{0,4})(?![0-9])", re.IGNORECASE)
_BARE = late(rf"AH{S}(?:nr\.?{S})?([1-9][0-9]{{0,4}})(?![0-9A-Za-z]|{S}[-/]{S}[0-9])")
_SHORT = late(rf"AH{S}(?:TK{S})?{SESSION}{S},?{S}(?:nr\.?{S})?([1-9][0-9]{{0,4}})(?![0-9A-Za-z])")
_ALONE = late(rf"{S}(?:nr\.?{S})?(?P<number>[1-9][0-9]{{1,4}})\)")
"""What follows the word in brackets of its own: "(Aanhangsel 1203)"; at the foot of a page a number behind it is that of the page."""
_MEETING = here(
    rf"{_CHAMBER}{S},?{S}{_SITTING}{S},?{S}(?:nr\.?{S})?(?P<meeting>[1-9][0-9]{{0,2}})(?![0-9])"
    rf"(?:{S},?{S}(?:items?\.?{S}|-{S})(?P<item>[1-9][0-9]{{0,2}})(?![0-9]))?",
    re.IGNORECASE,
)
_MEETING_ONLY = late(
    rf"{_CHAMBER}{S},?{S}nr\.?{S}(?P<meeting>[1-9][0-9]{{0,2}})(?![0-9]){S},?{S}items?{S}(?P<item>[1-9][0-9]{{0,2}})(?![0-9])",
    re.IGNORECASE,
)
_SHORT_MEETING = late(
    rf"H(?P<chamber>[TE])K{S}{SESSION}{S},?{S}(?:nr\.?{S})?(?P<meeting>[1-9][0-9]{{0,2}})(?![0-9])(?:{S}-{S}(?P<item>[1-9][0-9]{{0,2}})(?={S}-))?"
)
"""As footnotes have it: "HTK 2010-2011, 45-6-12", of the twelfth page of the sixth item."""
_WRITTEN_MEETING = late(r"h-[te]k-[12][0-9]{7}-[1-9][0-9]{0,2}(?:-[1-9][0-9]{0,2})?(?![0-9-])", re.IGNORECASE)
_SITTING_BEFORE = late(rf"{_SITTING}{S},{S}$", re.IGNORECASE)
_UNMARKED = late(
    rf"{S}(?:van{S}de|der){S}Handelingen{_CHAMBER}{S},?{S}(?P<number>[1-9][0-9]{{0,4}})(?![0-9])", re.IGNORECASE
)
_APPENDED = late(r"aanhang-?\s?sel\s{0,3}(?:\(?(?:van|bij)\s{1,2}de\s{1,2}|der\s{1,2})?$", re.IGNORECASE)


def _chamber(written: str | None) -> str:
    return (
        "ek"
        if (written and written.upper() in ("I", "EK")) or (written and written.lower().startswith("eerste"))
        else "tk"
    )


def _find_appendix(page: Folded, anchor: Span) -> Iterator[Mention]:
    plain = page.plain
    if plain[anchor.start : anchor.start + 2].lower() == "ah":
        yield from _find_short(plain, anchor)
        return
    match = _AFTER.match(plain, anchor.end)
    if match is None:
        alone = _ALONE.match(plain, anchor.end) if plain[max(0, anchor.start - 1) : anchor.start] == "(" else None
        if alone:
            yield _appendix(Span(anchor.start, alone.end("number")), "tk", None, alone["number"])
        before = _SITTING_BEFORE.search(plain[max(0, anchor.start - 48) : anchor.start])
        bare = _UNMARKED.match(plain, anchor.end)
        if before and bare and (sitting := session(before)):
            yield _appendix(Span(anchor.start, bare.end()), _chamber(bare["chamber"]), sitting, bare["number"])
        return
    number = match["number"] or match["first"]
    sitting = session(match) if match["from"] else None
    if match["from2"]:
        sitting = session(re.match(SESSION, plain[match.start("from2") : match.end("to2") + 1]) or match)
    if sitting is None and (before := _SITTING_BEFORE.search(page.plain[max(0, anchor.start - 48) : anchor.start])):
        sitting = session(before)
    chamber, end = _chamber(match["chamber"]), match.end("number") if match["number"] else match.end()
    yield _appendix(Span(anchor.start, end), chamber, sitting, number)
    if match["number"]:
        plural = "nrs" in plain[match.start() : match.start("number")].lower()
        for value, place in more_numbers(plain, end, int(number), plural):
            yield _appendix(place, chamber, sitting, str(value))
            end = place.end
    while following := _NEXT_SITTING.match(plain, end):
        yield _appendix(Span(*following.span("number")), chamber, session(following), following["number"])
        end = following.end()


def _find_short(plain: str, anchor: Span) -> Iterator[Mention]:
    if match := _WRITTEN_ID.match(plain, anchor.start):
        yield Mention("aanhangsel", Span(*match.span()), f"ah-{match[1].lower()}-{match[2]}-{match[3]}")
    elif match := _WRITTEN.match(plain, anchor.start):
        yield _appendix(Span(*match.span()), match[1].lower(), session(match), match[4])
    elif match := _SHORT.match(plain, anchor.start):
        yield _appendix(Span(*match.span()), "tk", session(match), match[3])
    elif (match := _BARE.match(plain, anchor.start)) and not plain[max(0, anchor.start - 1) : anchor.start].isalnum():
        yield _appendix(Span(*match.span()), "tk", None, match[1])


def _appendix(span: Span, chamber: str, sitting: str | None, number: str) -> Mention:
    identity = f"ah-{chamber}-{sitting}-{number}" if sitting else None
    return Mention("aanhangsel", span, identity, {"chamber": chamber, "number": number})


def _find_meeting(page: Folded, anchor: Span) -> Iterator[Mention]:
    plain = page.plain
    if plain[anchor.start : anchor.start + 2].lower() == "h-":
        if written := _WRITTEN_MEETING.match(plain, anchor.start):
            yield Mention("handelingen", Span(*written.span()), written.group().lower())
        return
    if short := _SHORT_MEETING.match(plain, anchor.start):
        if sitting := session(short):
            item = f"-{short['item']}" if short["item"] else ""
            identity = f"h-{short['chamber'].lower()}k-{sitting}-{short['meeting']}{item}"
            yield Mention("handelingen", Span(*short.span()), identity)
        return
    if _APPENDED.search(plain[max(0, anchor.start - 24) : anchor.start]):
        return
    end = anchor.start + len("Hand.") if plain[anchor.start : anchor.start + 5].lower() == "hand." else anchor.end
    match = _MEETING.match(plain, end)
    sitting = session(match) if match else None
    if match is None and (match := _MEETING_ONLY.match(plain, end)):
        before = _SITTING_BEFORE.search(plain[max(0, anchor.start - 48) : anchor.start])
        sitting = session(before) if before else None
    if match and sitting:
        item = f"-{match['item']}" if match["item"] else ""
        meeting = f"h-{_chamber(match['chamber'])}-{sitting}-{match['meeting']}"
        yield Mention("handelingen", Span(anchor.start, match.end()), meeting + item)
        if item and "items" in match.group():
            for value, place in more_numbers(plain, match.end(), int(match["item"]), plural=True):
                yield Mention("handelingen", place, f"{meeting}-{value}")


def _site(identity: str) -> str:
    return f"https://zoek.officielebekendmakingen.nl/{identity}"


AANHANGSEL = Kind(
    name="aanhangsel",
    label_nl="Aanhangsel van de Handelingen",
    label_en="answer to written questions",
    rdf_class="kg:Aanhangsel",
    edge="cites",
    anchors=("aanhangsel", "aanh.", "ahtk", "ahek", *(f"ah{digit}" for digit in range(1, 10))),
    find=_find_appendix,
    iri=_site,
    covers=frozenset({"handelingen", "kamerstuk"}),
    examples=(
        "[[Aanhangsel Handelingen, vergaderjaar 2024–2025, nr. 1028|ah-tk-20242025-1028]].",
        "[[Aanhangsel Handelingen, verga-\nderjaar 2024/2025, nr. 203|ah-tk-20242025-203]]",
        *(
            f"zie [[Aanhangsel Handelingen, vergaderjaar 2024{dash}2025, nr. 1028|ah-tk-20242025-1028]]."
            for dash in (
                "-",
                " - ",
                "/",
                "\u00ad",
                "\u2010",
                "\u2011",
                "\u2012",
                " \u2013 ",
                "\u2014",
                "\u2015",
                "\u2043",
                "\u2212",
            )
        ),
        "[[Aanhangsel Handelingen I 2014/15, nr. 12|ah-ek-20142015-12]]",
        "[[Aanhangsel van de Handelingen II 2008/09, 1234|ah-tk-20082009-1234]]",
        "[[ah-tk-2017–2018, nr.2509|ah-tk-20172018-2509]]",
        "Tweede Kamer, vergaderjaar 2023–2024, [[Aanhangsel van de Handelingen, nr. 2386|ah-tk-20232024-2386]] (Antwoord",
        "zie [[AH 393|ah-tk-20242025-393]] van dit jaar",
        "zie ook [[Aanhangsel Handelmgen, nr. 853, Vergaderjaar 1990-1991|ah-tk-19901991-853]] en [[Aanh. Hand. II 2008/09, nr. 12|ah-tk-20082009-12]]",
        "([[Aanhangsel van de Handelingen 2018–2019, 3412|ah-tk-20182019-3412]], en 2019–2020, nr. [[204|ah-tk-20192020-204]])",
        "het antwoord ([[AH 2022-2023, 1988|ah-tk-20222023-1988]])",
    ),
    counterexamples=(
        "Tweede Kamer, vergaderjaar 2024–2025, Aanhangsel 1",
        "Vergaderjaar 2024–2025 Aanhangsel van de Handelingen",
    ),
)

HANDELINGEN = Kind(
    name="handelingen",
    label_nl="Handelingen",
    label_en="report of a meeting",
    rdf_class="kg:Handelingen",
    edge="cites",
    anchors=("handelingen", "hand.i", "hand.tk", "hand.ek", "htk20", "hek20", "htk19", "hek19"),
    find=_find_meeting,
    iri=_site,
    covers=frozenset({"kamerstuk"}),
    examples=(
        "[[Handelingen II 2018/19, nr. 15, item 16|h-tk-20182019-15-16]], p. 3",
        "[[Handelingen I 2010/11, nr. 8|h-ek-20102011-8]]",
        "onder item 22 ([[h-tk-20152016-53-22|h-tk-20152016-53-22]]).",
        "[[Handelingen II, vergaderjaar 2022-2023, nr. 84, item 12|h-tk-20222023-84-12]]",
        "[[Hand. II 2018/19, nr. 15, items 3|h-tk-20182019-15-3]] en [[7|h-tk-20182019-15-7]]",
        "vergaderjaar 2011–2012, [[Handelingen nr. 58, item 3|h-tk-20112012-58-3]]",
        "[[Handelingen II 2007/08, nr. 45|h-tk-20072008-45]], blz. 79",
        "[[Handelingen der Kamer II, vergaderjaar 1999–2000, nr. 34|h-tk-19992000-34]], blz. 2511",
        "[[HTK 2010-2011, 45-6|h-tk-20102011-45-6]]-12 en [[HEK 2003/04, nr. 20|h-ek-20032004-20]]",
    ),
    counterexamples=("de Handelingen van de Kamer", "handelingen in 2018"),
)
