"""Short names that a paper gives itself: "Wet aansprakelijkheid kernongevallen (WAKO)", and from there on "de WAKO".

A short name counts where it stands in brackets behind the full one, begins with the same letter, and has its letters in
their order. What a register knows by that name was found before, and stays what it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from graph.fold import Folded
from graph.kinds.registered import articles_before
from graph.model import Mention, Span
from graph.patterns import late

_DEFINED = ("law", "treaty")
_SHORT = late(
    r"[ \u00a0\n]{1,2}\((?:(?:hierna|verder|kortweg)(?: ook)?(?: te noemen)?:? )?(?:(?:de|het) )?[\"'«‘“]?"
    r"(?P<name>[A-Z][A-Za-z&]{2,11})[\"'»’”]?(?:[,;] [^()]{1,80})?\)"
)
_MOST = 200
"""As many short names as this one paper has at most; more is no prose."""


def define(page: Folded, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """A mention for each place where a short name stands that the text defines; `mentions` are in the order of their places."""
    meant: dict[str, Mention] = {}
    for mention in mentions:
        short = _SHORT.match(page.text, mention.span.end) if mention.kind in _DEFINED else None
        if short and len(meant) < _MOST and _shortens(short["name"], page.text[slice(*mention.span)]):
            meant.setdefault(short["name"], mention)
    if not meant:
        return
    taken = sorted(mention.span for mention in mentions)
    starts = [span.start for span in taken]
    for found in re.finditer(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, meant)))})(?!\w)", page.text):
        span = Span(*found.span())
        before = bisect_right(starts, span.start) - 1
        if not any(other.meets(span) for other in taken[max(0, before) : before + 2]):
            full = meant[found.group()]
            article = articles_before(page.plain, span.start)
            parts = {part: value for part, value in full.parts.items() if part != "article"}
            yield Mention(full.kind, span, full.id, {**parts, **({"article": article} if article else {})})


def _shortens(short: str, name: str) -> bool:
    """Whether a short name is made of letters of the full one, in their order, from the first on."""
    letters = iter(name.lower())
    capitals = sum(letter.isupper() for letter in short)
    by_initials = short.lower() == "".join(word[0] for word in name.lower().split() if word[0].isalpha())
    return (
        (capitals > 1 or by_initials)
        and short[0] == name[0].upper()
        and all(each in letters for each in short.lower() if each.isalpha())
    )
