"""How a paper is cited by its dossier and ondernummer, and what such a citation stands for: one paper, several, or a dossier.

"Kamerstukken II 2009/10, 27858, nr. 88", "36 410 VII, nrs. 3 en 4", "26 643 / 30 821, nr. 830"; the patterns read the folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.kinds.numbers import CHAPTER, DOSSIER_NUMBER, MARK, PLURAL, YEAR, S, digits, more_letters, more_numbers
from graph.model import Mention, Span
from graph.patterns import late

ONE = rf"{DOSSIER_NUMBER}(?:-[0-9]{{2}}(?![0-9]))?"
RIJKSWET = rf"(?:{S}-?{S}\(?R{S}[0-9]{{3,4}}\)?)?"
_SUFFIX = rf"""(?:{S},?{S}(?:hoofdstuk|hfdst\.?|hfst\.?){S}(?P<chapter>{CHAPTER})(?:{S}en{S}{CHAPTER})?(?![A-Za-z0-9])
    |{S}[-.]?{S}(?P<suffix>{CHAPTER}|[A-M](?={S}[-,]?{S}(?:nr|no|[0-9])))(?![A-Za-z0-9])
    |{S}-{S}(?P<pair>[0-9]{{2}})(?![0-9]))"""
SUFFIX_AT_END = _SUFFIX.replace("(?:nr|no|[0-9])", "$")
_ONDERNUMMER = r"(?P<{0}>[1-9](?:[ ]?[0-9]){{1,3}}(?=\))|[1-9](?:\x7f?[0-9]|O(?![A-Za-z])){{0,3}}(?:[a-z](?![A-Za-z0-9]))?(?![0-9]|[.,]?[0-9]{{3}})|[A-Z]{{1,2}}(?![A-Za-z]))"
_JOINED = rf"{DOSSIER_NUMBER}(?:{S}[-.]?{S}(?:{CHAPTER}|[0-9]{{2}}(?![0-9]))(?![A-Za-z0-9]))?"
CITE = late(
    rf"""(?P<dossier>{DOSSIER_NUMBER})
    {RIJKSWET}{_SUFFIX}?{RIJKSWET}
    (?P<joined>(?:{S}(?:[/,]|en\b){S}{_JOINED}){{0,6}}){RIJKSWET}
    (?:{S}[,-]?{S}(?:{YEAR}{S}[-/]{S}[0-9]{{2,4}}{S},?{S})?(?:(?:stuk(?:ken)?{S})?{MARK}|stuk){S}{_ONDERNUMMER.format("number")}
      |{S}-{S}{_ONDERNUMMER.format("hyphen")}
      |{S},{S}{_ONDERNUMMER.format("comma")}
      |/(?P<slash>[1-9][0-9]{{0,3}})(?![0-9/]|{S}/)
      |;(?P<semicolon>[1-9][0-9]{{0,3}})(?![0-9]))?""",
    re.VERBOSE,
)
IN_BRACKETS = rf"\({S}(?P<dossier>{DOSSIER_NUMBER}){RIJKSWET}{_SUFFIX}?{RIJKSWET}{S}\)"
BRACKETED = late(IN_BRACKETS.removesuffix(r"\)") + r"(?:\)|(?=\(Trb))", re.VERBOSE)
_MONTH = late(rf"{S}(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)")


def read_dossier(plain: str, start: int) -> Iterator[Mention]:
    """The dossier, or the papers in it, that a citation at `start` names."""
    if cite := CITE.match(plain, start):
        yield from read_citation(plain, cite, Span(*cite.span()), worded=True)


def whole_dossier(cite: re.Match[str]) -> str:
    """The dossier of a match with its suffix: "36410-VII", "21501-02"."""
    suffix = cite["chapter"] or cite["suffix"]
    number = digits(cite["dossier"])
    if number == "21501" and cite["pair"]:
        return f"21501-{cite['pair']}"
    return f"{number}-{suffix}" if suffix else number


def read_citation(plain: str, cite: re.Match[str], span: Span, worded: bool) -> Iterator[Mention]:
    """The mentions that a match of CITE stands for; `worded` says that a word names it, so that a dossier alone counts."""
    dossier, end = whole_dossier(cite), cite.end()
    group = next((name for name in ("number", "hyphen", "comma", "slash", "semicolon") if cite[name]), None)
    number = re.sub(r"[ \x7f]", "", cite[group]) if group else None
    if number and number[0].isdigit():
        number = number.replace("O", "0")
    if cite["pair"] and not dossier.startswith("21501-"):
        if number is not None:
            return
        number, group, end = cite["pair"].lstrip("0"), "pair", cite.end("pair")
    if group == "comma" and (not worded or _MONTH.match(plain, end) or re.match(rf"{S}[0-9]", plain[end : end + 3])):
        number, end = None, cite.start("comma")
        end = span.start + len(plain[span.start : end].rstrip(" \n\x7f,"))
    joined = list(re.finditer(_JOINED, cite["joined"]))
    if not worded and (number is None or group == "slash"):
        return
    if number is None:
        first_end = cite.start("joined") if joined else end
        yield Mention("dossier", Span(span.start, max(first_end, cite.end("dossier"))), f"dossier-{dossier}")
    else:
        yield Mention("kamerstuk", Span(span.start, end), f"kst-{dossier}-{number}", {"dossier": dossier})
        if number.isdecimal():
            plural = bool(group == "number" and PLURAL.match(cite["mark"] or ""))
            for value, place in more_numbers(plain, end, int(number), plural):
                yield Mention("kamerstuk", place, f"kst-{dossier}-{value}", {"dossier": dossier})
        elif number.isalpha() and worded:
            for letter, place in more_letters(plain, end, number):
                yield Mention("kamerstuk", place, f"kst-{dossier}-{letter}", {"dossier": dossier})
    for other in joined:
        place = Span(cite.start("joined") + other.start(), cite.start("joined") + other.end())
        number_only = re.match(DOSSIER_NUMBER, other.group())
        suffix = re.sub(r"[ \n.-]", "", other.group()[number_only.end() :]) if number_only else ""
        identity = "-".join(
            part for part in (digits(other.group()[:6]) if suffix else digits(other.group()), suffix) if part
        )
        yield Mention("dossier", place, f"dossier-{identity}")
