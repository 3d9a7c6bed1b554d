"""The rules by which a mention is joined to what it means, each with the confidence that it has earned.

A confidence is the share of links made by that rule which are right on the development set, rounded down; it belongs to
the rule, so that the graph says it once.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A way of resolving: its name in output and graph, how far to trust it (0..1), and what it does in a sentence."""

    name: str
    confidence: float
    says: str


PUBLISHER = Rule("publisher", 1.0, "The publisher marked the words as a reference to that paper.")
LINK = Rule("link", 0.99, "The file links the words to that address.")
RECORD = Rule("record", 1.0, "A record of parliament states it in a field of its own.")
STATED = Rule("stated", 0.99, "The words give the number or address in full.")
KNOWN = Rule("known-publication", 0.95, "The list of known publications settles which of two readings is meant.")
NAMED = Rule("named", 0.98, "The words are a name that the registers know for one thing only.")
SETTLED = Rule("settled-name", 0.9, "The name is shared; a word elsewhere in the paper settles which is meant.")
FULL_DATE = Rule("full-date", 0.99, "The date is written with its year.")
LAST_DATE = Rule(
    "last-such-day", 0.97, "The year is left out and 'jl.' says the last such day before the paper's date."
)
NEAREST_DATE = Rule("nearest-such-day", 0.93, "The year is left out; the day nearest to the paper's date is meant.")
SAME_PAPER = Rule("number-beside", 0.95, "The letter or motion is the paper whose number stands in brackets behind it.")
BY_DATE = Rule("dated-letter", 0.9, "The letter is known by its date alone.")
BY_NAME = Rule("named-motion", 0.9, "The motion is known by the name of who moved it alone.")
IN_PAPER = Rule("same-paper", 0.97, "The question, answer or note is one of this paper.")
NOT_IN_PAPER = Rule("same-paper-missing", 0.8, "The question is one of this paper, but its text is not in it.")
SAME_NUMBER = Rule(
    "same-number", 0.9, "The dossier is left out; the paper names the same number with its dossier elsewhere."
)
OWN_DOSSIER = Rule("own-dossier", 0.9, "The dossier is left out; it is that of the paper itself.")
LAST_DOSSIER = Rule("last-dossier", 0.85, "The dossier is left out; it is the one named last before.")
SAME_DOSSIER = Rule("said-dossier", 0.93, "The words say that the dossier is the one named last before.")
YEAR_OF_ACT = Rule("year-of-act", 0.9, "The year of the journal is left out; it is that of the act named just before.")
NUMBER_ABROAD = Rule("resolution-by-number", 0.95, "The words give the number, and they or the paper name the body.")
OWN_SITTING = Rule("sitting-of-date", 0.9, "The parliamentary year is left out; it is that of the paper's date.")
PERSON_IN_POST = Rule(
    "person-in-post", 0.98, "One person of that name holds the post that is named with it at the date."
)
PERSON_AT_DATE = Rule("person-at-date", 0.95, "One person of that name holds office at the date.")
PERSON_BY_NAME = Rule("person-by-name", 0.85, "One person of that name ever held office.")
MEMBER = Rule("member", 0.93, "One member of parliament of that name is in the registers.")
NAME_ONLY = Rule(
    "name-only", 0.9, "The name stands in a part that makes it a person of parliament; no register has it."
)
SIGNED = Rule("signature", 0.98, "The name stands under the post in the signature.")
POST = Rule("post", 0.97, "The words name a post of the government that the registers know.")
POST_BEGUN = Rule("post-by-first-words", 0.9, "The words begin the name of one post that was held at the date.")
POST_IN_WORDS = Rule("post-in-words", 0.85, "The words name a post of the government that the registers do not have.")
LAW_IN_WORDS = Rule("law-in-words", 0.85, "The words are built as the name of a law; no register has it.")
COMMITTEE = Rule("committee", 0.97, "The words name a committee of parliament.")
CONFIRMED = Rule("confirmed", 1.0, "A person confirmed that the words mean this.")
CORRECTED = Rule("corrected", 1.0, "A person said what the words mean.")
REFUSED = Rule("refused", 0.0, "A person said that the words do not refer to what was read in them.")
UNRESOLVED = Rule("unresolved", 0.0, "No rule could tell what is meant.")
OPEN = frozenset({UNRESOLVED.name, REFUSED.name})
"""The rules that leave a mention without anything that it refers to."""

RULES: tuple[Rule, ...] = (
    PUBLISHER, LINK, RECORD, STATED, KNOWN, NAMED, SETTLED, FULL_DATE, LAST_DATE, NEAREST_DATE, SAME_PAPER, BY_DATE, BY_NAME, IN_PAPER, NOT_IN_PAPER, SAME_NUMBER, OWN_DOSSIER,
    LAST_DOSSIER, SAME_DOSSIER, YEAR_OF_ACT, NUMBER_ABROAD, OWN_SITTING, PERSON_IN_POST, PERSON_AT_DATE, PERSON_BY_NAME, MEMBER, NAME_ONLY, SIGNED, POST, POST_BEGUN, POST_IN_WORDS, LAW_IN_WORDS, COMMITTEE,
    CONFIRMED, CORRECTED, REFUSED, UNRESOLVED,
)  # fmt: skip
