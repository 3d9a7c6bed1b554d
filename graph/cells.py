"""Cells of a table that others open: text from papers that a spreadsheet would run as a formula is made harmless."""

from __future__ import annotations

_STARTS = tuple("=+-@\t\r\n＝＋－＠")
"""What a formula begins with, also in the full-width forms that some spreadsheets take for the same."""


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return "'" + text if text.startswith(_STARTS) else text
