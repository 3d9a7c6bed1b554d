"""The outline of a paper: its questions with their answers, what an answer comes down to, and where each part stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exports.explorer import addresses, evidence
from exports.explorer.index import Index, Row
from exports.explorer.words import Say


@dataclass(frozen=True, slots=True)
class Asked:
    """A question or another section in the outline, with its answer and what that comes down to."""

    name: str
    label: str
    place: str
    answer: str
    answer_place: str
    chain: tuple[tuple[str, str, str], ...]
    cited: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where a place in the paper is: in the part of it that is shown, or in another."""

    iri: str
    start: int
    end: int

    def char(self, start: int, end: int) -> str:
        """The address of some characters."""
        here = self.start <= start < self.end
        return f"#char={start},{end}" if here else addresses.reader(self.iri, start, end)

    def section(self, name: str, opens: int | None) -> str:
        """The address of a section."""
        if opens is None or self.start <= opens < self.end:
            return f"#{name}"
        return addresses.reader(self.iri, opens, opens + 1).partition("#")[0] + f"#{name}"


def outlined(index: Index, paper: Row, iri: str, sections: Sequence[Row], place: Places, say: Say) -> Iterator[Asked]:
    """The questions with their answers, and the other sections that have a name, in the order of the text."""
    opens = {section["name"]: section["opens"] for section in sections}
    told = {section["name"]: section["text"] or "" for section in sections}
    see: dict[str, list[str]] = {}
    for row in index.rows(
        "SELECT source, target FROM edge WHERE paper = ? AND property = 'seeAnswer'", paper["number"]
    ):
        see.setdefault(row["source"].partition("#")[2], []).append(row["target"].partition("#")[2])
    back: dict[str, list[str]] = {}
    for source, targets in see.items():
        for target in targets:
            back.setdefault(target, []).append(source)

    def link(name: str) -> tuple[str, str]:
        return evidence.section_in_words(name, say), place.section(name, opens.get(name))

    for section in sections:
        name, kind = section["name"], section["kind"]
        answer = name.replace("question", "answer") if kind == "question" else ""
        if kind in ("body", "heading") or (kind == "answer" and name.replace("answer", "question") in opens):
            continue
        own = answer if answer in opens else name
        chain = tuple((*link(each), told.get(each, "")) for each in final(own, see) if each in opens)
        cited = tuple(link(each) for each in sorted(set(back.get(own, [])), key=lambda each: opens.get(each) or 0))
        label, target = link(name)
        yield Asked(name, label, target, *(link(answer) if answer in opens else ("", "")), chain, cited)


def final(start: str, see: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Where an answer leads in the end: the answers that refer no further, reached by "see the answer to question n"."""
    ends, ahead, seen = list[str](), list(see.get(start, ())), {start}
    while ahead:
        each = ahead.pop(0)
        if each in seen:
            continue
        seen.add(each)
        further = [target for target in see.get(each, ()) if target != each]
        if further:
            ahead += further
        else:
            ends.append(each)
    return tuple(ends)
