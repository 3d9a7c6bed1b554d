"""One paper through the stages in their order: segment, recognise, identify, resolve, correct."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date

from graph.correct import correct
from graph.corrections import Corrections
from graph.define import define
from graph.fold import Folded
from graph.identify import identify
from graph.known import Known
from graph.lookup import Entity, meant
from graph.model import Document, Link, Mention, Paper, Section
from graph.recognise import Recogniser
from graph.resolve import Context, resolve
from graph.segment import marks, segment
from graph.segment.addressee import addressees
from graph.segment.signature import answerers, movers, signatories, signed_in_line
from ontology.registers import Registers


class Line:
    """The stages with the registers that they share; made once for many documents."""

    def __init__(
        self, registers: Registers, known: Known | None = None, corrections: Corrections | None = None
    ) -> None:
        """Take the registers, perhaps a list of known publications and corrections; the automaton is made here."""
        self.registers = registers
        self._known, self._corrections = known, corrections or Corrections()
        self._recogniser = Recogniser(registers)

    def paper(self, document: Document, day: date | None = None) -> Paper:
        """The paper that a document is. `day` is its date where that is known from elsewhere."""
        page = self._recogniser.page(document.text)
        sections = segment(document, page.plain)
        mentions = self._mentions(document, page, sections)
        profile = identify(document, page.plain, sections, mentions, self.registers, day)
        context = Context(document, sections, profile, self.registers, mentions, self._known)
        links = resolve(context)
        if own := self._corrections.of(profile.iri):
            links = correct(links, document, own, self.meant, context.section_of)
        return Paper(document, sections, profile, links)

    def meant(self, words: str) -> Entity | None:
        """The one thing that words name: an id, an address, a number as papers write it, a name of the registers."""
        return meant(words, self.registers, self._read)

    def _read(self, text: str) -> tuple[Link, ...]:
        return self.paper(Document("words", text, "", "text")).links

    def _mentions(self, document: Document, page: Folded, sections: tuple[Section, ...]) -> tuple[Mention, ...]:
        """The mentions in the text, and those that layout alone shows: marks of notes, names under a letter.

        What the source states by itself stands before what is found in the same words.
        """
        worded = self._recogniser.mentions(page)
        if defined := tuple(define(page, worded)):
            worded = tuple(sorted([*worded, *defined], key=lambda mention: (mention.span, mention.kind)))
        under = [*signatories(document, sections, worded)]
        named = {mention.span for mention in under}
        behind = [mention for mention in signed_in_line(document, worded) if mention.span not in named]
        signed = [*under, *behind, *answerers(document, worded), *movers(document, worded), *addressees(document)]
        noted = [Mention("note", mark, None, {"number": str(number)}) for number, mark in marks(sections)]
        stated = [*document.given, *signed]
        free = _free(worded, stated) if stated else worded
        return tuple(sorted([*free, *stated, *noted], key=lambda mention: (mention.span, mention.kind)))


def _free(found: Iterable[Mention], stated: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions that are no reference which the source states itself; `found` are in the order of their places."""
    waiting = deque(sorted(stated, key=lambda mention: mention.span))
    near: list[Mention] = []
    for mention in found:
        while waiting and waiting[0].span.start < mention.span.end:
            near.append(waiting.popleft())
        if near:
            near = [name for name in near if name.span.end > mention.span.start]
        if not any(name.span.meets(mention.span) and _one_reference(name, mention) for name in near):
            yield mention


def _one_reference(stated: Mention, found: Mention) -> bool:
    """Whether two mentions that share words are one reference. A link to a page is none to the paper that it names."""
    if stated.kind == found.kind:
        return True
    # the address that stands in the text and the paper to which it leads
    return found.kind == "url" and stated.parts.get("by") == "link"
