"""One paper as a page that needs nothing but itself: its text as read, in which every reference can be clicked.

The page has no script. Its Content-Security-Policy names the style by its hash and allows nothing else; text from the paper
is escaped, and only addresses of the web become links. The text of the element `text` is the text as read, character for
character, so that offsets can be checked in the page itself.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from exports import wording
from exports.files import writing
from exports.segments import segments
from graph.kinds import BY_NAME, KINDS
from graph.model import Link, Paper, Span
from ontology.terms import BASE

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGES = ("nl", "en")
_LONGEST_QUOTE = 160  # characters of the words of a reference in the list
_WEB = re.compile(r"https?://[^\s/?#]+", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00\ud800-\udfff]")
"""What a page cannot hold; no reader gives it, but a text from elsewhere may have it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text between two boundaries: the names that begin there, and where it leads.

    `numbers` are those of the references that cover it, the innermost first; `target` is an address or a place in the page.
    """

    text: Markup
    names: tuple[str, ...]
    numbers: tuple[int, ...]
    target: str
    classes: str
    title: str

    @property
    def outside(self) -> bool:
        """Whether it leads to another page."""
        return not self.target.startswith("#")


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference in the list beside the text, in words."""

    number: int
    kind: str
    words: str
    label: str
    identity: str
    rule: str
    confidence: str
    section: str
    place: str
    problem: str
    reason: str
    candidates: str
    target: str


def write(paper: Paper, links: Iterable[Link], target: Path, *, language: str = "nl") -> int:
    """Write the page of a paper to `target`, and give its size in bytes; see `render`. Raises OSError."""
    page = render(paper, links, language=language).encode("utf-8", "replace")
    with writing(target) as file:
        file.write(page)
    return len(page)


def render(paper: Paper, links: Iterable[Link], *, language: str = "nl") -> str:
    """The page of a paper with some of its links, in a language of LANGUAGES; the same paper gives the same page.

    Raises ValueError for another language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"The page speaks {' and '.join(LANGUAGES)}, not {language!r}.")
    shown, profile, names = list(links), paper.profile, _names(paper)
    counts = Counter(link.kind for link in shown)
    kinds = [(kind.name, name_of(kind.name, language), counts[kind.name]) for kind in KINDS if counts[kind.name]]
    style = (TEMPLATES / "annotated.css").read_text(encoding="utf-8") + _hues()
    return _template().render(
        language=language,
        style=Markup(style),
        policy=f"default-src 'none'; style-src 'sha256-{_hash(style)}'; base-uri 'none'; form-action 'none'",
        title=profile.title,
        address=_official(profile.iri),
        sort=wording.SORTS_NL.get(profile.sort, profile.sort) if language == "nl" else profile.sort,
        identity=profile.id or "",
        day=wording.day(profile.date, language) if profile.date else "",
        document=paper.document,
        kinds=kinds,
        pieces=list(pieces(paper, shown, language)),
        entries=[entry(paper, number, link, names, language) for number, link in enumerate(shown, 1)],
    )


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    return environment.get_template("annotated.html.j2")


def pieces(paper: Paper, links: list[Link], language: str) -> Iterator[Piece]:
    """The text cut at the boundaries of links, and where a section begins that a link may lead to."""
    names = _names(paper)
    sections = list(names.items())
    spans = [*(link.span for link in links), *names.values()]
    for segment in segments(paper.document.text, spans):
        begun = tuple(
            f"m{index + 1}" if index < len(links) else sections[index - len(links)][0]
            for index in segment.within
            if spans[index].start == segment.start
        )
        # the shortest is the innermost
        over = sorted(
            (index for index in segment.within if index < len(links)),
            key=lambda index: (spans[index].end - spans[index].start, index),
        )
        text = _exact(segment.text)
        if not over:
            yield Piece(text, begun, (), "", "", "")
            continue
        inner = [links[index] for index in over if spans[index] == spans[over[0]]]
        targets = {target(paper, link, names) for link in inner}
        # where it cannot be told which of several is wanted, the list shows them all
        leads = targets.pop() if len(targets) == 1 else ""
        yield Piece(
            text,
            begun,
            tuple(index + 1 for index in over),
            leads or f"#r{over[0] + 1}",
            " ".join(_classes(inner, len(over))),
            "; ".join(_brief(link, language) for link in inner),
        )


def _names(paper: Paper) -> dict[str, Span]:
    """The numbered sections to which links may lead, with the place where each begins."""
    return {section.slug: section.spans[0] for section in paper.sections if section.number}


def target(paper: Paper, link: Link, names: Collection[str]) -> str:
    """Where a link leads: a place in the page for what lies within the paper, an address of the web, or nothing."""
    if link.iri is None:
        return ""
    within, _, name = link.iri.partition("#")
    if name and within == paper.profile.iri:
        return f"#{name}" if name in names else ""
    return _official(link.fact("page")) or _official(link.iri)


def entry(paper: Paper, number: int, link: Link, names: Collection[str], language: str) -> Entry:
    """A reference in the list."""
    return Entry(
        number=number,
        kind=name_of(link.kind, language),
        words=_short(paper.document[link.span]),
        label=link.label if link.id else "",
        identity=link.id or "",
        rule=wording.rule(link.rule, language),
        confidence=f"{link.confidence:.2f}".replace(".", "," if language == "nl" else "."),
        section=wording.place(link.section.name, language) if link.section else "",
        place=wording.place(paper.document.place(link.span.start), language),
        problem=wording.reason(link.problem or "", language),
        reason=wording.reason(link.reason or "", language),
        candidates=", ".join(link.candidates),
        target=target(paper, link, names),
    )


def name_of(kind: str, language: str) -> str:
    """The name of a kind, as a page begins a line with it."""
    known = BY_NAME[kind]
    name = known.label_nl if language == "nl" else known.label_en
    return name[:1].upper() + name[1:]


def _official(address: str | None) -> str:
    """An address that may become a link: one of the web, and not a name that we gave ourselves."""
    return address if address and _WEB.match(address) and not address.startswith(BASE) else ""


def _classes(inner: list[Link], over: int) -> Iterator[str]:
    yield f"k-{inner[0].kind}"
    if all(link.iri is None for link in inner):
        yield "open"
    if any(link.problem for link in inner):
        yield "wrong"
    if over > 1:
        yield "several"


def _brief(link: Link, language: str) -> str:
    """A reference in a few words, for who points at it."""
    said = link.problem or link.reason
    return ": ".join(
        each
        for each in (name_of(link.kind, language), link.id, wording.reason(said, language) if said else None)
        if each
    )


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + "…"


def _exact(text: str) -> Markup:
    """Text that a browser reads back character for character: it would take a bare carriage return for a line feed."""
    return Markup(str(escape(_UNSAFE.sub("\ufffd", text))).replace("\r", "&#13;"))


def _hues() -> str:
    """A tint for each kind, going round the colours in the order of the kinds, so that kinds of one sort are alike."""
    return "".join(
        f".k-{kind.name} {{ --hue: {(210 + 360 * index // len(KINDS)) % 360}; }}\n" for index, kind in enumerate(KINDS)
    )


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
