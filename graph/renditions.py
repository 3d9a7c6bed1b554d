"""Which files a paper has, and which of them tells most.

The XML, the Word file and the PDF of one paper are renditions of it: one is read, the others are on record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.store import Source

_RANKS = {
    "xml": 0,
    "vlos": 0,
    "docx": 1,
    "odt": 1,
    "html": 2,
    "pdf": 3,
    "markdown": 4,
    "text": 4,
    "odata": 5,
    "landing": 6,
}
"""Which rendition of a paper is read: the one whose format tells most, here the smallest number."""


def rank(source: Source) -> tuple[int, str]:
    """Renditions in order, the best first."""
    return _RANKS.get(source.format, 9), source.name


class Sources(dict[str, Source]):
    """The files that the graph was built from, by their names and by their papers."""

    def __init__(self, known: Mapping[str, Source]) -> None:
        """Take those that the graph knows."""
        super().__init__()
        self._papers: dict[str, dict[str, Source]] = {}
        for source in known.values():
            self.put(source)

    def put(self, source: Source) -> None:
        """Add a file, or what is new about it."""
        self.take(source.name)
        self[source.name] = source
        self._papers.setdefault(source.paper, {})[source.name] = source

    def take(self, name: str) -> Source | None:
        """Take a file out, if it is there."""
        source = self.pop(name, None)
        if source:
            del self._papers[source.paper][name]
            if not self._papers[source.paper]:
                del self._papers[source.paper]
        return source

    def of(self, paper: str) -> list[Source]:
        """The files of a paper."""
        return list(self._papers.get(paper, {}).values())

    def unread(self) -> Iterator[Source]:
        """The best source of each paper that was not read from it or from the same bytes."""
        for sources in self._papers.values():
            best = min(sources.values(), key=rank)
            if not any(other.read and other.sha256 == best.sha256 for other in sources.values()):
                yield best
