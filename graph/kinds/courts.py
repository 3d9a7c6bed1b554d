"""Judgments by their European Case Law Identifier (ECLI), joined over line ends and blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.fold import Folded
from graph.kinds.numbers import S
from graph.model import Kind, Mention, Span
from graph.patterns import late

_ECLI = late(
    rf"ECLI{S}:{S}-?{S}(?P<country>[A-Z]{{2}}){S}-?{S}:{S}-?{S}(?P<court>[A-Z0-9]{{1,7}}){S}-?{S}:{S}-?{S}"
    rf"(?P<year>[12][0-9]{{3}}){S}-?{S}:{S}(?P<code>[A-Z0-9](?:[A-Z0-9.]{{0,24}}[A-Z0-9])?)",
    re.IGNORECASE,
)


def find(page: Folded, anchor: Span) -> Iterator[Mention]:
    """The ECLI at an anchor."""
    if match := _ECLI.match(page.plain, anchor.start):
        pieces = (match["country"], match["court"], match["year"], match["code"])
        yield Mention("ecli", Span(*match.span()), ":".join(("ECLI", *pieces)).upper())


ECLI = Kind(
    name="ecli",
    label_nl="uitspraak",
    label_en="judgment",
    rdf_class="kg:Judgment",
    edge="citesCase",
    anchors=("ecli",),
    find=find,
    iri=lambda identity: f"https://deeplink.rechtspraak.nl/uitspraak?id={identity}",
    covers=frozenset({"kamerstuk", "zaak", "document", "treaty", "law"}),
    examples=(
        "([[ECLI:NL:RVS:2013:210|ECLI:NL:RVS:2013:210]])",
        "[[ECLI:NL-\n:RBDHA:2023:2055|ECLI:NL:RBDHA:2023:2055]].",
        "([[ECLI:CE:ECHR:2008:1204JUD003056204|ECLI:CE:ECHR:2008:1204JUD003056204]]) en [[ECLI:EU:C:2014:238|ECLI:EU:C:2014:238]]",
        "[[ECLI:NL:RVS:2010: BM3260|ECLI:NL:RVS:2010:BM3260]]",
    ),
    counterexamples=("het ECLI-nummer",),
)
