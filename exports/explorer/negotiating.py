"""Choose the format of an answer by the Accept header of whoever asks (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping

ROWS = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
"""The media types of the answers to SELECT and ASK, the one for those who do not care first, and the formats they stand for."""
TRIPLES = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "text/plain": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/xml": "rdfxml",
    "text/xml": "rdfxml",
    "application/ld+json": "jsonld",
    "application/json": "jsonld",
    "application/trig": "trig",
    "application/n-quads": "nquads",
}
"""The same for the answers to CONSTRUCT and DESCRIBE, and for graphs."""


def choose(accept: str, offers: Mapping[str, str]) -> str | None:
    """The media type that is wanted most among those on offer, the first of equals; None if none is acceptable."""
    ranges = _ranges(accept)
    if not ranges:
        return next(iter(offers))
    best = max(offers, key=lambda offer: _quality(offer, ranges))
    return best if _quality(best, ranges) > 0 else None


def _quality(offer: str, ranges: Mapping[str, float]) -> float:
    """How much a media type is wanted, by the range that fits it most closely."""
    closest = (offer, f"{offer.partition('/')[0]}/*", "*/*")
    return next((ranges[each] for each in closest if each in ranges), 0)


def _ranges(accept: str) -> dict[str, float]:
    """The ranges of a header with how much each is wanted; what cannot be read is left out."""
    ranges: dict[str, float] = {}
    for each in accept.split(","):
        name, *parameters = (part.strip().lower() for part in each.split(";"))
        quality = next((value[2:] for value in parameters if value.startswith("q=")), "1")
        try:
            wanted = float(quality)
        except ValueError:
            continue
        if "/" in name and 0 <= wanted <= 1:
            ranges[name] = max(wanted, ranges.get(name, 0))
    return ranges
