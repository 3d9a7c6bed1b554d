"""How each kind of node looks in pictures, and what people call it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """A shape of vis-network, a family of colours in page.css, and the name of a kind."""

    shape: str
    family: str
    nl: str
    en: str


LOOKS: Mapping[str, Look] = {
    "paper": Look("dot", "papers", "Gelezen stuk", "Paper read"),
    "kamerstuk": Look("square", "papers", "Kamerstuk", "Kamerstuk"),
    "dossier": Look("hexagon", "papers", "Dossier", "Dossier"),
    "zaak": Look("diamond", "papers", "Zaak", "Case (zaak)"),
    "document": Look("triangle", "papers", "Document", "Document"),
    "aanhangsel": Look("triangleDown", "papers", "Aanhangsel", "Answer paper (Aanhangsel)"),
    "handelingen": Look("star", "papers", "Handelingen", "Proceedings"),
    "toezegging": Look("square", "parts", "Toezegging", "Promise"),
    "letter": Look("diamond", "parts", "Brief", "Letter"),
    "motion": Look("star", "parts", "Motie", "Motion"),
    "question": Look("triangleDown", "parts", "Vraag", "Question"),
    "answer": Look("triangle", "parts", "Antwoord", "Answer"),
    "note": Look("dot", "parts", "Noot", "Note"),
    "bijlage": Look("square", "parts", "Bijlage", "Annex"),
    "treaty": Look("hexagon", "law", "Verdrag", "Treaty"),
    "law": Look("square", "law", "Wet", "Law"),
    "eu-act": Look("diamond", "law", "EU-besluit", "EU act"),
    "ecli": Look("triangle", "law", "Uitspraak", "Judgment"),
    "staatsblad": Look("dot", "law", "Staatsblad", "Staatsblad"),
    "tractatenblad": Look("triangleDown", "law", "Tractatenblad", "Tractatenblad"),
    "staatscourant": Look("star", "law", "Staatscourant", "Staatscourant"),
    "publicatieblad": Look("hexagon", "law", "Publicatieblad", "Official Journal"),
    "un-resolution": Look("square", "law", "VN-resolutie", "UN resolution"),
    "topic": Look("star", "law", "Onderwerp", "Topic"),
    "person": Look("dot", "people", "Persoon", "Person"),
    "office": Look("square", "people", "Ambt", "Office"),
    "committee": Look("hexagon", "people", "Commissie", "Committee"),
    "chamber": Look("star", "people", "Kamer", "Chamber"),
    "url": Look("dot", "outside", "Webadres", "Web address"),
    "work": Look("square", "outside", "Publicatie", "Publication"),
}
SHAPES = ("dot", "square", "diamond", "triangle", "triangleDown", "hexagon", "star")  # of other kinds


def looks_of(kinds: Iterable[str]) -> dict[str, Look]:
    """Give the kinds that occur, in the order of LOOKS, and after them those that it does not name."""
    present = set(kinds)
    looks = {kind: look for kind, look in LOOKS.items() if kind in present}
    for index, kind in enumerate(sorted(present - looks.keys())):
        looks[kind] = Look(SHAPES[index % len(SHAPES)], "other", kind, kind)
    return looks
