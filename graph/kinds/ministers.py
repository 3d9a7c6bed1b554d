"""Ministers and state secretaries by name: behind their title, or behind their office.

"minister Berendsen (Buitenlandse Zaken)", "minister Rosenthal van Buitenlandse Zaken", "de minister van Defensie, R.P.
Brekelmans". The place of a mention is the name without title; the post that is named with it goes into its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.fold import Folded
from graph.kinds.names import B0, INITIALS, NOT_A_NAME, SURNAMES, TITLES, WORD, B, clean
from graph.model import Kind, Mention, Span
from graph.patterns import here, late

_OF_PORTFOLIO = late(r"(?:van|voor)[\s\u00a0]+", re.IGNORECASE)
_TITLED = here(
    rf"(?:-{B0}[Pp]resident|s?ecretaris|sen|s)?{B}(?:de{B}heer{B}|mevrouw{B})?{TITLES}(?P<name>(?:{INITIALS})?{SURNAMES})"
)
_PRESIDENT = late(r"[- \n]{1,3}president", re.IGNORECASE)
_OF = late(r"[ \u00a0\n]{1,3}(?:van|voor)[ \u00a0\n]{1,3}(?:het[ \n]|de[ \n])?")
_IN_OFFICE = late(r"[ \u00a0\n]{0,3}\((?P<post>[^()]{3,90})\)")
_POST = late(r"(?:-?s?ecretaris)?[ \u00a0\n]{1,3}(?:van|voor|VAN|VOOR)[ \u00a0\n]{1,3}(?:het[ \n]|de[ \n])?")
_AFTER_POST = here(
    rf",?[ \u00a0]{{0,3}}(?:(?P<called>de{B}heer{B}|mevrouw{B})?{TITLES}(?P<name>(?(called)(?:{INITIALS})?|{INITIALS}){SURNAMES}))"
)
_PRESIDENT_CALLED = late(
    rf"(?:-{B0}[Pp]resident)?,{B}(?:de{B}heer|mevrouw){B}{TITLES}(?P<name>(?:{INITIALS})?{SURNAMES})"
)
_SIGNED = late(
    rf",[ \u00a0]{{0,3}}(?:\n[ \u00a0]{{0,3}}){{0,4}}{TITLES}(?P<name>{NOT_A_NAME}{WORD}[ \u00a0](?:{INITIALS})?{SURNAMES})[ \u00a0]{{0,3}}(?=\n|$)"
)
"""A given name and a family name that end the line behind an office; whether anybody is called so, the registers tell."""
_PREDECESSOR = here(rf"{B}(?P<name>(?:{INITIALS})?{SURNAMES})")
_ALSO = late(rf"(?:[ ]\([^()]{{3,60}}\))?(?:,{B}|,?{B}en{B}){TITLES}(?P<name>(?:{INITIALS})?{SURNAMES})")
_CALLED_BEFORE = late(
    rf"(?:[Dd]e{B}heer|[Mm]evrouw|[Mm]ejuffrouw){B}{TITLES}(?P<name>(?:{INITIALS})?{SURNAMES}),{B}(?:de{B}|demissionair{B})?$"
)
_SIGNED_ABOVE = late(
    rf"(?:^|\n)[ \u00a0]{{0,3}}{TITLES}(?P<name>(?:{INITIALS}|{NOT_A_NAME}{WORD}[ \u00a0](?:{INITIALS})?){SURNAMES}),?[ \u00a0]{{0,3}}\n{{1,3}}[ \u00a0]{{0,3}}(?:De{B})?$"
)
"""A name alone on the line above an office: "Piet Adema", and below it "Minister van Landbouw"."""
_AHEAD = late(
    r"-|s|e|[ \u00a0\n]{1,3}(?![a-z])|[ \u00a0\n]{1,3}(?:van|voor|von|d|t|el|la|le|al|ben|in|op|zur|het|mevrouw|mr|ir|ing|prof|mw|mevr|bc|jhr)"
)
"""What every name behind a title begins with; most are followed by a verb."""
_ALL_SORTS = ("bewindslieden", "bewindspersonen", "bewindspersoon", "bewindsman", "bewindsvrouw")
_FOREIGN = late(r"(?:[A-Z][a-z]+|oud|ex)-$|(?:voormalig[e]?|Amerikaanse|[A-Z][a-z]{2,20}se)[ \n]$")


def find_minister(page: Folded, anchor: Span) -> Iterator[Mention]:
    """A named minister or state secretary at the title."""
    if not _AHEAD.match(page.text, anchor.end):
        return
    before = page.plain[max(0, anchor.start - 24) : anchor.start]
    run_on = before[-1:].isalpha() and not before.lower().endswith(("ambts", "vice"))
    if run_on or _FOREIGN.search(before):
        return
    if page.squeezed_word(anchor).startswith(_ALL_SORTS):
        yield from _of_all_sorts(page, anchor)
        return
    if page.squeezed_word(anchor).startswith("voorganger"):
        if page.text.startswith("s", anchor.end):
            yield from _of_all_sorts(page, Span(anchor.start, anchor.end + 1))
        elif match := _PREDECESSOR.match(page.text, anchor.end):
            yield Mention(
                "minister", Span(*match.span("name")), None, {"name": clean(match["name"]), "role": "minister"}
            )
        return
    role = _role(page, anchor)
    behind = _behind_office(page, anchor) or _before_office(page, anchor)
    match = None if behind else _TITLED.match(page.text, anchor.end) or _PRESIDENT_CALLED.match(page.text, anchor.end)
    if behind:
        yield Mention(
            "minister",
            behind[0],
            None,
            {"name": clean(page.text[slice(*behind[0])]), "role": role, "portfolio": behind[1]},
        )
    elif match and not _begins_with_office(page, match):
        first = _titled(page, match, role)
        yield first
        if page.text[anchor.end : anchor.end + 1] == "s" or page.text[anchor.end : anchor.end + 3] == "sen":
            yield from _others(page, first.span.end, role)


def _of_all_sorts(page: Folded, anchor: Span) -> Iterator[Mention]:
    """Those whom a word names that is used of ministers and state secretaries alike: "de bewindslieden Van Weel en Struycken"."""
    match = _PREDECESSOR.match(page.text, anchor.end)
    while match:
        yield Mention("minister", Span(*match.span("name")), None, {"name": clean(match["name"]), "role": "minister"})
        match = _ALSO.match(page.text, match.end())


def _role(page: Folded, anchor: Span) -> str:
    """The post that a title names: "staatssecretaris", "minister-president" (also by "premier"), or "minister"."""
    if page.plain[anchor.start] in "sS":
        return "staatssecretaris"
    presides = page.plain[anchor.start] in "pP" or _PRESIDENT.match(page.plain, anchor.start + len("minister"))
    return "minister-president" if presides else "minister"


def _others(page: Folded, end: int, role: str) -> Iterator[Mention]:
    """Those who follow in a list: "de ministers Adema en Van der Wal"."""
    while match := _ALSO.match(page.text, end):
        if _begins_with_office(page, match):
            return
        mention = _titled(page, match, role)
        yield mention
        end = mention.span.end


def _behind_office(page: Folded, anchor: Span) -> tuple[Span, str] | None:
    """The name behind an office, and the portfolio: "minister van Defensie, R.P. Brekelmans"."""
    post = _POST.match(page.text, anchor.end)
    end = page.portfolio(post.end()) if post else None
    match = (_AFTER_POST.match(page.text, end) or _SIGNED.match(page.text, end)) if end else None
    return (Span(*match.span("name")), clean(page.text[post.end() : end])) if post and match else None


def _before_office(page: Folded, anchor: Span) -> tuple[Span, str] | None:
    """The name before an office, and the portfolio: "de heer Hoekstra, minister van Financiën"."""
    post = _POST.match(page.text, anchor.end)
    end = page.portfolio(post.end()) if post else None
    offset = max(0, anchor.start - 70)
    back = page.text[offset : anchor.start]
    match = (_CALLED_BEFORE.search(back) or _SIGNED_ABOVE.search(back)) if end else None
    if post is None or match is None:
        return None
    return Span(offset + match.start("name"), offset + match.end("name")), clean(page.text[post.end() : end])


def _begins_with_office(page: Folded, match: re.Match[str]) -> bool:
    """Whether what looks like a name is a portfolio: "Minister Van Buitenlandse Zaken", "staatssecretaris Fiscaliteit"."""
    of = _OF_PORTFOLIO.match(page.text, match.start("name"))
    return bool(page.portfolio(of.end() if of else match.start("name")))


def _titled(page: Folded, match: re.Match[str], role: str) -> Mention:
    start, end = match.start("name"), match.end("name")
    for of in _OF.finditer(page.text, start, end):
        if page.portfolio(of.end()):
            end = of.start()
            break
    end = max(end, page.surname(start) or 0)
    parts = {"name": clean(page.text[start:end]), "role": role}
    office, of_office = _IN_OFFICE.match(page.text, end), _OF.match(page.text, end)
    if office and page.portfolio(office.start("post")):
        parts["portfolio"] = clean(office["post"])
    elif of_office and (stop := page.portfolio(of_office.end())):
        parts["portfolio"] = clean(page.text[of_office.end() : stop])
    return Mention("minister", Span(start, end), None, parts)


MINISTER = Kind(
    name="minister",
    label_nl="bewindspersoon",
    label_en="minister or state secretary",
    rdf_class="kg:Person",
    edge="mentionsPerson",
    anchors=("minister", "staatssecretaris", "premier", "ministerpresident", "voorganger", *_ALL_SORTS),
    find=find_minister,
    covers=frozenset({"member"}),
    examples=(
        "Antwoord van minister [[Veldkamp|person:veldkamp]] (Buitenlandse Zaken)",
        "Mededeling van Staatssecretaris [[Karremans|person:karremans]] (Volksgezondheid, Welzijn en\nSport)",
        "minister [[Van Weel|person:van-weel]] van Justitie en Veiligheid",
        "overleg met minister [[Veldkamp|person:veldkamp]] van Buitenlandse Zaken en staatssecretaris",
        "De minister van Buitenlandse Zaken,\n\n[[C.C.J. Veldkamp|person:veldkamp]]",
        "De minister van Buitenlandse Zaken, [[Stef Blok|person:blok]]\nDe minister van Defensie, [[Ank M. Bijleveld|person:bijleveld]]",
        "met vriendelijke groet,\n\n[[Piet Adema|person:adema]]\nMinister van Landbouw, Natuur en Voedselkwaliteit",
        "minister van Binnenlandse Zaken en Koninkrijksrelaties, [[H.G.J. Bruins Slot|person:bruins-slot]] - 14 februari",
        "de minister van Veiligheid en Justitie, de heer [[Van der Steur|person:van-der-steur]], reageerde",
        "brief van de minister van Defensie, [[R.P. Brekelmans|person:brekelmans]] - 3 mei",
        "de ministers [[Adema|person:adema]] en [[Van der Wal|person:van-der-wal]] zeggen",
        "de heer [[Hoekstra|person:hoekstra]], minister van Financiën, en mevrouw",
        "van mijn ambtsvoorganger [[Van Weel|person:van-weel]] over",
        "van mijn ambtsvoorgangers [[Wiebes|person:wiebes]] en [[Van 't Wout|person:van-t-wout]] van 28 juni",
        "minister-president [[Rutte|person:rutte]] en premier [[Schoof|person:schoof]]",
        "De Minister-President, de heer [[Balkenende|person:balkenende]], en",
        "de bewindslieden [[Van Weel|person:van-weel]] en [[Struycken|person:struycken]], de staatssecretarissen [[Coenradie|person:coenradie]] en [[Struycken|person:struycken]], en vicepremier [[Hermans|person:hermans]]",
    ),
    counterexamples=(
        "staatssecretaris Fiscaliteit, Belastingdienst en Douane",
        "de minister heeft gezegd", "het ministerie van Defensie", "de heer Jansen uit Zwolle", "Sowjet-minister Sjevardnadze",
        "oud-minister Pronk", "de Russische minister Lavrov", "Jansen zegt", "mevrouw Jansen, minister van Staat",
    ),
)  # fmt: skip
