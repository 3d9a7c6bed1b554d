"""Web addresses, also broken over lines, in brackets, with closing punctuation, and without https://.

An address may go on after a line end where it broke off at a slash or a hyphen, or right after its scheme. Closing
punctuation and an unpaired bracket at the end are not part of it (RFC 3986, appendix C).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.fold import GONE, Folded
from graph.model import Kind, Mention, Span
from graph.patterns import late

_SITES = ("nl", "eu", "int", "com", "org", "net", "be", "de", "fr", "uk", "gov", "info", "europa", "edu", "ch")
_WHOLE_SCHEME = late(r"https?:[\s\x7f]?//[\s]{0,2}", re.IGNORECASE)
_STOP = late(r"[\s<>\"\u00ab\u00bb\u201c\u201d\u2018\u2019{}|\\^`\u00a0]")
_HOST = late(r"(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\.){1,5}[a-z]{2,10}$", re.IGNORECASE)
_SCHEME = late(r"https?:/?/?[ \n\x7f]{0,2}/{0,2}", re.IGNORECASE)
_LINE_END = late(r"[ \t\r]{0,40}\n[ \t]{0,40}")
_BLANKS = late(r"[ ]{1,4}")
_WORD = late(r"[^\s]+")
_NOTE_AHEAD = late(r"[0-9]{1,2}[ ]?[A-Z(«]|[0-9]{1,2}[ ]?https?:")
_LONGEST = 2000


def find(page: Folded, anchor: Span) -> Iterator[Mention]:
    """The address at an anchor: its scheme, "www.", or a site name with a slash behind it."""
    text, word = page.text, page.squeezed_word(anchor)
    start = anchor.start
    if word.startswith("http"):
        scheme = _WHOLE_SCHEME.match(text, start)
        if scheme is None:
            return
        body = scheme.end()
    elif word.startswith("www"):
        if start and (text[start - 1].isalnum() or text[start - 1] in "/.@-"):
            return
        body = start
    else:
        dot = page.plain.index(".", anchor.start, anchor.end)
        host = _HOST.search(text, max(0, dot - 80), anchor.end - 1)
        if host is None:
            return
        start = body = host.start()
    pieces, end = _walk(text, body)
    address = "".join(pieces)
    if "." not in address.partition("/")[0]:
        return
    head = "" if body == start else re.sub(r"\s", "", text[start:body]).lower()
    yield Mention("url", Span(start, end), head + address.replace("\u00ad", "").replace("\u200b", ""))


def _walk(text: str, begin: int) -> tuple[list[str], int]:
    """The pieces of an address from `begin` on, and where it ends; closing punctuation left out."""
    pieces: list[str] = []
    start, limit = begin, begin + _LONGEST
    while True:
        stop = _STOP.search(text, start, limit)
        end = stop.start() if stop else min(len(text), limit)
        piece = text[start:end]
        onward = _onward(text, end, piece.endswith("-")) if piece.endswith(("/", "-")) else None
        if onward is None:
            trimmed = _trim("".join(pieces) + piece)
            end -= len("".join(pieces) + piece) - len(trimmed)
            return [trimmed], end
        pieces.append(piece)
        start = onward


def _onward(text: str, end: int, hyphen: bool) -> int | None:
    """Where an address goes on that broke off at a hyphen or slash; None if what follows reads as prose or as a note."""
    blank = _LINE_END.match(text, end) or (_BLANKS.match(text, end) if hyphen else None)
    following = _WORD.match(text, blank.end()) if blank else None
    if blank is None or following is None or _NOTE_AHEAD.match(text, blank.end()):
        return None
    word = following.group()
    if hyphen and "\n" in blank.group():
        return blank.end() if re.match(r"[a-z0-9]", word) else None
    marked = re.match(r"[a-z0-9_%~?#&=.-]*[a-z0-9]", word) and re.search(r"[-/_=%][^\s]|\.[a-z]", word)
    return blank.end() if marked else None


def _trim(address: str) -> str:
    """The address without what belongs to the sentence around it."""
    while address:
        last = address[-1]
        if last in ".,;:!?'*_" + GONE or (
            last in ")]" and address.count(last) > address.count("(" if last == ")" else "[")
        ):
            address = address[:-1]
        else:
            break
        # an unpaired bracket ends the address wherever it stands: "(www.x.nl/a).De"
    for opening, closing in ("()", "[]"):
        if closing not in address:
            continue
        depth = 0
        for index, char in enumerate(address):
            depth += (char == opening) - (char == closing)
            if depth < 0:
                return _trim(address[:index])
    return address


def _address(identity: str) -> str:
    return identity if "://" in identity else f"https://{identity}"


URL = Kind(
    name="url",
    label_nl="webadres",
    label_en="web address",
    rdf_class="kg:WebPage",
    edge="linksTo",
    anchors=("http", "www.", *(f".{site}/" for site in _SITES)),
    find=find,
    iri=_address,
    covers=frozenset(
        [
            "kamerstuk",
            "dossier",
            "zaak",
            "document",
            "toezegging",
            "aanhangsel",
            "handelingen",
            "bijlage",
            "ecli",
            "eu-act",
            "treaty",
            "law",
            "staatsblad",
            "tractatenblad",
            "staatscourant",
            "committee",
            "minister",
            "member",
            "office",
            "motion",
            "note",
            "date",
        ]
    ),
    examples=(
        "zie <[[https://www.nato.int/en/what-we-do|https://www.nato.int/en/what-we-do]]>",
        "([[www.rijksoverheid.nl/documenten|www.rijksoverheid.nl/documenten]]).",
        "([[https://\nnos.nl/artikel/2541672-wachttijden-ggz|https://nos.nl/artikel/2541672-wachttijden-ggz]])",
        "[[www.ft.com/content/ada8343c-3783-4600-9726-\n9aba86f3e38a|www.ft.com/content/ada8343c-3783-4600-9726-9aba86f3e38a]]",
        "([[mobiliteitsalliantie.nl/onderzoek-mobiliteit/|mobiliteitsalliantie.nl/onderzoek-mobiliteit/]]).",
        "([[https://www.ad.nl/politiek/minister-faber~a26bb1f6/|https://www.ad.nl/politiek/minister-faber~a26bb1f6/]]\n2Volkskrant, 18 november)",
        "[[https://nl.wikipedia.org/wiki/Lijst_(A)|https://nl.wikipedia.org/wiki/Lijst_(A)]].",
        "op [[nato.int/nuclear|nato.int/nuclear]] en [[rijksoverheid.nl/drones|rijksoverheid.nl/drones]]; [[www.defensie.nl|www.defensie.nl]]!",
        "[zie [[https://www.nato.int/cps/en/topics_50349.htm|https://www.nato.int/cps/en/topics_50349.htm]]], \u00ab[[https://www.defensie.nl/a|https://www.defensie.nl/a]]\u00bb?",
        "zie [[https://www.rijksoverheid.nl/documenten/\nbrieven/2024-05-03|https://www.rijksoverheid.nl/documenten/brieven/2024-05-03]]: daar",
    ),
    counterexamples=(
        "mail naar info@minbuza.nl/brief",
        "op rijksoverheid.nl staat",
        "http is een protocol",
        "ja.ht tp en w ww ook",
    ),
)
