"""Draw hits and near misses of a kind from a corpus, to be read by a person.

    python -m bench.sample FOLDER KIND [--hits 50] [--near 50] [--seed 1]

A near miss is what a loose pattern for the kind finds and Kamergraaf does not. The patterns here are loose on purpose: they know
less than the kinds and so find what those leave out. Shown is the file, the reference in its context and what was made of it.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from graph import ReadError, paper
from graph.kinds import BY_NAME
from graph.model import Paper
from graph.read import readable

LOOSE: dict[str, str] = {
    "kamerstuk": r"(?i)kamer-?\s?stuk\w*|\b\d\d[ .\u00a0]?\d{3}\b[^.\n]{0,24}\bnrs?\b|\bstuk(?:ken)?\s(?:nr|nummer)|[^\n]\bnrs?\.\s?\d+",
    "dossier": r"(?i)\bdossier\w*\b.{0,16}\d|wetsvoorstel\W.{0,16}\d{2}\s?\d{3}|\(\d\d[ .\u00a0]?\d{3}[^)]{0,12}\)",
    "zaak": r"20\d\d\W{0,2}Z\W{0,2}\d{3,}",
    "document": r"20\d\d\W{0,2}D\W{0,2}\d{3,}",
    "aanhangsel": r"(?i)aanhangsel|\bah[- ](?:nr\.? )?\d|\bah-",
    "handelingen": r"(?i)\bhandelingen\b|\bh-[te]k\b|\bHand\.",
    "bijlage": r"(?i)\bblg\b|\bblg-",
    "toezegging": r"TZ\W{0,2}\d{4,}",
    "staatsblad": r"(?i)\bstb\b|staats-?\s?blad",
    "tractatenblad": r"(?i)\btrb\b|tracta-?\s?ten-?\s?blad",
    "staatscourant": r"(?i)\bstcrt\b|staats-?\s?courant",
    "publicatieblad": r"\bP[bB]\.?\b|\bP[bB]\W?E[UGC]|(?i:publicatie-?\s?blad|official journal)|\bOJ\b|\bABl\b|\bJO\b",
    "ecli": r"(?i)\becli\b|\bLJN\b",
    "eu-act": r"(?i)(?:verordening|richtlijn|besluit|beschikking|kaderbesluit|standpunt|aanbeveling)\w*\s.{0,24}\d+/\d+|\b(?:COM|SWD|JOIN|SEC)\W{0,3}\d{2,4}|\d{2,4}/\d+/(?:EG|EU|EEG|GBVB|JBZ)",
    "un-resolution": r"(?i)resoluti(?:e|on)s?\s.{0,20}\d{2,4}|S/RES|veiligheidsraad\S*\s?resolutie|UNSCR|VNVR",
    "law": r"\b(?!Kamer)[A-Z]\w*(?:wet|besluit|regeling|statuut|wetboek)\b|\b(?:Wet|Besluit|Regeling|Rijkswet)\s\w+|\b[Aa]rt(?:ikel|ikelen|t?\.)\s\d+",
    "treaty": r"(?i)\b\S*(?:verdrag|conventie|convention|treaty|protocol|handvest|akkoord|memorandum)\S*\b",
    "minister": r"(?i)(?<!\w)(?:oud-)?(?:minister|staatssecretaris|premier|bewindspersoon|voorganger)\s(?-i:[A-Z])\w+",
    "member": r"(?i:\bhet lid|\bde leden|kamerlid|kamerleden|de heer|mevrouw|\bcollega)\s+\S+\s\S+|[A-Z]\w+\s\((?:[A-Z]\S{1,20})\)",
    "office": r"(?i)\b(?:minister|staatssecretaris|bewindspersoon|premier)s?(?:sen)?\s(?:van|voor)\s\S+\s\S+|minister-?\s?president",
    "committee": r"(?i)\w*commissies?\b\s\S+\s\S+",
    "motion": r"(?i)\bmoties?\b[ -]\S+\s\S+\s\S+",
    "letter": r"(?i)\w*(?:brief|brieven|schrijven|missive)\b.{0,60}?\d{1,2}\s(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)",
    "answer": r"\b(?:vraag|vragen|antwoord|antwoorden|onderdeel)\s\d+",
    "note": r"[\u00b9\u00b2\u00b3\u2070-\u2079]+|\[footnote\S+\]|(?<=[a-z.,;)])\d{1,2}(?=\s)",
    "url": r"(?i)https?:|www\.|\b[a-z0-9-]+\.(?:nl|eu|int|org|com|net|gov)\b",
    "date": r"(?i)\b\d{1,2}\s(?:jan|feb|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec)\w*",
}
_AROUND = 70


def draw(folder: Path, kind: str) -> tuple[list[str], list[str]]:
    """Every hit and near miss of a kind in the files of a folder, each as a line to read."""
    hits, near = [], []
    for path in sorted(path for path in folder.iterdir() if path.is_file() and readable(path)):
        try:
            read = paper(path)
        except ReadError:
            continue
        places = [(link.span.start, link.span.end) for link in read.links if link.kind == kind]
        hits += [
            _line(path.name, read, link.span.start, link.span.end, f"{link.id or link.reason} ({link.rule})")
            for link in read.links
            if link.kind == kind
        ]
        for start, end in _loose(kind, read.document.text):
            if not any(first < end and start < last for first, last in places):
                others = {link.kind for link in read.links if link.span.start < end and start < link.span.end}
                near.append(_line(path.name, read, start, end, "+".join(sorted(others)) or "-"))
    return hits, near


def _loose(kind: str, text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(LOOSE[kind], text):
        yield match.span()


def _line(name: str, read: Paper, start: int, end: int, told: str) -> str:
    text = read.document.text
    words = f"{text[max(0, start - _AROUND) : start]}[[{text[start:end]}]]{text[end : end + _AROUND]}"
    return f"{name[:24]}: {words!r} -> {told}"


def main(arguments: list[str] | None = None) -> int:
    """Print the lines drawn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("kind", choices=sorted(set(LOOSE) & set(BY_NAME)))
    parser.add_argument("--hits", type=int, default=50)
    parser.add_argument("--near", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    hits, near = draw(chosen.folder, chosen.kind)
    chance = random.Random(chosen.seed)
    console = Console(highlight=False, soft_wrap=True)
    for title, lines, number in (("hits", hits, chosen.hits), ("near misses", near, chosen.near)):
        console.print(f"{chosen.kind}: {min(number, len(lines))} of {len(lines)} {title}")
        for line in chance.sample(lines, min(number, len(lines))):
            console.print("  " + line, markup=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
