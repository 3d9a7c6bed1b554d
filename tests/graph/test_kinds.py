"""Every example and counterexample of every kind: adding a kind with its examples is adding its test."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from markup import Marked, mark, unmark

from graph import KINDS, Link, references
from graph.kinds import BY_NAME, label_of

DAY = date(2024, 11, 19)


def marked(text: str, kind: str) -> str:
    """The text with its references of one kind marked."""
    found = (link for link in references(text, DAY, dates=True) if link.kind == kind)
    return mark(text, (Marked(*link.span, None, link.id) for link in found))


@pytest.mark.parametrize(
    ("kind", "example"), [(kind.name, example) for kind in KINDS for example in kind.examples], ids=str
)
def test_example(kind: str, example: str) -> None:
    assert marked(unmark(example)[0], kind) == example


@pytest.mark.parametrize(
    ("kind", "text"), [(kind.name, text) for kind in KINDS for text in kind.counterexamples], ids=str
)
def test_counterexample(kind: str, text: str) -> None:
    assert marked(text, kind) == text


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_is_complete(kind: object) -> None:
    each = BY_NAME[kind.name]
    assert each is kind
    if each.name != "topic":  # topics are in registers of one's own; see tests/ontology/test_own_register.py
        assert each.examples
        assert each.counterexamples
    assert each.label_nl
    assert each.label_en
    assert each.rdf_class.startswith("kg:")
    assert bool(each.anchors) == bool(each.find)
    assert each.covers <= set(BY_NAME)
    assert each.name not in each.covers


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.iri], ids=lambda kind: kind.name)
def test_an_example_has_an_address_of_its_own(kind: object) -> None:
    """Different ids never share an address, and the address is the same however the words are written."""
    addresses: dict[str, str] = {}
    for example in BY_NAME[kind.name].examples:
        for link in _of(unmark(example)[0], kind.name):
            assert link.iri
            assert link.iri.startswith(("https://", "http://"))
            assert addresses.setdefault(link.iri, link.id or "") == link.id


def _of(text: str, kind: str) -> list[Link]:
    return [link for link in references(text, DAY, dates=True) if link.kind == kind]


WRITTEN = [
    # how words are broken and joined by pages and word processors makes no difference
    "([[Kamerstuk 33\u00a0279, nr.\u00a040|kst-33279-40]])",
    "([[Kamerstuk 33 279,\nnr. 40|kst-33279-40]])",
    "([[Kamer\u00adstuk 33279-40|kst-33279-40]])",
    "([[Kamerstuk 33279\u201340|kst-33279-40]])",
    "([[KAMERSTUK 33279-40|kst-33279-40]])",
    "([[Kamerstuk\u200b 33279-40|kst-33279-40]])",
    "de [[Kamerstukken 33 279, nrs. 12|kst-33279-12]], [[13|kst-33279-13]] en [[40|kst-33279-40]]",
    "[[Kamerstukken 33 279, nrs. 12|kst-33279-12]] [[[[t/m|kst-33279-14]]|kst-33279-13]] [[15|kst-33279-15]]",
    "in [[Kamerstuk 33 279, nr. 1|kst-33279-1]]² staat",
]


@pytest.mark.parametrize("expected", WRITTEN)
def test_kamerstuk_however_written(expected: str) -> None:
    assert marked(unmark(expected)[0], "kamerstuk") == expected


TREATIES = {
    "npt": ["NPT", "NPV", "Non-Proliferatieverdrag", "Non-proliferatie Verdrag", "non-proliferatieverdrag",
            "Non-Proliferatie\nVerdrag", "Nonproliferatieverdrag", "Non-Proliferation Treaty",
            "Treaty on the Non-Proliferation of Nuclear Weapons", "Verdrag inzake de niet-verspreiding van kernwapens"],
    "new-start": ["New START", "New START-verdrag", "New START Treaty"],
    "ctbt": ["CTBT", "Alomvattend Kernstopverdrag", "Alomvattend Kernstop-\nverdrag", "Comprehensive Nuclear-Test-Ban Treaty"],
    "budapest-memorandum": ["Boedapest Memorandum", "Memorandum van Boedapest", "Budapest Memorandum"],
}  # fmt: skip


@pytest.mark.parametrize(("treaty", "name"), [(treaty, name) for treaty, names in TREATIES.items() for name in names])
def test_every_name_of_a_treaty_is_one_node(treaty: str, name: str) -> None:
    found = _of(f"Nederland houdt zich aan het {name} en verder.", "treaty")
    assert [(link.id, link.iri) for link in found] == [(treaty, f"https://w3id.org/kamergraaf/treaty/{treaty}")]


@pytest.mark.parametrize(
    ("kind", "identity", "label"),
    [
        ("kamerstuk", "kst-21501-02-1740", "Kamerstuk 21501-02, nr. 1740"),
        ("kamerstuk", "kst-36410-VI-77", "Kamerstuk 36410-VI, nr. 77"),
        ("kamerstuk", "kst-34038-3-n1", "Kamerstuk 34038, nr. 3-n1"),
        ("kamerstuk", "kst-20032004-29218-E", "Kamerstuk 29218, nr. E"),
        ("dossier", "dossier-36410-VI", "dossier 36410-VI"),
        ("aanhangsel", "ah-tk-20242025-1028", "Aanhangsel 2024-2025, nr. 1028"),
        ("handelingen", "h-tk-20182019-15-16", "Handelingen II 2018-2019, nr. 15, item 16"),
        ("handelingen", "h-ek-20182019-15", "Handelingen I 2018-2019, nr. 15"),
        ("tractatenblad", "trb-1968-126", "Trb. 1968, 126"),
        ("staatscourant", "stcrt-1986-12-30", "Stcrt. van 1986-12-30"),
        ("eu-act", "32016R0679", "Verordening 2016/679"),
        ("eu-act", "32003R2042", "Verordening 2042/2003"),
        ("eu-act", "31993L0012", "Richtlijn 93/12"),
        ("eu-act", "COM(2023)12", "COM(2023)12"),
        ("url", "https://www.rijksoverheid.nl/", "www.rijksoverheid.nl"),
        ("zaak", "2023Z06024", "2023Z06024"),
    ],
)
def test_labels_are_what_people_say(kind: str, identity: str, label: str) -> None:
    assert label_of(kind, identity) == label


def test_every_late_pattern_compiles() -> None:
    late = [
        value
        for name, module in sorted(sys.modules.items())
        if name.startswith("graph.")
        for value in vars(module).values()
        if type(value).__module__ == "graph.patterns"
    ]
    assert len({pattern.pattern for pattern in late}) > 50


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Het verdrag van Washington en de NAVO.", date(1926, 3, 4)),
        ("Het Verdrag van Washington van 1922 en de NAVO.", date(2024, 3, 4)),
    ],
)
def test_a_shared_name_is_no_treaty_of_another_time(text: str, day: date) -> None:
    [link] = [link for link in references(text, day) if link.kind == "treaty"]
    assert (link.id, link.candidates) == (None, ())
