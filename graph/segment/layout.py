"""Where sections begin, by the layout of parliamentary papers.

What begins a line is looked for behind a line end, since that is found many times as fast as the beginning of a line: `lined`
is a text with a line end in front, so that a match starts at the offset of its line and ends one beyond its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.kinds.numbers import more_numbers
from graph.model import Span
from graph.patterns import late

_QA = late(
    r"\n[ \t*#>\x7f]*(?P<word>Vra(?:ag|gen)|Antwoord(?:en)?|Mededeling)(?P<on>[ ](?:op|van|bij)[ ](?:de[ ])?vra(?:ag|gen))?"
    r"(?:[ ](?:nr\.?[ ])?(?P<number>[1-9][0-9]{0,2}))?(?P<more>(?:[ ]?(?:,|en|t/m|tot en met|-|&)[ ]?[0-9]{1,3})*)[ \x7f]*[.:)*]{0,3}[ \x7f]*(?=\n|$)",
    re.IGNORECASE,
)
_NUMBERED = late(r"\n[ \t\x7f]*(?P<number>[1-9][0-9]?)[ ]?[.)]?[ \t\n]{0,3}(?=[A-Z\"'])")
_QUESTION_END = late(r"\?[ \x7f]*(?:\n[ \x7f]*\n|$)")
_PARAGRAPH_END = late(r"\n[ \x7f]*\n|$")
_FEET = late(
    r"\n(?:[ \x7f]*(?:Tweede|Eerste) Kamer(?: der Staten-Generaal)?,? ?vergaderjaar [^\n]{0,90}|[ ]*ISSN[ ]?0921[^\n]*|[ ]*(?:ah|kv|kst|h)-(?:[te]k-)?[0-9A-Z-]{5,30}[ ]*"
    r"|[^\n]{0,40}'s-? ?Gravenhage (?:19|20)[0-9]{2}[ ]*Tweede Kamer, ?vergaderjaar[^\n]*)$",
    re.MULTILINE,
)
_SIGNATURE = late(
    r"^[ \t\x7f]*(?:Hoogachtend|De[ ]?\n[ ]?(?:Minister|Staatssecretaris)[^\n.]{0,160}?,?[ \t]*$|Met vriendelijke groet|De (?:minister|staatssecretaris|voorzitter|griffier|Minister-President)[^\n.]{0,160}?,?[ \t]*$)",
    re.MULTILINE | re.IGNORECASE,
)
_SALUTATION = late(r"\n[ \t\x7f]*(?:Geachte|Zeer geachte|Hierbij|Hiermee|Met deze brief)\b")
_LONGEST_SIGNATURE = 700


@dataclass(frozen=True, slots=True)
class Cut:
    """The place where a section begins, heading first; it goes on to the next cut. Its own text begins at `body`."""

    start: int
    kind: str
    numbers: tuple[int, ...] = ()
    body: int = -1


def page_feet(lined: str) -> list[Span]:
    """Running heads and feet of printed pages, which interrupt the text."""
    return [Span(match.start(), match.end() - 1) for match in _FEET.finditer(lined)]


def cuts(lined: str, gaps: list[Span]) -> list[Cut]:
    """The beginnings of all sections but notes, in order; the first at 0."""
    plain = lined[1:]
    found = _questions_and_answers(lined, gaps) or _numbered_questions(lined, plain, gaps)
    signature = _signature(plain, found[-1].start if found else 0)
    found = [cut for cut in found if signature is None or cut.start < signature]
    if signature is not None:
        found.append(Cut(signature, "signature"))
    first = found[0].start if found else len(plain)
    opening = _SALUTATION.search(lined)
    if opening and opening.start() < first:
        found.insert(0, Cut(opening.start(), "body"))
        first = opening.start()
    if first > 0:
        found.insert(0, Cut(0, "heading" if found and found[0].kind != "signature" else "body"))
    return found


def _questions_and_answers(lined: str, gaps: list[Span]) -> list[Cut]:
    """The cuts at "Vraag n" and "Antwoord n"; an answer without a number answers what was asked since the last one."""
    found: list[Cut] = []
    asked: list[int] = []
    for match in _QA.finditer(lined):
        start, end = match.start("word") - 1, match.end() - 1
        if any(gap.start <= start < gap.end for gap in gaps):
            continue
        numbers = _numbers(match, lined)
        answers = match["word"].lower().startswith(("antwoord", "mededeling"))
        if answers and not (numbers or asked):
            continue
        if not answers and not numbers:
            numbers = [asked[-1] + 1 if asked else 1]
        if answers:
            found.append(Cut(start, "answer", tuple(numbers or asked), end))
            asked = []
        else:
            found.append(Cut(start, "question", tuple(numbers), end))
            asked += numbers
    return found if any(cut.kind == "question" for cut in found) else []


def _numbers(match: re.Match[str], lined: str) -> list[int]:
    if not match["number"]:
        return []
    first = int(match["number"])
    return [first, *(number for number, _ in more_numbers(lined, match.end("number"), first, plural=True))]


def _numbered_questions(lined: str, plain: str, gaps: list[Span]) -> list[Cut]:
    """Questions that a letter repeats as a numbered list, each ending in "?", with the answer after it."""
    found: list[Cut] = []
    expected = 1
    for match in _NUMBERED.finditer(lined):
        start, end = match.start("number") - 1, match.end() - 1
        if int(match["number"]) != expected or any(gap.start <= start < gap.end for gap in gaps):
            continue
        paragraph = _PARAGRAPH_END.search(plain, end)
        asked = _QUESTION_END.search(plain, end)
        if paragraph is None or asked is None or asked.start() + 1 != len(plain[: paragraph.start()].rstrip(" \x7f")):
            continue
        found.append(Cut(start, "question", (expected,)))
        found.append(Cut(paragraph.end(), "answer", (expected,)))
        expected += 1
    return found if expected > 2 else []


def _signature(plain: str, after: int) -> int | None:
    """Where the signatures under a letter begin: the last group of lines that name an office, near the end."""
    starts = [match.start() for match in _SIGNATURE.finditer(plain, max(after, len(plain) - _LONGEST_SIGNATURE))]
    return starts[0] if starts else None
