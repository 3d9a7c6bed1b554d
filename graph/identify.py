"""What a paper says of itself: its own number, sort, date, chamber and dossier.

A paper without a date gets a period from its evidence: no earlier than the last full date that it mentions and than the
day on which each of its signatories took office, no later than the day on which one of them left.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from graph.days import full_date, opening, sitting
from graph.kinds.numbers import MONTH, month
from graph.model import DateBound, Document, Mention, Profile, Section, Span
from graph.patterns import late
from ontology.naming import slug
from ontology.registers import Registers
from ontology.terms import BASE

SITE = "https://zoek.officielebekendmakingen.nl/"
_DAY = rf"(?P<day>[0-3]?[0-9])[ \n]{{0,2}}(?P<month>{MONTH})[ \n]{{0,2}}(?P<year>(?:1[89]|20)[0-9]{{2}})"
_DATES = (
    ("ontvangen", True, late(rf"\(ontvangen[ \n]{{0,2}}{_DAY}")),
    ("ingezonden", True, late(rf"\(ingezonden[ \n]{{0,2}}{_DAY}")),
    ("place and date", True, late(rf"(?:den haag|'s-? ?gravenhage|amsterdam|brussel)[ ,]{{1,3}}{_DAY}")),
    ("date in the letterhead", True, late(rf"d(?<!\wd) ?a ?t ?u ?m:?[ \n]{{1,8}}{_DAY}")),
    (
        "Voorgesteld",
        False,
        late(rf"(?:Voorgesteld|Vastgesteld|Ontvangen)(?:[ \n](?!\d)[a-zA-Z-]{{2,30}}){{0,6}}[ \n]{{1,3}}{_DAY}"),
    ),
    ("day of the meeting", True, late(rf"vergadering van [a-z]{{5,9}} {_DAY}")),
)
"""Where the date of a paper stands, the surest first, and whether that is written in small letters or in capitals alike."""
_WRITTEN_ID = late(
    r"^[ ]*((?:ah|kv)-(?:[te]k-)?(?:[0-9]{8}-[0-9]{1,5}|20[0-9]{2}Z[0-9]{5})|kst-[0-9A-Z-]{5,30})[ ]*$", re.MULTILINE
)
_OWN_AH = late(r"^AH (?P<number>[1-9][0-9]{0,4})[ ]*$", re.MULTILINE)
_ASKED_IN = late(
    r"(?:^|\n)[ \t]{0,4}(?P<zaak>20[0-9]{2}Z[0-9]{5})[ \t]{0,4}\n\s{0,4}(?:\([Ii]ngezonden[^()\n]{3,40}\)\s{0,4})?Vragen[ ](?:van|gesteld)\b"
)
"""The Zaak that stands by itself above the questions; above answers it is a reference to the questions."""
_ANSWERED = late(r"^[ \t]{0,4}(?:Antwoord|Mededeling)\b", re.MULTILINE)
_PRINTED_AH = late(
    r"vergaderjaar (?P<from>[0-9]{4}) ?- ?(?P<to>[0-9]{4})[ \n]{1,3}Aanhangsel van de Handelingen.{0,160}?\n(?P<number>[1-9][0-9]{0,4})[ ]*\n",
    re.IGNORECASE | re.DOTALL,
)
_SITTING = late(
    r"(?:vergaderjaar|zitting)[ \n](?P<from>(?:1[89]|20)[0-9]{2})[ ]?[-/][ ]?(?P<to>(?:[0-9]{2}){1,2})", re.IGNORECASE
)
_KNOWN_ID = late(
    r"(?:ah|kv)-[te]k-(?:[0-9]{8}-[0-9]{1,5}|20[0-9]{2}Z[0-9]{5})|h-[te]k-[0-9]{8}-[0-9]{1,4}-[0-9]{1,4}"
    r"|kst-[0-9]{5}(?:-[0-9A-Z]{1,8}){1,3}|blg-[0-9]{3,8}|(?:stb|trb|stcrt)-[0-9]{4}-[0-9]{1,6}"
)
_RUNNING = late(
    r"(?:Tweede|Eerste) Kamer, ?(?:vergaderjaar|zitting) [0-9]{4}[-–/ ]+[0-9]{2,4}, ?(?P<dossier>[0-9]{2} ?[0-9]{3}(?:[ -](?:[IVX]{1,6}|[0-9]{2}))?)"
    r"(?: ?\([^()]{1,12}\))?, ?[Nn]r\. ?(?P<number>[0-9]{1,4})"
)
_APART = r"[\s/|·]{1,12}"
_MEETING = rf"(?:(?:Tweede|Eerste){_APART}Kamer{_APART})?(?P<chamber>[TE])K\s{{1,3}}(?P<meeting>[1-9][0-9]{{0,2}})"
_HANDELINGEN_FEET = tuple(
    late(
        rf"(?<![0-9]){first}{_APART}{second}{_APART}(?P=meeting)-(?P<item>[1-9][0-9]{{0,2}})-[0-9]{{1,4}}(?![0-9-])",
        re.IGNORECASE,
    )
    for first, second in ((_DAY, _MEETING), (_MEETING, _DAY))
)
"""The foot of a page of the Handelingen: the day, the meeting, and meeting, item and page ("16 april 2024 / TK 65 / 65-4-1")."""
_CHAMBER_OF_ID = late(r"(?:ah|kv|h)-(?:(?P<ek>ek)|tk)-|kst-.+-(?:(?P<letter>[A-Z]{1,2})|[0-9]+)$")
_CHAMBER_OF_TOP = late(r"(Tweede|Eerste) Kamer(?: der Staten|, ?(?:vergaderjaar|zitting))")
_ASKED = late(
    r"^[ ]*Vragen van (?:het lid|de leden)[ ](?:(?!\n[ ]*\n)[^?]){3,600}?(?=[ \n]over[ \n])(?:[ \n]over[ \n](?P<subject>(?:(?!\n[ ]*\n)[^?]){3,300}?)(?=[ \n.]*(?:\((?:I|i)ngezonden|\n[ ]*\n)))?",
    re.MULTILINE,
)
_SUBJECT = late(r"\n[ ]*(?:Betreft|Onderwerp)[:\t ]{1,6}(?P<subject>[^\n]{3,200}(?:\n[^\n]{3,200}){0,2})\n[ ]*\n")
_FOOT = late(r"\A[ ]{0,120}(?:Tweede|Eerste) Kamer, ?(?:vergaderjaar|zitting) [0-9]{4}[-/ ]+[0-9]{2,4}, ?\Z")
_FOOT_PAGE = late(
    r"(?<![\w-])(?P<meeting>[1-9][0-9]{0,2})-(?P<item>[1-9][0-9]{0,2})-[1-9][0-9]{0,3}(?![\w-])", re.MULTILINE
)
_FOOT_MEETING = late(r"(?<!\w)(?P<chamber>[TE])K[ ](?P<meeting>[1-9][0-9]{0,2})(?![\w-])")
_FOOT_DAY = late(rf"(?<!\d){_DAY}")
_MARGINS = ("header", "footer")
"""Places of text that is not printed on the first page alone; the letterhead is a place of its own."""
_TOP = 700
_OPENING = 400
_LONGEST_HEAD = 120
_SORTS = (
    (
        "answer",
        late(
            r"^[ ]*(?:Nader )?Antwoord(?:en)? van|\(ontvangen |Mededeling van|^AH [0-9]|Antwoorden op (?:de )?(?:Kamer)?vragen"
            r"|met[ \n]de[ \n]daarop[ \n]door[ \n]de[ \n][Rr]egering[ \n]gegeven[ \n]antwoorden",
            re.MULTILINE,
        ),
    ),
    ("questions", late(r"^[ ]*Vragen van (?:het lid|de leden)", re.MULTILINE)),
    ("motion", late(r"^[ ]*(?:\w+ )?MOTIE VAN (?:HET LID|DE LEDEN)", re.MULTILINE)),
    (
        "letter",
        late(r"^[ ]*BRIEF VAN|^[ ]*Geachte |Aan de Voorzitter van de (?:Tweede|Eerste) Kamer", re.MULTILINE),
    ),
    ("report", late(r"^[ ]*(?:VERSLAG|LIJST VAN VRAGEN|NOTA|MEMORIE|RAPPORT)\b", re.MULTILINE)),
)


def identify(
    document: Document,
    plain: str,
    sections: tuple[Section, ...],
    mentions: Iterable[Mention],
    registers: Registers,
    day: date | None = None,
) -> Profile:
    """The profile of a paper; `plain` is its text as folded. `day` is a date from outside and wins over what the text says."""
    found = tuple(mentions)
    top = plain.lstrip()[:_TOP]
    written, reason = _date(document, plain, day)
    identity, own, by = _own_number(document, plain, top, written, found)
    told = document.metadata
    sort = told.get("sort") or next((name for name, pattern in _SORTS if pattern.search(top)), "paper")
    dossier = _own_dossier(identity) or told.get("dossier")
    chamber, told_by = _chamber(document, identity, top)
    return Profile(
        iri=told.get("address") or (SITE + identity if identity else _address(document)),
        id=identity,
        sort=sort,
        title=_title(document, sections, identity),
        date=written,
        date_reason=reason,
        evidence=() if written else tuple(_evidence(document, plain, found, registers)),
        chamber=chamber or "tk",
        chamber_reason=told_by,
        subject=told.get("subject") or _subject(plain),
        asked=_asked(plain),
        dossier=dossier,
        own=own,
        id_reason=by if identity else "the paper has no number",
    )


def _chamber(document: Document, identity: str | None, top: str) -> tuple[str | None, str]:
    """The chamber whose paper it is, and what tells so; nothing where only the name of the file would."""
    if stated := document.metadata.get("chamber"):
        return stated, "metadata of the file"
    if match := _CHAMBER_OF_ID.match(identity or ""):
        return "ek" if match["ek"] or match["letter"] else "tk", "its number"
    if match := _CHAMBER_OF_TOP.search(top):
        return "ek" if match[1] == "Eerste" else "tk", "its heading"
    return None, ""


def _asked(plain: str) -> Span | None:
    """The sentence above questions that says who asks whom."""
    begin = len(plain) - len(plain.lstrip())
    end = begin + 3 * _TOP
    match = _ASKED.search(plain, begin, end) if "Vragen van " in plain[begin:end] else None
    return Span(*match.span()) if match else None


def _subject(plain: str) -> str:
    """What a letter or questions are about, as their head says."""
    match = _SUBJECT.search("\n" + plain[: 6 * _TOP])
    if match is None and "Vragen van " in plain[: 4 * _TOP]:
        match = _ASKED.search(plain, 0, 4 * _TOP)
    return " ".join((match["subject"] or "").split()).rstrip(" .") if match else ""


def _date(document: Document, plain: str, day: date | None) -> tuple[date | None, str]:
    if day is not None:
        return day, "given"
    if stated := _stated_day(document, "date"):
        return stated, "metadata of the file"
    if foot := _meeting_foot(document, plain):
        return foot[1], "its page feet"
    body = _without_margins(document, plain)
    for text in (body, plain) if body != plain else (plain,):
        lower = text.lower()
        for name, in_any_case, pattern in _DATES:
            if (match := pattern.search(lower if in_any_case else text)) and (read := _read_day(match)):
                return read, name
    return None, "the paper has no date"


def _meeting_foot(document: Document, plain: str) -> tuple[str, date] | None:
    """Return the number and the day of the item of a meeting, where all feet of its pages in the Handelingen name one.

    The reader of PDF takes feet that return out of the text, each part as a line of its own and in any order.
    """
    running = document.metadata.get("running", "")
    meeting, day = _FOOT_MEETING.search(running), _FOOT_DAY.search(running.lower())
    pages = {(page["meeting"], page["item"]) for page in _FOOT_PAGE.finditer(running)}
    feet = [(meeting["chamber"], day, *page) for page in pages if meeting and day and page[0] == meeting["meeting"]]
    if not feet and ("TK" in plain or "EK" in plain):
        found = (match for pattern in _HANDELINGEN_FEET for match in pattern.finditer(plain))
        feet = [(match["chamber"], match, match["meeting"], match["item"]) for match in found]
    named = {
        (f"h-{chamber.lower()}k-{sitting(read)}-{number}-{item}", read)
        for chamber, written, number, item in feet
        if (read := _read_day(written))
    }
    return named.pop() if len(named) == 1 else None


def _without_margins(document: Document, plain: str) -> str:
    """Blank headers and footers out of a text: a template keeps dates of earlier letters there."""
    if document.format not in ("docx", "odt"):
        return plain
    ends = [start for start, _ in document.places[1:]] + [len(plain)]
    for (start, where), end in zip(document.places, ends, strict=True):
        if where in _MARGINS:
            plain = plain[:start] + re.sub(r"[^\n]", " ", plain[start:end]) + plain[end:]
    return plain


def _stated_day(document: Document, name: str) -> date | None:
    """The day that the metadata give under a name; None where they give none that exists."""
    try:
        return date.fromisoformat(document.metadata.get(name, "")[:10])
    except ValueError:
        return None


def _read_day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), month(match["month"].lower()), int(match["day"]))
    except ValueError:
        return None


def _own_number(
    document: Document, plain: str, top: str, written: date | None, mentions: tuple[Mention, ...]
) -> tuple[str | None, tuple[Span, ...], str]:
    """The paper's own identifier, the places where it stands, and how it is known; the name of the file comes last."""
    begin = len(plain) - len(plain.lstrip())
    if number := document.metadata.get("number"):
        return number, _own_places(number, mentions, begin), "metadata of the file"
    if _KNOWN_ID.fullmatch(stated := document.metadata.get("identifier", "")):
        return stated, _own_places(stated, mentions, begin), "metadata of the file"
    if foot := _meeting_foot(document, plain):
        return foot[0], _own_places(foot[0], mentions, begin), "its page feet"
    if any(sign in plain for sign in ("ah-", "kv-", "kst-")) and (match := _WRITTEN_ID.search(plain)):
        return match[1], _own_places(match[1], mentions, begin), "written on the paper"
    if (match := _OWN_AH.search(top)) and written:
        place = Span(begin + match.start(), begin + match.start() + len(match.group().rstrip()))
        return f"ah-tk-{sitting(written)}-{match['number']}", (place,), "its number and date"
    if match := _PRINTED_AH.search(top):
        identity = f"ah-tk-{match['from']}{match['to']}-{match['number']}"
        return identity, _own_places(identity, mentions, begin), "its printed heading"
    for mention in mentions:
        if mention.kind != "kamerstuk" or not mention.id:
            continue
        line = plain[max(0, mention.span.start - _LONGEST_HEAD) : mention.span.start].rpartition("\n")[2]
        if _FOOT.fullmatch(line):
            return mention.id, _own_places(mention.id, mentions, begin), "its page feet"
    if (asked := _ASKED_IN.search(top)) and not _ANSWERED.search(plain):
        identity = f"kv-tk-{asked['zaak']}"
        return identity, _own_places(identity, mentions, begin), "the number above its questions"
    if running := _in_running(document.metadata.get("running", "")):
        return running, _own_places(running, mentions, begin), "its page feet"
    if named := _KNOWN_ID.fullmatch(_stem(document)):
        return named[0], _own_places(named[0], mentions, begin), "the name of the file"
    return None, (), ""


