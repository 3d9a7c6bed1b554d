"""Dossiers named without a paper in them: behind the word, or in brackets behind the name of a bill, motion or note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.fold import Folded
from graph.kinds.citation import BRACKETED, ONE, RIJKSWET, read_dossier, whole_dossier
from graph.kinds.numbers import S
from graph.model import Kind, Mention, Span
from graph.patterns import here, late

_HEAD = here(rf"s?(?:nummers?|nr\.?)?{S}(?:met{S}nummer{S})?\(?{S}", re.IGNORECASE)
_BILL_BEFORE = late(
    r"(?:\b(?:wet|rijkswet|wijziging|voorstel|initiatief|novelle|begroting|goedkeuring|motie|amendement)|wet\b|wetsvoorstel|nota\b)[^.;()]{0,150}$",
    re.IGNORECASE,
)
_SPACED = late(
    r"[1-9][0-9][ \n\x7f][0-9]{3}(?![0-9])(?![ ](?:euro|leden|zaken|woningen|mensen|personen|aanvragen|miljoen))"
)
"""A dossier as it is written behind "behandeling van", where a number may also be one of things."""
_GOES_ON = late(rf"{S},{S}n[ro]", re.IGNORECASE)
"""What makes a paper of it behind the bracket of a Rijkswet: "(19 290 (R1301), nr. 1)"."""
_FAR = 160
_ITEM = 800
_AFTER_ITEM = late(r"\n[ ]*(?:[0-9]{1,3}\.|(?:Zaak|Besluit|Voorstel|Noot|Agendapunt):)")
_ENDS_LINE = late(rf"[ )][ ]?-[ ](?P<dossier>{ONE}{RIJKSWET})(?=[ ]*\n)")
"""The dossier at the end of a line in a list of decisions: "Wijziging van de Mediawet 2008 - 36176"."""


def find(page: Folded, anchor: Span) -> Iterator[Mention]:
    """The dossier at the words dossier and wetsvoorstel, or in brackets."""
    plain = page.plain
    if plain[anchor.end - 1].isdigit() and plain[anchor.start] != "(":
        if _SPACED.match(plain, anchor.end - 1):
            yield from read_dossier(plain, anchor.end - 1)
        return
    if page.squeezed_word(anchor) == "zaak:":
        yield from _of_item(plain, anchor)
        return
    if plain[anchor.start] != "(":
        head = _HEAD.match(plain, anchor.end)
        if head:
            yield from read_dossier(plain, head.end())
        return
    bracket = BRACKETED.match(plain, anchor.start)
    if (
        bracket
        and not _GOES_ON.match(plain, bracket.end())
        and _BILL_BEFORE.search(plain[max(0, anchor.start - _FAR) : anchor.start])
    ):
        start = bracket.start("dossier")
        yield Mention(
            "dossier",
            Span(start, start + len(plain[start : bracket.end() - 1].rstrip())),
            f"dossier-{whole_dossier(bracket)}",
        )


def _of_item(plain: str, anchor: Span) -> Iterator[Mention]:
    """The dossiers that end the lines under "Zaak:" in a list of decisions."""
    item = plain[anchor.end : anchor.end + _ITEM]
    end = after.start() if (after := _AFTER_ITEM.search(item)) else len(item)
    for line in _ENDS_LINE.finditer(item[:end] + "\n"):
        start = line.start("dossier")
        for found in read_dossier(item[start : line.end()], 0):  # what the next line says does not belong to it
            at = anchor.end + start
            yield replace(found, span=Span(at + found.span.start, at + found.span.end))


DOSSIER = Kind(
    name="dossier",
    label_nl="dossier",
    label_en="dossier",
    rdf_class="kg:Dossier",
    edge="cites",
    anchors=(
        "dossier",
        "wetsvoorstel",
        "zaak:",
        *(f"{before}{digit}" for before in ("(", "behandelingvan") for digit in range(1, 10)),
    ),
    find=find,
    iri=lambda identity: "https://zoek.officielebekendmakingen.nl/dossier/" + identity.removeprefix("dossier-"),
    examples=(
        "[[Kamerstukken 31945|dossier-31945]] gaat over",
        "het dossier [[36 410 VII|dossier-36410-VII]] is",
        "[[Kamerstukken 35971|dossier-35971]], [[35972|dossier-35972]]",
        "de behandeling van de Wet gesloten keten ([[34 165|dossier-34165]]) dient",
        "Goedkeuring van het verdrag ([[33221|dossier-33221]] (Trb. 2012, 28));",
        "de motie-Jansen ([[21501–02|dossier-21501-02]])",
        "gaan nu naar [[35 925-VI|dossier-35925-VI]], en dan naar [[31700.VIII|dossier-31700-VIII]].",
        "de rijkswet in [[36 455 (R2188)|dossier-36455]]. De",
        "bij de plenaire behandeling van [[33 328|dossier-33328]] en [[35 112|dossier-35112]].",
        "Zaak: Wetgeving - minister Slob - 2 maart 2021\nWijziging van de Mediawet - [[36176|dossier-36176]]\nBesluit: akkoord",
        "[[kamerstukken I, 1991-1992, 22 636|dossier-22636]]",
    ),
    counterexamples=(
        "het dossier is gesloten",
        "Tweede Kamer der Staten-Generaal\n36 027 (R2160)\nGoedkeuring van het op 2 december 2004 tot stand gekomen verdrag",
        "een wetsvoorstel van 12 artikelen",
        "de behandeling van 12 345 aanvragen",
        "Zaak: Brief - 2 maart\nBesluit: akkoord\nin het jaar - 36176\n",
        "het aantal woningen (34 165) steeg",
    ),
)
