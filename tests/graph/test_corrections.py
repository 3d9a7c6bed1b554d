"""Files of corrections: written and read back, refused with file and line when broken, true to the shape."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyshacl import validate
from rdflib import Graph

import ontology
from graph.corrections import VERDICTS, Correction, Corrections, CorrectionsError, address_of, read, write
from graph.find import references
from graph.kinds import BY_NAME
from graph.lookup import Entity, meant
from graph.model import Span
from ontology.registers import Registers

PAPER = "https://zoek.officielebekendmakingen.nl/ah-tk-20222023-2406"
MADE = datetime(2026, 3, 2, 10, 15, tzinfo=UTC)
REGISTERS = Registers.load()


def correction(verdict: str = "wrong", **other: object) -> Correction:
    """A correction of a letter and its Kamerstuk."""
    told = {
        "iri": address_of(PAPER, Span(4, 22), "kamerstuk", MADE, ""), "paper": PAPER, "span": Span(4, 22),
        "quote": "Kamerstuk 33279-40", "before": "Zie ", "after": " en verder.", "kind": "kamerstuk",
        "claimed": "https://zoek.officielebekendmakingen.nl/kst-33279-40", "verdict": verdict,
        "meant": "kst-33279-4" if verdict == "other" else "", "made": MADE,
    }  # fmt: skip
    return Correction(**(told | other))  # type: ignore[arg-type]  a test may put anything into a field


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ADDRESSES = st.from_regex(r"https://example\.org/[a-z0-9?=&/-]{0,20}(#[a-z]{1,5})?", fullmatch=True)


@st.composite
def corrections(draw: st.DrawFn) -> Correction:
    start, quote, verdict = draw(st.integers(0, 10**9)), draw(WORDS.filter(bool)), draw(st.sampled_from(VERDICTS))
    return Correction(
        draw(ADDRESSES), draw(ADDRESSES), Span(start, start + len(quote)), quote, draw(WORDS), draw(WORDS),
        draw(st.sampled_from(sorted(BY_NAME))), draw(ADDRESSES if verdict == "right" else ADDRESSES | st.just("")), verdict,
        draw(WORDS.filter(bool)) if verdict == "other" else "", draw(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))), draw(WORDS), draw(WORDS),
    )  # fmt: skip


@given(st.lists(corrections(), max_size=4, unique_by=lambda each: each.iri))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, told: list[Correction]) -> None:
    path = tmp_path_factory.mktemp("corrections") / "corrections.ttl"
    path.write_bytes(write(told))
    assert read(path) == tuple(told)


def test_what_is_written_is_as_the_shape_wants_it() -> None:
    told = [correction(verdict, iri=f"https://example.org/{verdict}", who="A", why="B") for verdict in VERDICTS]
    shapes = Graph().parse(Path(ontology.__file__).parent / "shapes.ttl")
    data = Graph().parse(data=write(told), format="turtle")
    conforms, _, text = validate(data, shacl_graph=shapes)
    assert conforms, text


BROKEN = [
    ("kg:Correction ;", "kg:Correction", "line 8: this is not Turtle"),
    ("a kg:Correction", "a kg:Treaty", "line 1: there is no correction in it"),
    ('kg:verdict "wrong"', 'kg:verdict "bad"', "line 7: .*right, wrong, other"),
    ('kg:verdict "wrong"', 'kg:verdit "wrong"', "line 7: .*has no kg:verdit"),
    ('kg:verdict "wrong" ;', "", "line 7: .*kg:verdict is missing"),
    ('kg:verdict "wrong"', 'kg:verdict "right", "wrong"', "line 7: .*2 times"),
    ('kg:verdict "wrong"', 'kg:verdict "other"', "line 7: .*what is meant"),
    ('kg:verdict "wrong"', 'kg:verdict "wrong" ; kg:meant "x"', "line 7: .*what is meant"),
    ('kg:kind "kamerstuk"', 'kg:kind "kamerstukken"', "line 7: .*no kind 'kamerstukken'"),
    ("oa:start 4", "oa:start 3", "line 7: .*18 characters"),
    ("oa:start 4", "oa:start 4.5", "line 7: .*number of characters"),
    (f"isPartOf <{PAPER}>", 'isPartOf "de brief"', "line 7: .*is no paper"),
    ("2026-03-02T10:15:00+00:00", "2026-03-02", "line 7: .*write a moment"),
    ("kg:corrects", "kg:claimed", "line 7: .*names one place"),
]


@pytest.mark.parametrize(("old", "new", "says"), BROKEN)
def test_a_broken_file_is_refused_with_file_and_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = write([correction()]).decode()
    broken = text.replace(old, new, 1)
    assert broken != text
    (tmp_path / "own.ttl").write_text(broken, "utf-8")
    with pytest.raises(CorrectionsError, match=rf"own\.ttl, {says}"):
        Corrections.load(tmp_path / "own.ttl")


def test_right_without_a_claim_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_bytes(write([correction("right", claimed="")]))
    with pytest.raises(CorrectionsError, match=r"line 7: .*what is right is missing"):
        Corrections.load(tmp_path / "own.ttl")
    with pytest.raises(CorrectionsError, match=r"absent\.ttl.*cannot be read"):
        Corrections.load(tmp_path / "absent.ttl")


def test_a_paper_may_be_named_by_its_id(tmp_path: Path) -> None:
    text = write([correction()]).decode().replace(f"<{PAPER}>", '"ah-tk-20222023-2406"')
    (tmp_path / "own.ttl").write_text(text, "utf-8")
    assert [each.paper for each in read(tmp_path / "own.ttl")] == [PAPER]


def test_of_several_for_one_place_the_last_counts_whoever_made_it() -> None:
    first, last = correction("wrong", who="A"), correction("right", iri="https://example.org/b", who="B")
    last = replace(last, made=MADE.replace(day=3))
    for told in ([first, last], [last, first]):
        assert list(Corrections(told)) == [last]
    assert Corrections([first]).stamp(PAPER) != Corrections([last]).stamp(PAPER)
    assert Corrections([first]).stamp("https://example.org/other") == ""


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("kst-33279-40", ("kamerstuk", "kst-33279-40")),
        ("Kamerstuk 33 279,  nr. 40", ("kamerstuk", "kst-33279-40")),
        ("https://zoek.officielebekendmakingen.nl/kst-33279-40", ("kamerstuk", "kst-33279-40")),
        ("https://zoek.officielebekendmakingen.nl/dossier/33279", ("dossier", "dossier-33279")),
        ("https://www.tweedekamer.nl/kamerstukken/detail?id=2023Z06024", ("zaak", "2023Z06024")),
        ("dossier-33279", ("dossier", "dossier-33279")),
        ("stb-2021-84", ("staatsblad", "stb-2021-84")),
        ("32016R0679", ("eu-act", "32016R0679")),
        ("2023Z06024", ("zaak", "2023Z06024")),
        ("npt", ("treaty", "npt")),
        ("NPV", ("treaty", "npt")),
        ("law:Wet open overheid", ("law", "law:Wet open overheid")),
        ("minister van Defensie", ("office", "office:minister-defensie")),
        ("https://w3id.org/kamergraaf/person/berendsen_tbw", ("minister", "person:berendsen")),
        ("https://example.org/a", ("url", "https://example.org/a")),
        ("", None),
        ("iets anders", None),
        ("kst-", None),
        ("33279-40 en 33279-41", None),
        ("vraag 3", None),
    ],
)
def test_what_words_mean(words: str, found: tuple[str, str] | None) -> None:
    thing = meant(words, REGISTERS, references)
    assert (thing and (thing.kind, thing.id)) == found


@given(st.text(max_size=60))
def test_whatever_somebody_types_means_one_thing_or_nothing(words: str) -> None:
    assert isinstance(meant(words, REGISTERS, references), Entity | None)