def _in_running(running: str) -> str | None:
    """The number in the running heads and feet of pages, which are no part of the text."""
    if match := _WRITTEN_ID.search(running):
        return match[1]
    if match := _RUNNING.search(running):
        dossier = re.sub(r"^([0-9]{2}) ", r"\1", match["dossier"]).replace(" ", "-")
        return f"kst-{dossier}-{match['number']}"
    return None


def _own_places(identity: str, mentions: tuple[Mention, ...], begin: int) -> tuple[Span, ...]:
    """Where a paper names itself: its own number anywhere at the top or in page feet, the Zaak above its questions."""
    zaak = identity.removeprefix("kv-tk-") if identity.startswith("kv-tk-") else None
    return tuple(
        mention.span
        for mention in mentions
        if mention.id is not None
        and (mention.id == identity or (mention.id == zaak and mention.span.start < begin + _TOP))
    )


def _own_dossier(identity: str | None) -> str | None:
    return identity.removeprefix("kst-").rpartition("-")[0] if identity and identity.startswith("kst-") else None


def _title(document: Document, sections: tuple[Section, ...], identity: str | None) -> str:
    return document.metadata.get("title") or identity or _stem(document)


def _stem(document: Document) -> str:
    """The name of the file without folder and suffix."""
    return document.name.replace("\\", "/").rpartition("/")[2].partition(".")[0]


