"""One paper through the stages in their order: segment, recognise, identify, resolve."""

from __future__ import annotations

from datetime import date

from graph.identify import identify
from graph.known import Known
from graph.model import Document, Mention, Paper, Section
from graph.recognise import Recogniser
from graph.resolve import Context, resolve
from graph.segment import marks, segment
from graph.segment.addressee import addressees
from graph.segment.signature import movers, signatories
from ontology.registers import Registers


class Line:
    """The stages with the registers that they share; made once for many documents."""

    def __init__(self, registers: Registers, known: Known | None = None) -> None:
        """Take the registers and perhaps a list of known publications; the automaton is made here."""
        self.registers = registers
        self._known = known
        self._recogniser = Recogniser(registers)

    def paper(self, document: Document, day: date | None = None) -> Paper:
        """The paper that a document is. `day` is its date where that is known from elsewhere."""
        sections = segment(document)
        mentions = self._mentions(document, sections)
        profile = identify(document, sections, mentions, self.registers, day)
        links = resolve(Context(document, sections, profile, self.registers, mentions, self._known))
        return Paper(document, sections, profile, links)

    def _mentions(self, document: Document, sections: tuple[Section, ...]) -> tuple[Mention, ...]:
        """The mentions in the text, and those that layout alone shows: marks of notes, names under a letter.

        What the source states by itself stands before what is found in the same words.
        """
        worded = self._recogniser.mentions(document.text)
        signed = [*signatories(document, sections, worded), *movers(document, worded), *addressees(document)]
        noted = [Mention("note", mark, None, {"number": str(number)}) for number, mark in marks(sections)]
        stated = [*document.given, *signed]
        free = [
            mention
            for mention in worded
            if not any(name.span.meets(mention.span) and _one_reference(name, mention) for name in stated)
        ]
        return tuple(sorted([*free, *stated, *noted], key=lambda mention: (mention.span, mention.kind)))


def _one_reference(stated: Mention, found: Mention) -> bool:
    """Whether two mentions that share words are one reference. A link to a page is none to the paper that it names."""
    if stated.kind == found.kind:
        return True
    # the address that stands in the text and the paper to which it leads
    return found.kind == "url" and stated.parts.get("by") == "link"
