"""The numbers that Word writes before the paragraphs of a list, which are not in their text (ECMA-376, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from graph.read.trees import local

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


class Numbering:
    """Counts the lists of one document on."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        """Take the parts numbering.xml and styles.xml, as far as the document has them."""
        self._lists: dict[str, str] = {}
        self._levels: dict[tuple[str, int], _Level] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        for each in numbering if numbering is not None else ():
            if local(each) == "abstractNum":
                self._take_levels(each)
            elif local(each) == "num":
                self._lists[each.get(f"{W}numId", "")] = _value(each, "abstractNumId") or ""
        for style in styles if styles is not None else ():
            if (numbered := style.find(f"{W}pPr/{W}numPr")) is not None:
                self._styles[style.get(f"{W}styleId", "")] = (
                    _value(numbered, "numId") or "",
                    _number(_value(numbered, "ilvl")),
                )

    def next(self, paragraph: etree._Element) -> str:
        """The number before a paragraph, such as "3."; empty where it has none."""
        numbered = paragraph.find(f"{W}pPr/{W}numPr")
        if numbered is not None:
            number, depth = _value(numbered, "numId") or "", _number(_value(numbered, "ilvl"))
        else:
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            number, depth = self._styles.get("" if style is None else style.get(f"{W}val", ""), ("", 0))
        kind = self._lists.get(number, "")
        level = self._levels.get((kind, depth))
        if level is None or level.form in ("bullet", "none"):
            return ""
        for deeper in [key for key in self._counts if key[0] == kind and key[1] > depth]:
            del self._counts[deeper]
        self._counts[kind, depth] = self._counts.get((kind, depth), level.start - 1) + 1
        return re.sub("%([1-9])", lambda match: self._written(kind, int(match[1]) - 1), level.text)[:_LONGEST]

    def _take_levels(self, kind: etree._Element) -> None:
        for level in kind.findall(f"{W}lvl"):
            known = _Level(
                _value(level, "numFmt") or "decimal", _value(level, "lvlText") or "", _number(_value(level, "start"), 1)
            )
            self._levels[kind.get(f"{W}abstractNumId", ""), _number(level.get(f"{W}ilvl"))] = known

    def _written(self, kind: str, depth: int) -> str:
        level = self._levels.get((kind, depth))
        count = self._counts.get((kind, depth), level.start if level else 1)
        form = level.form if level else "decimal"
        if form.endswith("Letter") and 0 < count <= 26:
            return chr(count + (96 if form.startswith("lower") else 64))
        if form.endswith("Roman") and 0 < count < 40:
            return _roman(count) if form.startswith("lower") else _roman(count).upper()
        return str(count)


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def _value(element: etree._Element, child: str) -> str | None:
    found = element.find(f"{W}{child}")
    return None if found is None else found.get(f"{W}val")


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and re.fullmatch("[0-9]{1,6}", text) else otherwise
