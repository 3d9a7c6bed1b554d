"""Short names that a paper gives to laws and treaties: told by their letters, and read wherever they stand."""

from __future__ import annotations

import pytest
from fragments import texts
from hypothesis import given
from markup import Marked, mark, unmark

from graph import references
from graph.define import define
from graph.line import Line
from ontology.registers import Registers

LINE = Line(Registers.load())


@pytest.mark.parametrize(
    "marked",
    [
        "De [[Wet aansprakelijkheid kernongevallen|law:Wet aansprakelijkheid kernongevallen]] "
        "([[WAKO|law:Wet aansprakelijkheid kernongevallen]]) geldt. Volgens de [[WAKO|law:Wet aansprakelijkheid kernongevallen]] is dat zo.",
        "het [[Besluit zuivering stadswater|law:Besluit zuivering stadswater]] (hierna: het [[Bzs|law:Besluit zuivering stadswater]])",
        "de [[Regeling aanwijzing vuurwerk|law:Regeling aanwijzing vuurwerk]] ([[RAV|law:Regeling aanwijzing vuurwerk]]; zie ook de toelichting), [[RAV|law:Regeling aanwijzing vuurwerk]]-stukken",
        "de [[Wet zuivering stadswater|law:Wet zuivering stadswater]] (Stb) en de [[Wet doorvaart sluizen|law:Wet doorvaart sluizen]] (EU)",
        "de [[Wet zuivering stadswater|law:Wet zuivering stadswater]] (wzs), en WZS",
    ],
)  # fmt: skip
def test_short_names(marked: str) -> None:
    text, _ = unmark(marked)
    assert mark(text, (Marked(*link.span, None, link.id) for link in references(text) if link.kind == "law")) == marked


@given(texts)
def test_every_place_has_the_letters_of_a_short_name_and_no_other_mention(text: str) -> None:
    page = LINE._recogniser.page(text)
    found = LINE._recogniser.mentions(page)
    for each in define(page, found):
        assert text[slice(*each.span)].isprintable()
        assert not any(other.span.meets(each.span) for other in found)
