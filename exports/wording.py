"""What pages say in Dutch and English about what was found: rules, reasons, problems, sections, places in a source.

The code and the graph speak English; this is the Dutch beside it, and the words of pages that stand nowhere else.
"""

from __future__ import annotations

import re
from datetime import date

from graph.days import in_words
from graph.resolve import RULES

_SAYS = {rule.name: rule.says for rule in RULES}
RULES_NL = {
    "publisher": "De uitgever heeft deze woorden gemerkt als verwijzing naar dat stuk.",
    "link": "Het bestand koppelt deze woorden aan dat adres.",
    "record": "Een gegevensrecord van de Kamer vermeldt het in een eigen veld.",
    "stated": "De woorden geven het nummer of adres voluit.",
    "known-publication": "De lijst van bestaande publicaties beslist welke van twee lezingen bedoeld is.",
    "named": "De woorden zijn een naam die in de registers maar één ding aanduidt.",
    "settled-name": "De naam wordt gedeeld; een woord elders in het stuk beslist welke bedoeld is.",
    "full-date": "De datum staat er met jaartal.",
    "last-such-day": "Het jaartal ontbreekt; “jl.” wijst op de laatste zodanige dag vóór de datum van het stuk.",
    "nearest-such-day": "Het jaartal ontbreekt; bedoeld is de dag die het dichtst bij de datum van het stuk ligt.",
    "number-beside": "De brief of motie is het stuk waarvan het nummer er tussen haakjes achter staat.",
    "dated-letter": "De brief is alleen bekend door zijn datum.",
    "named-motion": "De motie is alleen bekend door de naam van wie haar indiende.",
    "same-paper": "De vraag, het antwoord of de noot staat in dit stuk.",
    "same-paper-missing": "De vraag hoort bij dit stuk, maar de tekst ervan staat er niet in.",
    "same-number": "Het dossier ontbreekt; elders noemt het stuk hetzelfde nummer met dossier.",
    "own-dossier": "Het dossier ontbreekt; het is dat van het stuk zelf.",
    "last-dossier": "Het dossier ontbreekt; het is het laatst genoemde.",
    "sitting-of-date": "Het vergaderjaar ontbreekt; het is dat van de datum van het stuk.",
    "person-in-post": "Eén persoon met deze naam bekleedt op die datum het ambt dat erbij staat.",
    "person-at-date": "Eén persoon met deze naam bekleedt op die datum een ambt.",
    "person-by-name": "Eén persoon met deze naam heeft ooit een ambt bekleed.",
    "member": "Eén Kamerlid met deze naam staat in de registers.",
    "name-only": "De naam staat waar alleen iemand van het parlement kan staan; geen register kent hem.",
    "signature": "De naam staat onder het ambt in de ondertekening.",
    "post": "De woorden noemen een ambt in de regering dat de registers kennen.",
    "post-by-first-words": "De woorden zijn het begin van de naam van één ambt dat op die datum bekleed werd.",
    "post-in-words": "De woorden noemen een ambt in de regering dat de registers niet hebben.",
    "law-in-words": "De woorden zijn gebouwd als de naam van een wet; geen register kent die.",
    "committee": "De woorden noemen een commissie van het parlement.",
    "said-dossier": "De woorden zeggen dat het dossier het laatst genoemde is.",
    "year-of-act": "Het jaar van het Publicatieblad ontbreekt; het is dat van de handeling die er vlak voor staat.",
    "resolution-by-number": "De woorden geven het nummer, en zij of het stuk noemen het orgaan.",
    "confirmed": "Iemand heeft bevestigd dat de woorden dit betekenen.",
    "corrected": "Iemand heeft aangegeven wat de woorden betekenen.",
    "refused": "Iemand heeft aangegeven dat de woorden niet verwijzen naar wat erin was gelezen.",
    "unresolved": "Geen regel kon zeggen wat bedoeld is.",
}
"""Name of a rule to what it does, in Dutch; the English is `Rule.says`."""
REASONS_NL = (
    ("zaak number called Kamerstuk", "zaaknummer dat Kamerstuk wordt genoemd"),
    ("no such question in this paper", "die vraag staat niet in dit stuk"),
    ("not in the list of known publications", "staat niet in de lijst van bestaande publicaties"),
    ("the registers have no such entry", "de registers kennen dit niet"),
    ("the paper is older than what bears this name", "het stuk is ouder dan wat deze naam draagt"),
    ("the dossier is left out, and none was named before", "het dossier ontbreekt en er is er eerder geen genoemd"),
    (
        "no bearer of this name in the registers is of the time of the paper, or of the year behind the name",
        "niets met deze naam in de registers is uit de tijd van het stuk, of uit het jaar achter de naam",
    ),
    (
        "the dossier is left out, and several were named before",
        "het dossier ontbreekt en er zijn er eerder verscheidene genoemd",
    ),
    (
        "the parliamentary year is left out, and the paper has no date",
        "het vergaderjaar ontbreekt en het stuk heeft geen datum",
    ),
    (
        "the year is left out, and the paper has no date to count from",
        "het jaartal ontbreekt en het stuk heeft geen datum om van uit te gaan",
    ),
    (
        "a person says that the words do not refer to this",
        "volgens een lezer verwijzen de woorden hier niet naar",
    ),
    ("there is no such day", "die dag bestaat niet"),
    (
        "the name is shared, and several of the words that settle it stand in the paper",
        "de naam wordt gedeeld, en meer dan een van de woorden die de keus bepalen staat in het stuk",
    ),
    (
        "the name is shared, and none of the words that settle it stands in the paper",
        "de naam wordt gedeeld, en geen van de woorden die de keus bepalen staat in het stuk",
    ),
    (
        "several people of the name (.+) held office then",
        r"meer dan een persoon met de naam \1 bekleedde toen een ambt",
    ),
    ("the name has no letters that can be compared", "de naam heeft geen letters die te vergelijken zijn"),
    ("no rule reads this kind of mention", "geen regel leest deze soort vermelding"),
    (
        "nothing in the paper says that the resolution is one of the Security Council",
        "niets in het stuk zegt dat de resolutie een van de Veiligheidsraad is",
    ),
    (
        "the year of the journal is left out, and no act is named before it",
        "het jaar van het Publicatieblad ontbreekt en er staat geen handeling voor",
    ),
    ("this is no valid web address", "dit is geen geldig webadres"),
)
"""Reasons and problems as resolve/ writes them, as patterns, and their Dutch."""
_PARTS_NL = {
    "question": "vraag", "answer": "antwoord", "note": "noot", "speech": "spreekbeurt", "heading": "kop",
    "signature": "ondertekening", "body": "lopende tekst",
}  # fmt: skip
_PLACES_NL = (
    ("page", "bladzijde"), ("box", "vak"), ("paragraph", "alinea"), ("header", "koptekst"), ("footer", "voettekst"),
    ("footnote", "voetnoot"), ("endnote", "eindnoot"), *_PARTS_NL.items(),
)  # fmt: skip
SORTS_NL = {
    "answer": "antwoord op Kamervragen", "questions": "Kamervragen", "motion": "motie", "letter": "brief",
    "report": "verslag", "zaak": "zaak", "paper": "stuk",
}  # fmt: skip


def rule(name: str, language: str) -> str:
    """What a rule does, in a sentence."""
    return RULES_NL.get(name, name) if language == "nl" else _SAYS.get(name, name)


def reason(words: str, language: str) -> str:
    """A reason or problem; one that has no Dutch stays as it is."""
    if language == "nl":
        for english, dutch in REASONS_NL:
            if re.fullmatch(english, words):
                return re.sub(english, dutch, words)
    return words


def place(words: str, language: str) -> str:
    """A section or a place in a source, such as "answer 6" or "page 3, box 70 512 480 524"; paths in markup stay."""
    if language != "nl" or words.startswith(("/", "$")):
        return words
    for english, dutch in _PLACES_NL:
        words = re.sub(rf"\b{english}\b", dutch, words)
    return words


def day(told: date, language: str) -> str:
    """A day in words: "29 juni 2026", "29 June 2026"."""
    return in_words(told) if language == "nl" else f"{told.day} {told:%B} {told.year}"