def _address(document: Document) -> str:
    """An address for a paper without a number: after its file and its opening words, so that later edits keep it."""
    opening = "".join(document.text.split(maxsplit=_OPENING)[:_OPENING])[:_OPENING]
    digest = hashlib.sha256(opening.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{BASE}document/{slug(_stem(document)) or 'document'}-{digest}"


def _evidence(
    document: Document, plain: str, mentions: tuple[Mention, ...], registers: Registers
) -> Iterator[DateBound]:
    """The bounds of the period in which an undated paper was written."""
    top = _SITTING.search(plain, 0, 2 * _TOP)
    if top and (int(top["from"]) + 1) % 100 == int(top["to"]) % 100:
        first, after = opening(int(top["from"])), opening(int(top["from"]) + 1)
        yield DateBound("earliest", first, f"the parliamentary year in its heading ({top['from']}-{top['to']}) began")
        yield DateBound(
            "latest",
            after - timedelta(days=1),
            f"the parliamentary year in its heading ({top['from']}-{top['to']}) ended",
        )
    full = [(day, mention) for mention in mentions if mention.kind == "date" and (day := full_date(mention))]
    made = _stated_day(document, "made")
    # a paper may name days to come, but none was written after its file was made
    full = [(day, mention) for day, mention in full if made is None or day <= made]
    if full:
        last, mention = max(full, key=lambda pair: pair[0])
        quote = " ".join(document[mention.span].split())
        yield DateBound("earliest", last, f'the last full date that it mentions is "{quote}"')
    if made:
        yield DateBound("latest", made, "the file was last changed then")
    for mention in mentions:
        post = (
            registers.post_for(mention.parts["role"], mention.parts["portfolio"])
            if mention.kind == "minister" and "signs" in mention.parts
            else None
        )
        if post is None:
            continue
        people = {person.iri for person in registers.people_named(mention.parts["name"])}
        terms = [term for term in registers.terms if term.post.notation == post.notation and term.person.iri in people]
        if terms:
            who = f"{mention.parts['name']}, who signed as {post.label_nl},"
            yield DateBound("earliest", min(term.start for term in terms), f"{who} took office")
            if all(term.end for term in terms):
                yield DateBound("latest", max(term.end for term in terms if term.end), f"{who} left office")
