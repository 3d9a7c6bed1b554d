"""How fast references are recognised: python -m bench.scan.

The text is that of the corpus beside the project (files *.txt), else of generated papers, which have fewer references a page.
The limit is one pass of the automaton over the same text, folded already; the peers are the four patterns of opentk.nl and
nllegalcit, which have a fifth of the kinds or less. All on one core.
"""

from __future__ import annotations

import gc
from pathlib import Path

from bench import papers
from bench.peers import nllegalcit, nllegalcit_is_there, opentk
from bench.readers import BESIDE
from bench.rows import Row, judged, seconds, show, size
from graph.recognise import Recogniser
from ontology.registers import Registers

_WARM = 3_000_000
"""Characters that are read before anything is measured, so that patterns and automaton are what they are in a long run."""
_LONG = {"small": 2_000_000, "quick": 20_000_000, "full": 200_000_000}
_SMALL = 4_000
"""Characters for nllegalcit, which takes seconds for so many."""


def texts(corpus: Path = BESIDE, generated: int = 500) -> list[str]:
    """The texts that are measured."""
    found = [path.read_text("utf-8", "replace") for path in sorted(corpus.glob("*.txt"))]
    return found or [papers.text(number) for number in range(generated)]


def rows() -> list[Row]:
    """The goals of recognising, each with its figure."""
    own, repeats = Recogniser(Registers.load()), size().repeats
    pieces = texts()
    whole = "\n\n".join(pieces)
    million = sum(map(len, pieces)) / 1e6
    for _ in range(1 + _WARM // len(whole)):
        own.mentions(own.page(whole))
    gc.freeze()  # as the workers of a build do
    gc.set_threshold(100_000)
    pages = [own.page(text) for text in pieces]
    found = sum(len(own.mentions(page)) for page in pages)
    ours = seconds(lambda: [own.mentions(own.page(text)) for text in pieces], repeats) / million
    bare = seconds(lambda: [own.hits(page) for page in pages], repeats) / million
    theirs = seconds(lambda: [sum(1 for _ in opentk(text)) for text in pieces], repeats) / million
    measured = [
        judged("recognise", "at least 60", 1 / ours, "million characters/s", f"{found / million:.0f} references a million"),
        judged("recognise, times the bare automaton", "at most 1.4", ours / bare, "times", f"automaton {1 / bare:.1f} million/s"),
        judged("recognise, beside the opentk patterns", "at least 1", theirs / ours, "times", f"opentk {1 / theirs:.1f} million/s"),
        _growth(own, whole),
    ]  # fmt: skip
    if nllegalcit_is_there():
        library = seconds(lambda: list(nllegalcit(whole[:_SMALL])), 1) / _SMALL * 1e6
        said = f"nllegalcit {1e6 / library / 1e3:.1f} thousand/s"
        measured.append(judged("recognise, beside nllegalcit", "at least 5000", library / ours, "times", said))
    return measured


def _growth(own: Recogniser, whole: str) -> Row:
    """How much longer a character takes in one long text than in one of a tenth."""
    long = _LONG[size().name]
    short = whole * (1 + long // 10 // len(whole))
    text = (short * 11)[:long]
    few = seconds(lambda: own.mentions(own.page(short)), 1) / len(short)
    many = seconds(lambda: own.mentions(own.page(text)), 1) / len(text)
    said = f"one text of {len(text) // 1_000_000} million against one of {len(short) // 1_000_000}"
    return judged("recognise, a character of a long text", "at most 1.25", many / few, "times", said)


if __name__ == "__main__":
    show("Recognising", rows())
