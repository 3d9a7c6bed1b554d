"""Say in triples what a paper is and what it refers to, with the evidence for every edge.

All triples of a paper go into the named graph that bears its address. A mention is a Web Annotation: body what is meant,
target the place in the text (RFC 5147 gives places in text their addresses), with the rule that joined them. A direct
edge from the paper stands beside it, for people and for paths.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.corrections import Correction, said
from graph.days import sitting
from graph.kinds import BY_NAME, label_of
from graph.kinds.identities import dossier_of, number_of
from graph.model import Description, Link, Paper, Section, Span, section_finder
from graph.sentences import sentence_at
from graph.triples import literal, node, term, typed
from ontology.terms import BASE

_TYPES = {"ah": "kg:Aanhangsel", "kst": "kg:Kamerstuk", "h": "kg:Handelingen", "blg": "kg:Bijlage"}
_SORTS = {"letter": "kg:Letter", "motion": "kg:Motion", "zaak": "kg:Zaak"}
_CLASSES = {
    "question": "Question",
    "answer": "Answer",
    "note": "Note",
    "signature": "Signature",
    "heading": "Heading",
    "body": "Body",
    "speech": "Speech",
}
_TYPE, _TARGET, _RULE, _MENTION, _BODY, _START, _END, _EXACT, _PART_OF = map(
    term,
    ("rdf:type", "oa:hasTarget", "kg:rule", "kg:Mention", "oa:hasBody", "oa:start", "oa:end", "oa:exact", "dcterms:isPartOf"),
)  # fmt: skip
_INTEGER = typed("", "integer")[1:]
_OF_MENTION = {"person_id": "kg:personId", "article": "kg:article"}
_NODES_OF_MENTION = {"holder_iri": "kg:holder", "post_iri": "kg:asPost"}
"""Facts that are said of the mention, not of what it means."""
_WITHIN = ("seeAnswer", "hasNote")
"""Edges to parts of the paper itself."""
_TOLD = ("question", "answer", "note")
"""Sections whose text is kept in the graph, joined again where a note or a page end interrupted it."""


def describe(paper: Paper) -> Description:
    """All that a paper says, as triples."""
    lines = [*_paper(paper), *_sections(paper), *_Mentions(paper).lines()]
    return Description(paper.profile.iri, tuple(dict.fromkeys(lines)), paper.document.text, len(paper.links))


def _paper(paper: Paper) -> Iterator[str]:
    profile, doc = paper.profile, node(paper.profile.iri)
    yield f"{doc} {term('rdf:type')} {term('kg:Document')} ."
    prefix = (profile.id or "").partition("-")[0]
    if special := _TYPES.get(prefix) or _SORTS.get(profile.sort):
        yield f"{doc} {term('rdf:type')} {term(special)} ."
    yield f"{doc} {term('dcterms:type')} {literal(profile.sort)} ."
    yield f"{doc} {term('dcterms:title')} {literal(profile.title)} ."
    label = (
        label_of("aanhangsel" if prefix == "ah" else "kamerstuk", profile.id)
        if prefix in ("ah", "kst") and profile.id
        else profile.title
    )
    yield f"{doc} {term('rdfs:label')} {literal(label)} ."
    if profile.id:
        yield f"{doc} {term('dcterms:identifier')} {literal(profile.id)} ."
        yield f"{doc} {term('kg:identifiedBy')} {literal(profile.id_reason)} ."
    if profile.subject:
        yield f"{doc} {term('dcterms:subject')} {literal(profile.subject)} ."
    if profile.chamber_reason:
        yield from _chamber(doc, f"chamber:{profile.chamber}")
    if profile.dossier:
        yield from _part_of_dossier(doc, profile.dossier)
    if profile.date:
        yield f"{doc} {term('dcterms:date')} {typed(profile.date.isoformat(), 'date')} ."
        yield f"{doc} {term('kg:datedBy')} {literal(profile.date_reason)} ."
        years = sitting(profile.date)
        yield f"{doc} {term('kg:vergaderjaar')} {literal(f'{years[:4]}-{years[4:]}')} ."
    elif profile.evidence:
        yield from _period(paper)


def _chamber(paper: str, identity: str) -> Iterator[str]:
    chamber = node((BY_NAME["chamber"].iri or str)(identity))
    yield f"{paper} {term('kg:ofChamber')} {chamber} ."
    yield f"{chamber} {term('rdf:type')} {term('kg:Chamber')} ."
    yield f"{chamber} {term('rdfs:label')} {literal(label_of('chamber', identity))} ."


def _period(paper: Paper) -> Iterator[str]:
    doc, period = node(paper.profile.iri), node(f"{paper.profile.iri}#period")
    yield f"{doc} {term('kg:dateInterval')} {period} ."
    yield f"{period} {term('rdf:type')} {term('kg:DateInterval')} ."
    for side, day in zip(("earliest", "latest"), paper.profile.period, strict=True):
        if day:
            yield f"{period} {term(f'kg:{side}')} {typed(day.isoformat(), 'date')} ."
    for bound in paper.profile.evidence:
        yield f"{period} {term(f'kg:{bound.side}Reason')} {literal(f'{bound.day.isoformat()}: {bound.reason}')} ."


def _part_of_dossier(paper: str, dossier: str) -> Iterator[str]:
    target = node((BY_NAME["dossier"].iri or str)(f"dossier-{dossier}"))
    yield f"{paper} {term('dcterms:isPartOf')} {target} ."
    yield f"{target} {term('rdf:type')} {term('kg:Dossier')} ."
    yield f"{target} {term('rdfs:label')} {literal(f'dossier {dossier}')} ."
    yield f"{target} {term('dcterms:identifier')} {literal(f'dossier-{dossier}')} ."


def _sections(paper: Paper) -> Iterator[str]:
    doc, named = node(paper.profile.iri), {(section.kind, section.number) for section in paper.sections}
    for section in paper.sections:
        this = _section_node(paper, section)
        yield f"{this} {term('rdf:type')} {term('kg:' + _CLASSES[section.kind])} ."
        yield f"{this} {term('dcterms:isPartOf')} {doc} ."
        yield f"{this} {term('rdfs:label')} {literal(section.name)} ."
        yield f"{this} {term('kg:opensAt')} {typed(section.spans[0].start, 'integer')} ."
        if section.number:
            yield f"{this} {term('kg:number')} {typed(section.number, 'integer')} ."
        if section.kind in _TOLD:
            yield f"{this} {term('schema:text')} {literal(section.read(paper.document))} ."
        if section.kind == "answer" and ("question", section.number) in named:
            yield f"{this} {term('kg:answersQuestion')} {node(f'{paper.profile.iri}#question-{section.number}')} ."


def _section_node(paper: Paper, section: Section) -> str:
    return node(f"{paper.profile.iri}#{section.slug}")


class _Mentions:
    """The mentions of one paper. There are thousands in a megabyte, so that what they share is written once."""

    def __init__(self, paper: Paper) -> None:
        self._paper, self._iri = paper, paper.profile.iri
        self._doc = node(self._iri)
        self._section_of = section_finder(paper.sections)
        self._sections = {id(section): _section_node(paper, section) for section in paper.sections}
        self._marked: dict[Span, Span | None] = {}

    def lines(self) -> Iterator[str]:
        """Their triples, in the order of the text."""
        used: dict[str, int] = {}
        told: set[tuple[str, str, str | None, str, tuple[tuple[str, str], ...]]] = set()
        for link in self._paper.links:
            name = f"m-{link.span.start}-{link.span.end}-{link.kind}"
            used[name] = number = used.get(name, 0) + 1
            yield from self._annotation(
                link, f"<{self._iri}#{name}-{number}>" if number > 1 else f"<{self._iri}#{name}>"
            )
            if link.iri:
                yield from self._edge(link, link.iri)
                if (thing := (link.iri, link.kind, link.id, link.label, link.facts)) not in told:
                    told.add(thing)
                    yield from _target(link)
                if link.section and link.section.kind == "note" and link.section.mark:
                    yield from self._through_note(link.iri, link.section, link.section.mark)

    def _annotation(self, link: Link, mention: str) -> list[str]:
        """The evidence: where, what, by which rule."""
        lines = [
            f"{mention} {_TARGET} {self._place(link.span)} .",
            f"{mention} {_RULE} <{BASE}rule/{link.kind}/{link.rule}> .",
        ]
        if link.iri:
            lines += (f"{mention} {_TYPE} {_MENTION} .", f"{mention} {_BODY} <{link.iri}> .")
            if link.id and link.kind in ("letter", "motion", "minister"):
                lines.append(f"{mention} {term('kg:reading')} {literal(link.id)} .")
        else:
            lines += (
                f"{mention} {_TYPE} {term('kg:UnresolvedMention')} .",
                f"{mention} {term('kg:kind')} {literal(link.kind)} .",
                f"{mention} {term('kg:reason')} {literal(link.reason or '')} .",
                *(f"{mention} {term('kg:candidate')} {literal(candidate)} ." for candidate in link.candidates),
            )
        if link.problem:
            lines.append(f"{mention} {term('kg:problem')} {literal(link.problem)} .")
        for fact, value in link.facts:
            if fact in _OF_MENTION:
                lines.append(f"{mention} {term(_OF_MENTION[fact])} {literal(value)} .")
            elif fact in _NODES_OF_MENTION:
                lines.append(f"{mention} {term(_NODES_OF_MENTION[fact])} {node(value)} .")
        if link.correction:
            lines += self._correction(mention, link.span, link.correction)
        return lines + self._passage(link.span)

    def _correction(self, mention: str, span: Span, correction: Correction) -> list[str]:
        """What a person said of a mention, in the place where it stands now."""
        this = node(correction.iri)
        return [
            f"{mention} {term('kg:correctedBy')} {this} .",
            f"{this} {term('kg:corrects')} {self._place(span)} .",
            *(f"{this} {term(name)} {each} ." for name, each in said(correction)),
        ]

    def _place(self, span: Span) -> str:
        return f"<{self._iri}#char={span.start},{span.end}>"

    def _passage(self, span: Span) -> list[str]:
        place, section, document = self._place(span), self._section_of(span), self._paper.document
        lines = [
            f'{place} {_START} "{span.start}{_INTEGER} .',
            f'{place} {_END} "{span.end}{_INTEGER} .',
            f"{place} {_EXACT} {literal(document[span])} .",
            f"{place} {_PART_OF} {self._sections[id(section)] if section else self._doc} .",
        ]
        if document.places and (where := document.place(span.start)):
            lines.insert(3, f"{place} {term('kg:place')} {literal(where)} .")
        return lines

    def _edge(self, link: Link, target: str) -> Iterator[str]:
        """The direct edge: from the paper, or from the section for what lies within the paper itself."""
        edge = BY_NAME[link.kind].edge
        section = self._sections[id(link.section)] if link.section else ""
        source = section if section and edge in _WITHIN else self._doc
        if section and "speaks" in link.mention.parts:
            yield f"{section} {term('kg:spokenBy')} <{target}> ."
        name = _edge_of(self._paper, link, edge)
        yield f"{source} {term('kg:' + name)} <{target}> ."
        if name == "linksTo" and link.fact("title"):
            yield f"{source} {term('kg:citesWork')} <{target}> ."

    def _through_note(self, target: str, note: Section, mark: Span) -> Iterator[str]:
        """What a note refers to is referred to by the sentence that bears its mark."""
        if mark not in self._marked:
            self._marked[mark] = sentence = self._sentence_around(mark)
            if sentence:
                place = self._place(sentence)
                yield from self._passage(sentence)
                yield f"{self._place(mark)} {_PART_OF} {place} ."
                yield f"{place} {term('kg:hasNote')} {self._sections[id(note)]} ."
        if sentence := self._marked[mark]:
            yield f"{self._place(sentence)} {term('dcterms:references')} {node(target)} ."

    def _sentence_around(self, mark: Span) -> Span | None:
        """The sentence to which the mark of a note belongs, within what the page left together."""
        section = self._section_of(mark)
        piece = next((span for span in section.spans if span.holds(mark)), None) if section else None
        return sentence_at(self._paper.document.text, mark, piece) if piece else None


def _edge_of(paper: Paper, link: Link, usual: str) -> str:
    """The edge that a mention stands for, by the part of the paper in which it stands."""
    sort, asked = paper.profile.sort, paper.profile.asked
    in_heading = (link.section is not None and link.section.kind == "heading") or bool(asked and asked.holds(link.span))
    told = link.mention.parts
    answers = link.kind == "minister" and ("answers" in told or (in_heading and sort == "answer"))
    if answers or (link.kind in ("minister", "member") and "signs" in told):
        return "signedBy"
    if link.kind == "member" and in_heading and sort in ("answer", "questions"):
        return "askedBy"
    if link.kind == "zaak" and in_heading and sort == "answer":
        return "answers"
    if link.kind == "office" and in_heading and sort == "questions":
        return "addressedTo"
    if link.mention.parts.get("by") == "record" and link.kind in ("kamerstuk", "document", "aanhangsel"):
        return "hasPaper"
    return usual


def _target(link: Link) -> Iterator[str]:
    """What the thing referred to is and is called, so that the graph of a paper can be read by itself."""
    if link.kind in ("answer", "note") or link.iri is None:
        return
    target, kind = node(link.iri), BY_NAME[link.kind]
    numbered = link.kind in ("letter", "motion") and "#" not in link.iri
    yield f"{target} {term('rdf:type')} {term(kind.rdf_class)} ."
    if day := link.fact("date"):
        yield f"{target} {term('dcterms:date')} {typed(day, 'date')} ."
    if numbered:
        return
    yield f"{target} {term('rdfs:label')} {literal(link.label)} ."
    if link.kind in ("kamerstuk", "dossier", "aanhangsel", "zaak", "document") and link.id:
        yield f"{target} {term('dcterms:identifier')} {literal(link.id)} ."
    if link.kind == "kamerstuk" and link.id:
        yield f"{target} {term('kg:ondernummer')} {literal(number_of(link.id))} ."
        yield from _part_of_dossier(target, dossier_of(link.id))
    if link.kind == "date" and link.id:
        yield f"{target} {term('dcterms:date')} {typed(link.id, 'date')} ."
    if not link.facts:
        return
    if status := link.fact("known"):
        yield f"{target} {term('kg:known')} {literal(status)} ."
    if title := link.fact("paper_title"):
        yield f"{target} {term('dcterms:title')} {literal(title)} ."
    if same := link.fact("same_as_iri"):
        yield f"{target} {term('owl:sameAs')} {node(same)} ."
    if page := link.fact("page"):
        yield f"{target} {term('foaf:page')} {node(page)} ."
    if title := link.fact("title"):
        yield f"{target} {term('rdf:type')} {term('kg:Work')} ."
        yield f"{target} {term('dcterms:title')} {literal(title)} ."
    if creator := link.fact("creator"):
        yield f"{target} {term('dcterms:creator')} {literal(creator)} ."
