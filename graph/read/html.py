"""HTML: the main text without navigation, links with their targets, and what meta tags and RDFa say of the paper.

Where a page marks its main part (`main`, `article`, the `broodtekst` of officielebekendmakingen.nl) that part is read,
else all but navigation. Text is read in whatever element it stands, also in controls, drawings, formulas and fallbacks. Two
counts of characters, blanks aside, tell what is not read: `left_out` of what a browser shows, `not_shown` of what it does not
show (scripts, styles, templates, the head). The place of a text is the path to its element.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from graph.model import Document, Mention, Note, Span
from graph.read.draft import RAISED, Draft, first, told
from graph.read.errors import NoPaperError, ReadError
from graph.read.links import linked
from graph.read.text import decode

_NOT_SHOWN = frozenset("script style template head title desc metadata datalist annotation annotation-xml".split())
"""Elements that no browser shows; title, desc and metadata stand in drawings, annotations in formulas."""
_RAW = frozenset("iframe noembed noframes".split())
"""Elements whose markup the parser keeps as text (HTML standard, 13.1.2)."""
_PARTED = frozenset("button canvas iframe input math noembed object select".split())
"""Elements in a line that stand apart from the words around them."""
_AROUND = "nav, header, footer, aside, [role=navigation], [role=banner], [role=contentinfo], [role=search], [hidden], [aria-hidden=true]"
_LANDING = "Technische informatie over de publicatie"
"""How the title of a landing page begins."""
_BOILERPLATE = "h2, ul, thead, h1 ~ p ~ p"
"""What all landing pages say alike: in which formats the publication can be had."""
_MAIN = ("#broodtekst", "main", "[role=main]", "article", "#content", "#main-column")
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header hr html legend li main nav ol p pre section summary table tbody textarea tfoot thead ul".split()
)
_NOTE_BLOCKS = frozenset("p div li dd td aside".split())
_NOTED = re.compile(r"note?|noot|ftn|fn|ref|ID-", re.IGNORECASE)
_MARK = re.compile(r"^\s?[\[(]?([0-9⁰¹²³⁴-⁹]{1,3})[\])]?\s?$")
_MOST_DEPTH = 300
_WRAPPERS = re.compile(
    r"</?(?:div|span|font|b|i|em|strong|u|section|blockquote|center|small|big|ul|ol|li|dl|dd|table|tbody|tr|td)\b[^<>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*?(/?)>", re.IGNORECASE)
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd td th tr tbody thead option".split()
)
_LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)[\s/][^<>]{20000,}>")
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([a-zA-Z0-9_-]{1,20})", re.IGNORECASE)


def read_html(name: str, data: bytes) -> Document:
    """The document in an HTML page. Raises ReadError, and NoPaperError for a page without text."""
    declared = _DECLARED.search(data[:4096])
    markup, encoding = decode(name, data, declared[1].decode("ascii") if declared else None)
    markup = _LONG_TAG.sub(r"<\1>", markup.replace("\x00", "\ufffd"))
    metadata: dict[str, str] = {"encoding": encoding}
    if _depth(markup) > _MOST_DEPTH:
        # a tree so deep costs time that grows with its square; what only wraps text goes, the text stays
        markup = _WRAPPERS.sub("\n", markup)
        metadata["flattened"] = "the elements were nested too deep"
    try:
        tree = LexborHTMLParser(markup)
    except SelectolaxError as error:
        # it takes any markup, so that memory is all that it can want
        raise ReadError(name, "the page takes too much memory (--memory)") from error
    metadata |= _metadata(tree)
    body = tree.body or tree.root
    draft = Draft()
    title = tree.css_first("title")
    landing = title is not None and title.text().startswith(_LANDING)
    if body is not None:
        main = _main(body)
        left = [node for node in main.css(_AROUND) if not node.css_matches("main header, article header")]
        left += main.css(_BOILERPLATE) if landing else []
        gone = {node.mem_id for node in left}
        walk = _Walk(draft, gone)
        walk.read(main)
        if handled := metadata.get("handled"):
            _give_handled(draft, handled)
        draft.notes += sorted(walk.notes(), key=lambda note: note.span)
        whole = _Walk(Draft(), set())
        whole.read(body)
        left_out = _ink(whole.draft.so_far()) - _ink(draft.so_far())
        not_shown = whole.not_shown + (_hidden_in(tree.head) if tree.head is not None else 0)
        metadata |= {"left_out": str(left_out if left_out > 0 else ""), "not_shown": str(not_shown or "")}
    if not draft.so_far().strip():
        raise NoPaperError(name, "the page has no text (html)")
    return draft.document(name, data, "landing" if landing else "html", metadata)


def _give_handled(draft: Draft, handled: str) -> None:
    """The papers that a meeting dealt with, as the landing page of its report lists them: "33638;10"."""
    text, wanted = draft.so_far(), set(handled.split())
    for match in re.finditer(
        r"^Behandeld dossier\t(([0-9]{5}(?:-[0-9A-Z()]{1,8})*);([0-9A-Z]{1,6}))$", text, re.MULTILINE
    ):
        if f"{match[2]}-{match[3]}" in wanted:
            draft.give(Mention("kamerstuk", Span(*match.span(1)), f"kst-{match[2]}-{match[3]}", {"by": "publisher"}))


def _depth(markup: str) -> int:
    """How deep elements are nested at most, about; tags that close themselves do not count."""
    depth = deepest = 0
    for match in _TAG.finditer(markup):
        if match[3] or match[2].lower() in _VOID:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _main(body: LexborNode) -> LexborNode:
    """The main part of a page: the one part that is marked as such."""
    for selector in _MAIN:
        found = body.css(selector)
        if len(found) == 1:
            return found[0]
    return body


def _ink(text: str) -> int:
    """Return the number of characters that are no blanks."""
    return sum(map(len, text.split()))


def _hidden_in(node: LexborNode) -> int:
    """Return the number of characters in an element that is not shown."""
    if node.tag == "template":
        # its content is a document of its own, which the tree does not lead to
        return _ink(_fallback((node.html or "").removeprefix("<template").partition(">")[2]))
    return _ink(node.text() or "")


def _fallback(markup: str) -> str:
    """Return the text in markup that the parser kept as text."""
    body = LexborHTMLParser(markup).body
    return "" if body is None else body.text(separator=" ")


class _Walk:
    """Goes through a tree without recursion, so that no nesting ends the stack."""

    def __init__(self, draft: Draft, gone: set[int]) -> None:
        self.draft, self.gone = draft, gone
        self.links: list[tuple[str, int]] = []
        self.opened: list[int] = []
        self.blocks: list[Span] = []
        self.names: dict[str, int] = {}
        self.marks: dict[str, tuple[int, Span]] = {}
        self.raised = self.not_shown = 0

    def read(self, root: LexborNode) -> None:
        path, counts = [f"{root.tag}#{root.id}" if root.id else root.tag or ""], [Counter[str]()]
        node = root.first_child
        while node is not None:
            tag = node.tag or ""
            counts[-1][tag] += 1
            into = self._open(node, tag, path, counts[-1][tag])
            if into and node.first_child is not None:
                path.append(f"{tag}[{counts[-1][tag]}]")
                counts.append(Counter())
                node = node.first_child
                continue
            if into:
                self._close(tag)
            while node is not None and node.next is None:
                node = node.parent
                if node is None or node.mem_id == root.mem_id:
                    return
                path.pop()
                counts.pop()
                self._close(node.tag or "")
            node = node.next if node is not None else None

    def _open(self, node: LexborNode, tag: str, path: list[str], count: int) -> bool:
        """Begin an element or write a text; whether there is something to go into."""
        draft = self.draft
        if tag == "-text":
            words = node.text_content or ""
            if node.parent is not None and node.parent.tag in _RAW:
                words = _fallback(words)
            draft.words(words.translate(RAISED) if self.raised and words.strip().isdecimal() else words)
            return False
        if tag in _NOT_SHOWN:
            self.not_shown += _hidden_in(node)
            return False
        if tag.startswith(("-", "_", "!")) or node.mem_id in self.gone:
            return False
        if tag in _PARTED:
            draft.words(" ")
        if tag in _BLOCKS:
            draft.line() if tag in ("li", "dt", "dd", "tbody", "thead", "tfoot", "table") else draft.paragraph()
            draft.place("/" + "/".join([*path, f"{tag}[{count}]"]))
        elif tag == "tr":
            draft.line()
            draft.place("/" + "/".join([*path, f"{tag}[{count}]"]))
        elif tag in ("td", "th"):
            if count > 1 or node.prev is not None:
                draft.cell()
        elif tag in ("br", "option", "optgroup", "text"):
            # "text" is a line of a drawing
            draft.line()
            draft.words(node.attributes.get("label") or "" if tag == "optgroup" else "")
        elif tag == "input" and node.attributes.get("type") not in ("hidden", "password"):
            draft.words(node.attributes.get("value") or "")
        elif tag == "a":
            self.links.append((node.attributes.get("href") or "", draft.here()))
        elif tag == "sup":
            self.raised += 1
        if tag in _NOTE_BLOCKS:
            self.opened.append(draft.here())
        if name := node.attributes.get("id") or (node.attributes.get("name") if tag == "a" else None):
            self.names.setdefault(name, draft.here())
        return True

    def notes(self) -> Iterator[Note]:
        """The notes of the page: the smallest block that a mark links to, each with its mark."""
        for name, (number, mark) in self.marks.items():
            start = self.names.get(name)
            around = [block for block in self.blocks if start is not None and block.start <= start < block.end]
            if around and start is not None and start > mark.start:
                block = min(around, key=lambda block: block.end - block.start)
                yield Note(number, block, mark)

    def _close(self, tag: str) -> None:
        draft = self.draft
        if tag == "a" and self.links:
            target, start = self.links.pop()
            span = Span(start, draft.length)
            draft.give(linked(target, span))
            if target.startswith("#") and _NOTED.search(target) and (sign := _MARK.search(draft.so_far()[start:])):
                self.marks.setdefault(target[1:], (int(unicodedata.normalize("NFKC", sign[1])), span))
        elif tag == "sup":
            self.raised -= 1
        if tag in _NOTE_BLOCKS and self.opened and (start := self.opened.pop()) < draft.length:
            self.blocks.append(Span(start, draft.length))
        if tag in _PARTED:
            draft.words(" ")
        if tag in ("li", "dt", "dd", "tr", "tbody", "thead", "tfoot", "option", "optgroup", "text"):
            draft.line()
        elif tag in _BLOCKS:
            draft.paragraph()


def _metadata(tree: LexborHTMLParser) -> dict[str, str]:
    """What meta tags say in the terms of Dublin Core and of the government's OWMS."""
    said: dict[str, list[str]] = {}
    for node in tree.css("meta[content]"):
        name = (node.attributes.get("name") or node.attributes.get("property") or "").lower()
        said.setdefault(name, []).append(node.attributes.get("content") or "")
    title = tree.css_first("title")
    handled = " ".join(value.replace(";", "-") for value in dict.fromkeys(said.get("overheidop.behandelddossier", [])))
    chamber = (first(said.get("dcterms.creator", [])) or "").lower()
    return told(
        identifier=first(said.get("dcterms.identifier", []) + said.get("dc.identifier", [])),
        title=first([*_named(said, "title"), *said.get("og:title", []), title.text() if title else None]),
        date=first(_named(said, "issued") + _named(said, "date")),
        chamber="ek" if chamber.startswith("eerste kamer") else "tk" if chamber.startswith("tweede kamer") else None,
        subject=first(_named(said, "subject") + said.get("overheid.category", [])),
        handled=handled,
    )


def _named(said: dict[str, list[str]], term: str) -> list[str]:
    return [value for name in (f"dcterms.{term}", f"dc.{term}", f"dcterms:{term}") for value in said.get(name, [])]
