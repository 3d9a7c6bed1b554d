"""The kinds of reference, in the order in which lists and legends show them."""

from graph.kinds.bulletins import BIJLAGE, STAATSBLAD, STAATSCOURANT, TRACTATENBLAD
from graph.kinds.courts import ECLI
from graph.kinds.dossiers import DOSSIER
from graph.kinds.europe import EU_ACT
from graph.kinds.handelingen import AANHANGSEL, HANDELINGEN
from graph.kinds.kamerstuk import KAMERSTUK
from graph.kinds.labels import label_of
from graph.kinds.laws import LAW
from graph.kinds.members import MEMBER
from graph.kinds.ministers import MINISTER
from graph.kinds.motions import MOTION
from graph.kinds.offices import CHAMBER, COMMITTEE, OFFICE
from graph.kinds.publicatieblad import PUBLICATIEBLAD
from graph.kinds.registered import NOTE, TOPIC, TREATY
from graph.kinds.resolutions import UN_RESOLUTION
from graph.kinds.tweedekamer import DOCUMENT, TOEZEGGING, ZAAK
from graph.kinds.web import URL
from graph.kinds.words import ANSWER, DATE, LETTER
from graph.model import Kind

KINDS: tuple[Kind, ...] = (
    KAMERSTUK,
    DOSSIER,
    ZAAK,
    DOCUMENT,
    AANHANGSEL,
    HANDELINGEN,
    BIJLAGE,
    TOEZEGGING,
    STAATSBLAD,
    TRACTATENBLAD,
    STAATSCOURANT,
    PUBLICATIEBLAD,
    ECLI,
    EU_ACT,
    UN_RESOLUTION,
    LAW,
    TREATY,
    TOPIC,
    MINISTER,
    MEMBER,
    OFFICE,
    COMMITTEE,
    CHAMBER,
    MOTION,
    LETTER,
    ANSWER,
    NOTE,
    URL,
    DATE,
)

BY_NAME: dict[str, Kind] = {kind.name: kind for kind in KINDS}


def address(kind: str, identity: str) -> str | None:
    """The official address of something with a number; None for kinds whose address is elsewhere."""
    make = BY_NAME[kind].iri
    return make(identity) if make else None


__all__ = ["BY_NAME", "KINDS", "address", "label_of"]
