"""Notes and their marks, in the forms in which text extraction leaves them.

Text that came from Word has `[footnoteRef:2]` and `[2:  ...]`; Markdown `[^2]` and `[^2]: ...`; from PDF come raised
digits, or plain digits stuck to a word, with the note at the foot of the page or in the middle of a sentence that the
page break cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.model import Span

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED_DIGITS = "[⁰¹²³⁴⁵⁶⁷⁸⁹]"
_WORD_MARK = re.compile(r"\[footnoteRef:\s?([0-9]{1,3})\]")
_WORD_NOTE = re.compile(r"\[([0-9]{1,3}):\s")
_MARKDOWN_MARK = re.compile(r"\[\^([0-9]{1,3})\](?!:)")
_MARKDOWN_NOTE = re.compile(r"^\[\^([0-9]{1,3})\]:", re.MULTILINE)
_RAISED_NOTE = re.compile(rf"^[ \t]*({_RAISED_DIGITS}{{1,3}})(?={_RAISED_DIGITS}{{0}}[ \t]?[^\s])", re.MULTILINE)
_RAISED_MARK = re.compile(rf"(?<=[^\s\d])\s?({_RAISED_DIGITS}{{1,3}})")
_LONGEST_NOTE = 20_000
_UNITS = re.compile(r"(?:\b(?:k|c|d|m|h)?m|\bCO|\bkm|m)$")
_PLAIN_NOTE = re.compile(
    r"^[ \t]*([1-9][0-9]?)[ ]?\)?[ \t]?(?=[A-Z«\"'“‘(À-Þ]|https?:|www\.|20[0-9]{2}[ZD][0-9]{5}|[a-z]{2,20}\.nl/)",
    re.MULTILINE,
)
_PLAIN_MARK = re.compile(
    r"(?:(?<=[a-z.,;:?!)»”\"'’\]])[ ]?(?:\n[ ]?)?|^[ ]?|(?<=[0-9][ ]))(?P<mark>[1-9][0-9]?\)?)(?=[ ]?\n|[.,;:][ \n]|[ ](?:[A-Za-z«]|[1-9][0-9]?[ ]?\n)|$)",
    re.MULTILINE,
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n|\Z")
_STOP_LINE = re.compile(
    r"\n(?=[ \t]*(?:\n|(?:Vraag|Antwoord|Mededeling)\b[^\n]{0,20}\n|(?:Tweede|Eerste) Kamer|ISSN|(?:ah|kv|kst)-))|\Z"
)


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its number, its text and the mark that it belongs to, if one was found."""

    number: int
    span: Span
    mark: Span | None


def find_notes(text: str, plain: str) -> list[Note]:
    """The notes of a text, by the first of the forms that it uses."""
    for form in (_from_word, _from_markdown, _raised, _at_page_foot):
        if notes := form(text):
            return notes
    return []


def _from_word(text: str) -> list[Note]:
    marks = {int(match[1]): Span(*match.span()) for match in reversed(list(_WORD_MARK.finditer(text)))}
    notes, closings = [], _closings(text)
    for match in _WORD_NOTE.finditer(text):
        end = closings.get(match.start(), len(text)) + 1
        if end - match.end() <= _LONGEST_NOTE and end <= len(text):
            notes.append(Note(int(match[1]), Span(match.start(), end), marks.get(int(match[1]))))
    return notes


def _closings(text: str) -> dict[int, int]:
    """Where each opening square bracket is closed; a note in brackets may hold brackets itself."""
    closings, opened = dict[int, int](), list[int]()
    for match in re.finditer(r"[\[\]]", text):
        if match.group() == "[":
            opened.append(match.start())
        elif opened:
            closings[opened.pop()] = match.start()
    return closings


def _from_markdown(text: str) -> list[Note]:
    marks = {int(match[1]): Span(*match.span()) for match in reversed(list(_MARKDOWN_MARK.finditer(text)))}
    return [
        Note(int(match[1]), Span(match.start(), _end(_BLANK_LINE, text, match.end())), marks.get(int(match[1])))
        for match in _MARKDOWN_NOTE.finditer(text)
    ]


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.search(text, start)
    return match.start() if match else len(text)


def _raised(text: str) -> list[Note]:
    starts = list(_RAISED_NOTE.finditer(text))
    if not starts:
        return []
    marks: dict[int, Span] = {}
    for match in _RAISED_MARK.finditer(text):
        if not _UNITS.search(text[max(0, match.start() - 3) : match.start(1)]):
            marks.setdefault(int(match[1].translate(_RAISED)), Span(*match.span(1)))
    notes = []
    for index, match in enumerate(starts):
        end = _end(_BLANK_LINE, text, match.end())
        if index + 1 < len(starts):
            end = min(end, starts[index + 1].start())
        number = int(match[1].translate(_RAISED))
        notes.append(Note(number, Span(match.start(1), len(text[:end].rstrip())), marks.get(number)))
    return notes


def _at_page_foot(text: str) -> list[Note]:
    """Notes numbered from 1 whose marks are plain digits; a numbered list has no marks and is none."""
    notes: list[Note] = []
    heads = list(_PLAIN_NOTE.finditer(text))
    marks = list(_PLAIN_MARK.finditer(text))
    expected, mark_after = 1, 0
    for index, head in enumerate(heads):
        if int(head[1]) != expected:
            continue
        mark = next(
            (
                m
                for m in marks
                if m["mark"].rstrip(")") == head[1]
                and mark_after <= m.start("mark") < head.start()
                and not _heading(text, m)
            ),
            None,
        )
        if mark is None:
            continue
        end = _end(_STOP_LINE, text, head.end())
        following = next((other.start() for other in heads[index + 1 :] if int(other[1]) == expected + 1), len(text))
        span = Span(head.start(1), len(text[: min(end, following)].rstrip()))
        notes.append(Note(expected, span, Span(*mark.span("mark"))))
        expected, mark_after = expected + 1, mark.end()
    return notes


def _heading(text: str, mark: re.Match[str]) -> bool:
    """Whether a number is that of a heading or of a page, not a mark."""
    line_start = text.rfind("\n", 0, mark.start("mark")) + 1
    line = text[line_start : mark.start("mark")].strip()
    return bool(
        re.fullmatch(
            r"(?:Vraag|Vragen|Antwoord|Antwoorden|Bijlage|Tweede Kamer der Staten-Generaal|Nr\.?|.*Aanhangsel|.*Vragen)",
            line,
        )
    )
