"""Write a SPARQL update of a stranger anew, so that it can be read in one way only, and changes no graph but those that it names.

An engine knows from what stands before whether "<" begins an address or is less than, so that a text may say one thing to whoever
looks it over and another to the engine. Here each address and each prefixed name becomes a name of ours, comments go, and signs
stand apart: what the engine gets holds no "<" that begins an address but in our own prologue, so it has the tokens that were
looked over and no others. Read by the grammar of SPARQL 1.1 Update, rules 29 to 52.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph

from graph.guard import DEEPEST, MOST_OF_ONE, Refused
from graph.tokens import TOKEN
from ontology.terms import PREFIXES

_SIGN = re.compile(
    rf"(?P<number>[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|!=|\^\^|>=|[\^=>-]|{TOKEN.pattern}|<=|[<?]",
    re.VERBOSE,
)
"""The signs of the guard, and those that it passes over. Before it numbers, whose sign is theirs."""
_BLANK = re.compile(r"_:[A-Za-z0-9_]+")
_ESCAPED = re.compile(r"\\(.)")
_OPEN, _CLOSE = ("{", "(", "["), ("}", ")", "]")
_MANAGES = ("CLEAR", "DROP", "CREATE")
_CARRIES = ("COPY", "MOVE", "ADD")


class Protected(Refused):
    """An update of a graph that no update may change, or of one that it does not name by its address."""


@dataclass(frozen=True, slots=True)
class Change:
    """An update that was looked over: its text for the engine, and the addresses of all graphs that it may change."""

    text: str
    targets: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Token:
    """One sign: as it was, as the engine gets it, the address that it stands for, and where it begins."""

    said: str
    written: str
    at: int
    iri: str = ""

    @property
    def word(self) -> str:
        return self.said.upper()


def rewrite(update: str, using: Iterable[str] = (), using_named: Iterable[str] = ()) -> Change:
    """The same update in words that can be read in one way, over the graphs that a request names, if it names any.

    Raises Refused, and Protected for one that does not name the graphs that it changes.
    """
    if "\\u" in update.lower():
        raise Refused("the update holds a \\u escape; write the character itself")
    names: dict[str, str] = {}
    tokens = list(_tokens(update, names))
    _bounded(tokens)
    reading = _Reading(update, tokens, [*((f"USING {_name(each, names)}") for each in using),
                                        *((f"USING NAMED {_name(each, names)}") for each in using_named)])  # fmt: skip
    reading.operations()
    prologue = [f"PREFIX {name} <{iri}>" for iri, name in names.items()]
    return Change(" ".join([*prologue, *reading.written]), frozenset(reading.targets))


def _name(iri: str, names: dict[str, str]) -> str:
    """Our own name for an address, by which the engine gets it."""
    try:
        pyoxigraph.NamedNode(iri)
    except ValueError as error:
        raise Refused(f"<{iri}> is no absolute address; there is no base that it could be relative to") from error
    return names.setdefault(iri, f"k{len(names)}:")


def _tokens(update: str, names: dict[str, str]) -> Iterator[_Token]:
    """The signs of an update without blanks, comments and lines PREFIX. Raises Refused for what is no sign."""
    prefixes, found, at = dict(PREFIXES), list[re.Match[str]](), 0
    while at < len(update):
        match = _SIGN.match(update, at)
        if match is None:
            raise _unreadable(update, at)
        if not (match["blank"] or match["comment"]):
            found.append(match)
        at = match.end()
    signs = iter(found)
    for sign in signs:
        said, word = sign.group(), (sign["word"] or "").upper()
        if word == "PREFIX":
            name, address = next(signs, None), next(signs, None)
            if not (name and address and name["name"] and name["local"] is None and address["iri"]):
                raise _unreadable(update, sign.start())
            prefixes[name["prefix"]] = address.group()[1:-1]
        elif word in ("BASE", "SERVICE", "LOAD"):
            why = "write whole addresses" if word == "BASE" else "it would send requests to other hosts"
            raise Refused(f"{word} is not taken in an update: {why}")
        elif sign["iri"]:
            yield _Token(said, _name(said[1:-1], names), sign.start(), said[1:-1])
        elif sign["name"] and sign["prefix"] == "_":
            if not _BLANK.fullmatch(said):
                raise Refused(f"the name {said} of a blank node is not taken; use letters and digits")
            yield _Token(said, said, sign.start())
        elif sign["name"]:
            if sign["prefix"] not in prefixes:
                raise Refused(f"the prefix {sign['prefix']}: is used without a line PREFIX above that says what it is")
            iri = prefixes[sign["prefix"]] + _ESCAPED.sub(r"\1", sign["local"] or "")
            yield _Token(said, _name(iri, names), sign.start(), iri)
        else:
            yield _Token(said, said, sign.start())


def _bounded(tokens: Iterable[_Token]) -> None:
    """Raise Refused for brackets so deep that they could end the engine."""
    depth = 0
    for token in tokens:
        depth = max(0, depth + (token.said in _OPEN) - (token.said in _CLOSE))
        if depth > DEEPEST:
            raise Refused(f"brackets are nested more than {DEEPEST} deep")


def _unreadable(update: str, at: int) -> Refused:
    line, rest = update.count("\n", 0, at) + 1, " ".join(update[at : at + 40].split())
    return Refused(f"the update cannot be read at line {line}, " + (f"at: {rest}" if rest else "where it ends"))


class _Reading:
    """The signs of an update, read operation by operation."""

    def __init__(self, update: str, tokens: list[_Token], using: list[str]) -> None:
        self._update, self._tokens, self._using, self._place = update, tokens, using, 0
        self.written, self.targets = list[str](), set[str]()

    def operations(self) -> None:
        """All of them."""
        while self._place < len(self._tokens):
            self._operation()
            if self._place < len(self._tokens):
                self._take(";")
        if self.written[-1:] == [";"]:
            del self.written[-1]

    def _operation(self) -> None:
        word = self._peek()
        if word in _MANAGES:
            self._take(word)
            self._maybe("SILENT")
            self._graph(named=True)
        elif word in _CARRIES:
            self._take(word)
            self._maybe("SILENT")
            source = self._graph()
            self._take("TO")
            self.targets.add(self._graph())
            self.targets |= {source} if word == "MOVE" else set()
        elif word in ("INSERT", "DELETE") and self._peek(1) == "DATA":
            self._take(word)
            self._take("DATA")
            self._template("")
        elif word == "DELETE" and self._peek(1) == "WHERE":
            self._take(word)
            self._take("WHERE")
            self._template("")
        else:
            self._modify()

    def _modify(self) -> None:
        """[WITH graph] DELETE {...} INSERT {...} [USING graph] WHERE {...}."""
        within = ""
        if named := self._maybe("WITH"):
            within = self._address()
        templates = [word for word in ("DELETE", "INSERT") if self._maybe(word) and self._template(within)]
        if not templates:
            raise self._wrong()
        while self._maybe("USING"):
            named = True
            self._maybe("NAMED")
            self._address()
        if named and self._using:
            raise Refused(
                "the request names its graphs by using-graph-uri, and the update by WITH or USING; do one of both"
            )
        self.written += self._using
        self._take("WHERE")
        self._pattern()

    def _graph(self, named: bool = False) -> str:
        """The address of a graph that is managed as a whole; with `named` it is a target and the word GRAPH must be there."""
        if (word := self._peek()) in ("DEFAULT", "NAMED", "ALL"):
            raise Protected(f"{word} would change graphs that are not named; name each: GRAPH <address>")
        if named:
            self._take("GRAPH")
        else:
            self._maybe("GRAPH")
        address = self._address()
        self.targets |= {address} if named else set()
        return address

    def _template(self, within: str) -> bool:
        """Statements to add or remove, of which each stands in a graph that is named by its address."""
        self._take("{")
        while self._peek() != "}":
            if self._maybe("GRAPH"):
                if self._peek()[:1] in ("?", "$"):
                    raise Protected("a variable stands for the graph that is changed; name each: GRAPH <address>")
                self.targets.add(self._address())
                self._statements()
            elif self._peek() == ".":
                self._take(".")
            else:
                if not within:
                    raise Protected("statements stand in named graphs; say in which: GRAPH <address> { ... }")
                self.targets.add(within)
                self._any()
        self._take("}")
        return True

    def _statements(self) -> None:
        """A group without groups in it."""
        self._take("{")
        while self._peek() != "}":
            self._any()
        self._take("}")

    def _any(self) -> None:
        """A sign of a statement."""
        if self._peek() in ("{", "GRAPH"):
            raise self._wrong()
        self._take(self._peek())

    def _pattern(self) -> None:
        """What must be there: any group, with so few of one connective that it can be planned."""
        depth, counts = 0, dict[str, int]()
        while depth or self._peek() == "{":
            sign = self._peek()
            depth += (sign == "{") - (sign == "}")
            counts[sign[:1]] = counts.get(sign[:1], 0) + 1
            self._take(sign)
            if not depth:
                break
        else:
            raise self._wrong()
        for sign in ".;,/|+-*!&{([":
            if counts.get(sign, 0) > MOST_OF_ONE:
                raise Refused(f"what stands behind WHERE has more than {MOST_OF_ONE} times {sign}")

    def _address(self) -> str:
        token = self._tokens[self._place] if self._place < len(self._tokens) else None
        if token is None or not token.iri:
            raise self._wrong()
        self._take(token.word)
        return token.iri

    def _peek(self, further: int = 0) -> str:
        """The next sign in capitals; nothing behind the last."""
        place = self._place + further
        return self._tokens[place].word if place < len(self._tokens) else ""

    def _maybe(self, word: str) -> bool:
        if self._peek() != word:
            return False
        self._take(word)
        return True

    def _take(self, word: str) -> None:
        if self._place >= len(self._tokens) or self._peek() != word:
            raise self._wrong()
        self.written.append(self._tokens[self._place].written)
        self._place += 1

    def _wrong(self) -> Refused:
        at = self._tokens[self._place].at if self._place < len(self._tokens) else len(self._update)
        return _unreadable(self._update, at)
