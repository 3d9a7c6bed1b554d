"""Papers of any number, in our own words, that imitate real ones: their sorts, lengths, kinds and how they refer to each other.

The shares and sizes are those of 137 real papers: half are shorter than 3,600 characters, a twentieth longer than 22,000;
one reference each 480 characters. A paper refers to those before it, to few of them very often. The same number and seed
give the same text.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import TypeVar

from ontology.registers import Registers

T = TypeVar("T")
_SORTS = (("answer", 45), ("motion", 20), ("questions", 20), ("letter", 15))
_MEDIAN, _SPREAD, _LEAST, _MOST = 3600, 1.12, 450, 100_000
"""Characters in a paper: a log-normal law, cut off."""
_KINDS = (
    ("date", 451), ("member", 250), ("office", 160), ("law", 188), ("kamerstuk", 153), ("answer", 100), ("treaty", 100),
    ("note", 100), ("letter", 52), ("url", 40), ("zaak", 25), ("motion", 32), ("aanhangsel", 24), ("committee", 24),
    ("tractatenblad", 15), ("eu-act", 12), ("document", 9), ("ecli", 6), ("staatsblad", 5), ("dossier", 4),
)  # fmt: skip
"""References in running text by their kinds; names in headings and under letters come beside them."""
_PLAIN = 6
"""Sentences without a reference for each with one."""
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_WHO = "het kabinet|de regering|de uitvoerder|de gemeente|de sector|de toezichthouder|een meerderheid|de werkgroep|de inspectie".split(
    "|"
)
_DOES = (
    "werkt aan|kijkt nog naar|steunt|betwijfelt|onderzoekt|wil haast maken met|bespreekt dit voorjaar|ziet geen bezwaar tegen"
    "|rekent op|vraagt aandacht voor|houdt vast aan|legt de nadruk op"
).split("|")  # fmt: skip
_WHAT = (
    "een plan voor de korte termijn|betere gegevens|minder regels voor kleine bedrijven|de kosten in de regio|een vaste meting"
    "|de veiligheid op het spoor|het werk van vrijwilligers|een eerlijke verdeling|onderhoud aan bruggen en sluizen"
    "|de wachttijden in de zorg|schone energie in de wijk|steun voor oogst en vee|een langere proef|de opvang in de winter"
).split("|")  # fmt: skip
_AND = (
    "omdat de cijfers nog niet rond zijn|en komt daar na de zomer op terug|zonder dat dit extra geld vraagt|zoals eerder is toegezegd"
    "|ook als dat langer duurt|waarbij de uitvoering voorop staat|hoewel niet iedereen dat deelt|met oog voor wie het treft"
).split("|")  # fmt: skip
_SUBJECTS = (
    "water|wonen|vervoer|zorg|onderwijs|landbouw|energie|defensie|handel|kernwapens|digitale veiligheid|natuur".split(
        "|"
    )
)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Self:
    """What a paper is: its sort, its day and how it is cited."""

    number: int
    sort: str
    day: date
    dossier: int
    place: int

    @property
    def sitting(self) -> int:
        """The year in which its parliamentary year began."""
        return self.day.year - (self.day.month < 9)

    @property
    def name(self) -> str:
        """Its name, without kind: fit for a file."""
        if self.sort == "answer":
            return f"ah-tk-{self.sitting}{self.sitting + 1}-{self.place}"
        return f"kst-{self.dossier}-{self.place}"

    @property
    def cited(self) -> str:
        """The words by which others refer to it."""
        if self.sort == "answer":
            return f"Aanhangsel Handelingen, vergaderjaar {self.sitting}–{self.sitting + 1}, nr. {self.place}"
        return f"Kamerstuk {self.dossier // 1000} {self.dossier % 1000:03}, nr. {self.place}"


@cache
def _names() -> Registers:
    return Registers.load()


def self_of(number: int, seed: int = 0) -> Self:
    """What the paper of that number is; no two numbers below 600,000 have the same name."""
    rng = Random(f"{seed}/self/{number}")
    sort = rng.choices([name for name, _ in _SORTS], [share for _, share in _SORTS])[0]
    # years follow each other in turn, so that ten papers already span the time; places tell apart
    year, place = 1995 + number % 30, number // 30 + 1
    day = date(year, 9, 20) + timedelta(days=rng.randrange(300))
    return Self(number, sort, day, 20_000 + number * 7919 % 17_000, place)


def text(number: int, seed: int = 0, characters: int | None = None) -> str:
    """The paper of that number as text, as long as real ones are, or with a body of about so many characters."""
    return _Writer(self_of(number, seed), Random(f"{seed}/text/{number}"), seed, characters).paper()


def notice(number: int, seed: int = 0) -> str:
    """The paper of that number at its shortest: its day, one sentence that cites another paper, and its own name."""
    writer = _Writer(self_of(number, seed), Random(f"{seed}/notice/{number}"), seed, None)
    return f"Den Haag, {_day(writer.own.day)}\n\nDe Kamer ontving {writer._other().cited}.\n\n{writer.own.name}\nTweede Kamer\n"


class _Writer:
    """One paper on its way: its random numbers, and the notes that it has so far."""

    def __init__(self, own: Self, rng: Random, seed: int, characters: int | None) -> None:
        self.own, self.rng, self.seed = own, rng, seed
        self.notes: list[str] = []
        usual = int(min(_MOST, max(_LEAST, rng.lognormvariate(math.log(_MEDIAN), _SPREAD))))
        self.size = characters or usual
        self.questions = max(1, self.size // 900) if own.sort in ("answer", "questions") else 0

    def paper(self) -> str:
        body = "\n".join(self._body())
        notes = "\n".join(f"{_raised(place)} {note}" for place, note in enumerate(self.notes, 1))
        return (
            "\n\n".join(part for part in (*self._head(), body, notes, f"{self.own.name}\nTweede Kamer") if part) + "\n"
        )

    def _head(self) -> Iterator[str]:
        own = self.own
        yield f"Tweede Kamer der Staten-Generaal\n\nVergaderjaar {own.sitting}–{own.sitting + 1}"
        if own.sort in ("answer", "questions"):
            one, other = self._member(), self._member()
            yield f"Vragen van de leden {one} en {other} aan de {self._office()} over {self._pick(_SUBJECTS)} (ingezonden {_day(own.day - timedelta(days=25))})."
            if own.sort == "answer":
                term = self._pick(_names().terms)
                yield f"Antwoord van {term.post.label_nl.partition(' ')[0]} {term.person.surname} (ontvangen {_day(own.day)})."
            return
        yield f"{own.dossier // 1000} {own.dossier % 1000:03}\n\n{self._pick(_SUBJECTS).capitalize()}\n\nNr. {own.place}"
        if own.sort == "motion":
            yield f"MOTIE VAN HET LID {self._member().upper()}\nVoorgesteld {_day(own.day)}\n\nDe Kamer,\n\ngehoord de beraadslaging,"
        else:
            yield f"BRIEF VAN DE {self._office().upper()}\n\nAan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\nDen Haag, {_day(own.day)}"

    def _body(self) -> Iterator[str]:
        written, question = 0, 0
        while written < self.size:
            question += 1
            piece = self._paragraph(self.size // self.questions if self.questions else 700)
            written += len(piece)
            if self.questions:
                yield f"\nVraag {question}\n\n{self._plain()[:-1]}?\n"
                if self.own.sort == "answer":
                    yield f"Antwoord {question}\n"
            yield piece
        if self.own.sort == "letter":
            term = self._pick(_names().terms)
            yield f"\nDe {term.post.label_nl},\n{term.person.initials} {term.person.surname}"

    def _paragraph(self, size: int) -> str:
        said: list[str] = []
        while sum(map(len, said)) < size:
            said.append(self._plain() if self.rng.randrange(_PLAIN + 1) else self._referring())
        return " ".join(said)

    def _plain(self) -> str:
        some = self.rng.choice
        sentence = f"{some(_WHO)} {some(_DOES)} {some(_WHAT)}, {some(_AND)}."
        return sentence[0].upper() + sentence[1:]

    def _referring(self) -> str:
        kind = self.rng.choices([name for name, _ in _KINDS], [share for _, share in _KINDS])[0]
        return _SAYS[kind](self)

    def _pick(self, among: Sequence[T]) -> T:
        """One of them, the first far more often than the last, as names are in life."""
        return among[int(len(among) * self.rng.random() ** 2.5)]

    def _member(self) -> str:
        return self._pick(_names().members).surname

    def _office(self) -> str:
        return self._pick(_names().posts).label_nl

    def _entry(self, kind: str) -> str:
        return self._pick([entry.label_nl for entry in _names().entries if entry.kind == kind])

    def _other(self) -> Self:
        """A paper before this one: often a recent one, sometimes one that everybody cites."""
        number = self.own.number
        near = self.rng.random() < 0.6
        back = (
            int(min(number, 3000) * self.rng.random() ** 2) + 1
            if near
            else number - int(number * self.rng.random() ** 6)
        )
        return self_of(max(0, number - back), self.seed)

    def _cited(self, answer: bool) -> str:
        found = self._other()
        for _ in range(8):
            if (found.sort == "answer") == answer:
                break
            found = self._other()
        return found.cited

    def _date(self) -> str:
        return _day(self.own.day - timedelta(days=int(2500 * self.rng.random() ** 3)))

    def _numbered(self, form: str, most: int) -> str:
        return form.format(year=self.own.sitting, number=self.rng.randrange(1, most))

    def _note(self) -> str:
        # a third of the notes is an address, the others cite a paper
        said = self._address() if self.rng.random() < 0.33 else f"{self._cited(answer=False)}."
        self.notes.append(said)
        return f"{self._plain()}{_raised(len(self.notes))}"

    def _address(self) -> str:
        return self._numbered("https://www.voorbeeld{number}.nl/", 300) + self._numbered(
            "stukken/{year}/{number}", 10_000
        )


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _raised(number: int) -> str:
    return str(number).translate(_RAISED)


_SAYS: dict[str, Callable[[_Writer], str]] = {
    "date": lambda w: f"Op {w._date()} is hierover gesproken.",
    "member": lambda w: f"Het lid {w._member()} vroeg daar eerder naar.",
    "office": lambda w: f"Dat is aan de {w._office()}.",
    "law": lambda w: f"Artikel {w.rng.randrange(1, 120)} van de {w._entry('law')} geeft daarvoor ruimte.",
    "kamerstuk": lambda w: f"Meer staat in {w._cited(answer=False)}.",
    "answer": lambda w: f"Zie ook het antwoord op vraag {w.rng.randrange(1, w.questions + 1)}." if w.questions else w._plain(),
    "treaty": lambda w: f"Dit past bij het {w._entry('treaty')}.",
    "note": lambda w: w._note(),
    "letter": lambda w: f"De brief van {w._date()} gaat daarop in.",
    "url": lambda w: f"Zie {w._address()} voor de cijfers.",
    "zaak": lambda w: w._numbered("De zaak {year}Z{number:05} loopt nog.", 25_000),
    "motion": lambda w: f"De motie-{w._member()} vraagt hetzelfde ({w._cited(answer=False)}).",
    "aanhangsel": lambda w: f"Eerder antwoordde het kabinet ({w._cited(answer=True)}).",
    "committee": lambda w: f"De {w._entry('committee')} krijgt dit toegezonden.",
    "tractatenblad": lambda w: w._numbered("De tekst staat in Trb. {year}, {number}.", 250),
    "eu-act": lambda w: w._numbered("Verordening (EU) {year}/{number} geldt ook hier.", 2000),
    "document": lambda w: w._numbered("Het stuk {year}D{number:05} is bijgevoegd.", 50_000),
    "ecli": lambda w: w._numbered("De rechter oordeelde anders (ECLI:NL:RVS:{year}:{number}).", 4000),
    "staatsblad": lambda w: w._numbered("De wijziging staat in Stb. {year}, {number}.", 600),
    "dossier": lambda w: f"Het dossier {w.own.dossier // 1000} {w.own.dossier % 1000:03} bevat de stukken.",
}  # fmt: skip
