"""What a page shows of a mention: the words as written in their sentence, our reading, by which rule, how sure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from exports import wording
from exports.explorer.addresses import card, official, reader
from exports.explorer.index import Index, Row
from exports.explorer.words import Say
from graph.kinds import BY_NAME
from graph.resolve import RULES
from ontology.terms import KG

_SURE = {rule.name: rule.confidence for rule in RULES}


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by name: where its card is, what it is called, its kind, its place on the web."""

    iri: str
    label: str
    kind: str
    card: str
    official: str | None
    read: bool = False

    @property
    def place(self) -> str:
        """Where a reader goes first: to the text of a paper that was read, else to the card."""
        return reader(self.iri) if self.read else self.card


@dataclass(frozen=True, slots=True)
class Evidence:
    """One mention, ready to be shown."""

    paper: Named
    day: str | None
    start: int
    end: int
    place: str
    section: str
    section_name: str
    kind: str
    before: str
    words: str
    after: str
    target: Named | None
    reading: str
    rule: str
    sure: float
    problem: str
    reason: str
    article: str
    holder: Named | None
    post: Named | None
    where: str
    sentence: int
    name: str


def named(row: Row | None, iri: str, say: Say) -> Named:
    """A thing of the index by name; one that is not in it by the end of its address."""
    if row is None:
        return Named(iri, iri.partition("//")[2] or iri, "other", card(iri), official(iri))
    label = row["dutch"] if say.language == "nl" else row["english"]
    return Named(iri, label or iri, row["kind"], card(iri), official(iri, row["page"]), row["kind"] == "paper")


def all_named(index: Index, iris: Iterable[str | None], say: Say) -> dict[str, Named]:
    """Several things by name; each address once, also those that the index does not know."""
    wanted = list(dict.fromkeys(iri for iri in iris if iri))
    found = index.things([*wanted, *(iri.partition("#")[0] for iri in wanted if "#" in iri)])
    return {iri: _part(found, iri, say) for iri in wanted}


def _part(found: dict[str, Row], iri: str, say: Say) -> Named:
    """A thing, or a section of a paper by the name of both."""
    whole, _, section = iri.partition("#")
    if iri not in found and section and whole in found and found[whole]["kind"] == "paper":
        return Named(iri, section_in_words(section, say), section.partition("-")[0], f"{reader(whole)}#{section}", None)
    return named(found.get(iri), iri, say)


def of(index: Index, rows: Iterable[Row], say: Say) -> list[Evidence]:
    """Rows of the table of mentions, ready to be shown, in their order."""
    found = list(rows)
    papers = index.papers(row["paper"] for row in found)
    addresses = [row[name] for row in found for name in ("target", "holder", "post")]
    things = all_named(index, [*addresses, *(paper["iri"] for paper in papers.values())], say)
    made = []
    for row in found:
        paper = papers[row["paper"]]
        target = things[row["target"]] if row["target"] else None
        made.append(
            Evidence(
                things[paper["iri"]], row["day"], row["start"], row["finish"],
                reader(paper["iri"], row["start"], row["finish"]), section_in_words(row["section"] or "", say),
                row["section"] or "", row["kind"], row["before"], row["words"], row["after"], target,
                _reading(row["reading"], say), wording.rule(row["rule"], say.language), _SURE.get(row["rule"], 0.0),
                wording.reason(row["problem"] or "", say.language), wording.reason(row["reason"] or "", say.language),
                row["article"] or "", things.get(row["holder"] or ""), things.get(row["post"] or ""),
                wording.place(row["place"] or "", say.language), row["sentence"], row["name"],
            )
        )  # fmt: skip
    return made


def section_in_words(name: str, say: Say) -> str:
    """A section by its name: "answer-6" is "antwoord 6"."""
    return wording.place(name.replace("-", " "), say.language)


def kind_in_words(kind: str, say: Say) -> str:
    """What a kind is called: of things by the words of the pages, of mentions by those of the kind."""
    known = BY_NAME.get(kind)
    return say.maybe(f"kind.{kind}", (known.label_nl if say.language == "nl" else known.label_en) if known else kind)


def _reading(reading: str | None, say: Say) -> str:
    """What a letter or motion was read as before it was found to be a paper with a number."""
    kind, _, rest = (reading or "").partition(":")
    return say("doc.letter", day=say.day(rest)) if kind == "letter" else ""


def property_in_words(name: str, say: Say, backwards: bool = False) -> str:
    """What a direct edge says, from its source or from its target."""
    part = "back." if backwards else "edge."
    return say.maybe(part + name, name.removeprefix(KG))
