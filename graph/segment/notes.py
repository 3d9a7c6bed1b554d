"""Notes and their marks, in the forms in which text extraction leaves them.

Text that came from Word has `[footnoteRef:2]` and `[2:  ...]`; Markdown `[^2]` and `[^2]: ...`; from PDF come raised
digits, or plain digits stuck to a word, with the note at the foot of the page or in the middle of a sentence that the
page break cut.
"""

from __future__ import annotations

import re

from graph.fold import RAISED
from graph.model import Note, Span
from graph.patterns import late

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED_DIGITS = "[⁰¹²³⁴⁵⁶⁷⁸⁹]"
_WORD_MARK = late(r"\[footnoteRef:\s?([0-9]{1,3})\]")
_WORD_NOTE = late(r"\[([0-9]{1,3}):\s")
_MARKDOWN_MARK = late(r"\[\^([0-9]{1,3})\](?!:)")
_MARKDOWN_NOTE = late(r"^\[\^([0-9]{1,3})\]:", re.MULTILINE)
_BRACKET_MARK = late(r"(?<=[^\s\[])[ ]?\[([0-9]{1,3})\](?!\()")
_BRACKET_NOTE = late(r"^[ \t]*\[([0-9]{1,3})\][ \t]+(?=\S)", re.MULTILINE)
_RAISED_NOTE = late(rf"^[ \t]*({_RAISED_DIGITS}{{1,3}})(?={_RAISED_DIGITS}{{0}}[ \t]?[^\s])", re.MULTILINE)
_RAISED_MARK = late(rf"(?<=[^\s\d])\s?({_RAISED_DIGITS}{{1,3}})")
_OPEN_BRACKET = late(r"\[[0-9]")
_LONGEST_NOTE = 20_000
_UNITS = late(r"(?:\b(?:k|c|d|m|h)?m|\bCO|\bkm|m)$")
_PLAIN_NOTE = late(
    r"\n[ \t]*\(?([1-9][0-9]?)[ ]?\)?[ \t\u00a0]{0,2}(?=[A-Z«\"'“‘(À-Þ]|https?:|www\.|20[0-9]{2}[ZD][0-9]{5}|[a-z]{2,20}\.nl/)"
)
"""Searched in a text with a line end in front, as in `layout`."""
_MAY_PRECEDE = r"[a-z.,;:?!)»”\"'’\]]"
_NUMBERED = late(
    r"(?:artikel(?:en)?|artt?\.|nrs?\.|lid|paragraaf|hoofdstuk|bijlage|vra(?:ag|gen)|antwoord(?:en)?|en|van|tot|pagina|blz\.)$",
    re.IGNORECASE,
)
"""A word behind which a number is no mark."""
_LONGEST_WORD = len("antwoorden")
_MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
# what stands before the mark is looked at behind its first digit, so that the search runs from digit to digit
_PLAIN_MARK = late(
    rf"(?P<mark>[1-9](?:(?<={_MAY_PRECEDE}.)|(?<={_MAY_PRECEDE}[ ].)|(?<=\n.)|(?<=\n[ ].)|(?<=\A.)|(?<=\A[ ].)|(?<=[0-9][ ].)|(?<=[ ](?:19|20)[0-9]{{2}}.))[0-9]?\)?)"
    rf"(?=[ ]?\n|[.,;:][ \n]|[ ](?!(?:{_MONTHS})\b)(?:[A-Za-z«]|[1-9][0-9]?\)?[ ]?\n)|$)",
    re.MULTILINE,
)
_DATED = late(rf"\b(?:{_MONTHS})[ \n](?:19|20)[0-9]{{2}}\Z")
"""A date to whose year the mark is stuck: "17 juli 20244"."""
_OF_PARTS = late(r"(?<![0-9])[0-9]{1,2}[.:]\Z")
"""What stands before the last number of "artikel 3.2.1" and of "r.o. 4.2"."""
_BLANK_LINE = late(r"\n[ \t]*\n")
_STOP_LINE = late(
    r"\n(?=[ \t]*(?:\n|(?:Vraag|Antwoord|Mededeling)\b[^\n]{0,20}\n|(?:Tweede|Eerste) Kamer|ISSN|(?:ah|kv|kst)-))"
)


_HEADED = late(
    r"\A(?:(?:Vraag|Vragen|Antwoord|Antwoorden)(?:[ ]\d+(?:,|[ ]en)?)*+|Bijlage|Tweede Kamer der Staten-Generaal|Nr\.?|.*(?:Aanhangsel|Vragen|\bvra(?:ag|gen)|\bnrs?\.?))\Z"
)


def find_notes(text: str, plain: str) -> list[Note]:
    """The notes of a text, by the first of the forms that it uses."""
    forms = (
        (_from_word, _WORD_NOTE.search(text)),
        (_from_markdown, "[^" in text),
        (_bracketed, _OPEN_BRACKET.search(text)),
        (_raised, RAISED in plain),
        (_at_page_foot, True),
    )
    return next((notes for form, possible in forms if possible and (notes := form(text))), [])


def _from_word(text: str) -> list[Note]:
    marks = {int(match[1]): Span(*match.span()) for match in reversed(list(_WORD_MARK.finditer(text)))}
    notes, closings = list[Note](), _closings(text)
    for match in _WORD_NOTE.finditer(text):
        end = closings.get(match.start(), len(text)) + 1
        within = bool(notes) and match.start() < notes[-1].span.end  # what opens in a note is words of that note
        if not within and end - match.end() <= _LONGEST_NOTE and end <= len(text):
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


def _bracketed(text: str) -> list[Note]:
    """Marks [1] in sentences, with notes that begin a line with the same."""
    notes = list(_BRACKET_NOTE.finditer(text))
    if not notes:
        return []
    marks: dict[int, Span] = {}
    for match in _BRACKET_MARK.finditer(text):
        marks.setdefault(int(match[1]), Span(*match.span()))
    return [
        Note(int(match[1]), Span(match.start(), _end(_BLANK_LINE, text, match.end())), marks[int(match[1])])
        for match in notes
        if int(match[1]) in marks
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
        notes.append(Note(number, Span(match.start(1), _end_of_words(text, match.start(1), end)), marks.get(number)))
    return notes


def _at_page_foot(text: str) -> list[Note]:
    """Notes numbered on end whose marks are plain digits; a numbered list has no marks and is none."""
    notes: list[Note] = []
    heads, marks = list(_PLAIN_NOTE.finditer("\n" + text)), dict[str, list[re.Match[str]]]()
    for found in _PLAIN_MARK.finditer(text) if heads else ():
        marks.setdefault(found["mark"].rstrip(")"), []).append(found)
    mark_after = 0
    for index, head in enumerate(heads):
        number, start = int(head[1]), head.start(1) - 1
        # an excerpt may begin in the middle, but then the number is stuck to the note
        if number != notes[-1].number + 1 if notes else number != 1 and not head.group().strip().isdigit():
            continue
        candidates = [
            mark
            for mark in marks.get(head[1], ())
            if mark_after <= mark.start("mark") < head.start() and _in_a_sentence(text, mark)
        ]
        # a mark stuck to a word is surer than a number that begins a line, which may be that of a question or an item
        mark = next((mark for mark in candidates if _stuck(text, mark)), None) or next(
            (mark for mark in candidates if not _alone(text, mark)), candidates[0] if candidates else None
        )
        if mark is None:
            continue
        following = next((other.start() for other in heads[index + 1 :] if int(other[1]) == number + 1), len(text))
        end = min(_end(_STOP_LINE, text, head.end() - 1), following)
        notes.append(Note(number, Span(start, _end_of_words(text, start, end)), Span(*mark.span("mark"))))
        mark_after = mark.end()
    return notes


def _end_of_words(text: str, start: int, end: int) -> int:
    """Where the words from `start` on end, without the blanks before `end`."""
    return start + len(text[start:end].rstrip())


def _stuck(text: str, mark: re.Match[str]) -> bool:
    """Whether a number stands right behind a word or the stop of its sentence, or has the bracket that marks have: "2024? 1)"."""
    return mark["mark"].endswith(")") or bool(text[max(0, mark.start("mark") - 1) : mark.start("mark")].strip())


def _alone(text: str, mark: re.Match[str]) -> bool:
    """Whether a number begins its line, with a sentence of its own behind it."""
    start = mark.start("mark")
    return (
        text[max(0, start - 1) : start] in ("", "\n")
        and re.match(r"[ ]?\n[A-Z][a-z]+ (?!\d)", text[mark.end("mark") : mark.end("mark") + 30]) is not None
    )


def _in_a_sentence(text: str, mark: re.Match[str]) -> bool:
    """Whether a number is a mark, and not that of a heading, a page or an item of a list."""
    before_year = text[max(0, mark.start("mark") - 16) : mark.start("mark")]
    if before_year[-1:].isdigit() and not _DATED.search(before_year):
        return False
    if _OF_PARTS.search(text[max(0, mark.start("mark") - 6) : mark.start("mark")]):
        return False
    line_start = text.rfind("\n", 0, mark.start("mark")) + 1
    line = text[line_start : mark.start("mark")].strip()
    before = text[max(0, line_start - 200) : line_start].rstrip(" \t")
    sentence_over = before.endswith("\n\n") or before.rstrip()[-1:] in ("", ".", "?", "!", ":")
    if not line and sentence_over and re.match(r"\.[ \t]+[A-Z]", text[mark.end("mark") : mark.end("mark") + 8]):
        return False  # the heading of a section
    if text[mark.start("mark") - 1] == " " and _NUMBERED.search(line[-_LONGEST_WORD:]):
        return False
    stuck = text[mark.start("mark") - 1] != " " or mark["mark"].endswith(")")
    if not stuck and re.match(r"[ ][A-Z]", text[mark.end("mark") : mark.end("mark") + 2]):
        return False  # the number of a question in the same line
    if not line and re.match(r"\.\s*\n|\)?\.?[ \t]*\n[ \t\u00a0]*\n", text[mark.end("mark") : mark.end("mark") + 12]):
        return False
    return not _HEADED.fullmatch(line)
