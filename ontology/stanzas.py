"""Turtle files read as stanzas: one subject with what is said of it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from ontology.regular import read_regular
from ontology.terms import KG, PREFIXES

_RDF_TYPE = PREFIXES["rdf"] + "type"


class RegisterError(Exception):
    """A register that cannot be used; `path` is the file, `place` the line or the stanza."""

    def __init__(self, path: Path, place: str, problem: str) -> None:
        super().__init__(f"{path}, {place}: {problem}")
        self.path = path
        self.place = place
        self.problem = problem


_Node = ox.NamedNode | ox.BlankNode
_Statements = dict[_Node, dict[str, list[_Node | ox.Literal]]]


class Stanza:
    """A subject of a file and its statements; properties are given as prefixed names ("skos:notation")."""

    __slots__ = ("_file", "_statements", "_subject", "classes", "iri", "path")

    def __init__(self, path: Path, subject: _Node, file: _Statements) -> None:
        self.path = path
        self.iri = subject.value
        self._subject = subject
        self._file = file
        self._statements = file.get(subject, {})
        # Names of our own classes without the namespace; those of others say nothing here.
        self.classes = {
            term.value.removeprefix(KG) for term in self._statements.get(_RDF_TYPE, ()) if term.value.startswith(KG)
        }

    def all(self, prefixed: str) -> list[str]:
        """All values of a property, as text, in the order of the file."""
        return [term.value for term in self._statements.get(_expand(prefixed), ())]

    def first(self, prefixed: str) -> str | None:
        """The first value of a property, if any."""
        values = self.all(prefixed)
        return values[0] if values else None

    def need(self, prefixed: str) -> str:
        """The value of a property that must be there; RegisterError if it is not."""
        value = self.first(prefixed)
        if not value:
            raise self.error(f"{prefixed} is missing; add it to this stanza")
        return value

    def label(self, language: str) -> str:
        """The skos:prefLabel in a language; the Dutch one must be there."""
        for term in self._statements.get(_expand("skos:prefLabel"), ()):
            if isinstance(term, ox.Literal) and (term.language or "nl") == language:
                return term.value
        if language == "nl":
            raise self.error('a skos:prefLabel in Dutch is missing; add skos:prefLabel "..."@nl')
        return ""

    def day(self, prefixed: str) -> date | None:
        """The date that a property gives, if any; RegisterError if it is not written as 2023-09-05."""
        value = self.first(prefixed)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise self.error(f"{prefixed} is {value!r}; write a date as 2023-09-05") from None

    def nodes(self, prefixed: str) -> Iterator["Stanza"]:
        """The nodes that a property leads to, as stanzas."""
        for term in self._statements.get(_expand(prefixed), ()):
            if not isinstance(term, ox.Literal):
                yield Stanza(self.path, term, self._file)

    @property
    def typed(self) -> bool:
        """Whether the stanza says of what class it is, ours or another's."""
        return _RDF_TYPE in self._statements

    def words(self) -> set[str]:
        """The addresses of the properties and classes that the stanza and the nodes within it use."""
        said = list(self.triples())
        classes = (each.object for each in said if each.predicate.value == _RDF_TYPE)
        return {each.predicate.value for each in said} | {
            each.value for each in classes if isinstance(each, ox.NamedNode)
        }

    def triples(self) -> Iterator[ox.Triple]:
        """All that the stanza says, with the nodes without address within it."""
        for predicate, objects in self._statements.items():
            for each in objects:
                yield ox.Triple(self._subject, ox.NamedNode(predicate), each)
                if isinstance(each, ox.BlankNode):
                    yield from Stanza(self.path, each, self._file).triples()

    def error(self, problem: str) -> RegisterError:
        """The error that says what is wrong with this stanza."""
        return RegisterError(self.path, f"stanza <{self.iri}>", problem)


def read_stanzas(path: Path) -> list[Stanza]:
    """The stanzas of a Turtle file that have an address of their own, in the order of the file.

    Raises RegisterError if the file cannot be read or is not Turtle.
    """
    file: _Statements = defaultdict(lambda: defaultdict(list))
    try:
        for quad in ox.parse(read_regular(path), format=ox.RdfFormat.TURTLE):
            file[quad.subject][quad.predicate.value].append(quad.object)
    except SyntaxError as error:
        raise RegisterError(path, f"line {error.lineno}", f"this is not Turtle: {error.msg}") from error
    except OSError as error:
        raise RegisterError(path, "the file", f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise RegisterError(path, "the file", f"cannot be read: {error}") from error
    return [Stanza(path, subject, file) for subject in list(file) if isinstance(subject, ox.NamedNode)]


def _expand(prefixed: str) -> str:
    prefix, _, name = prefixed.partition(":")
    return PREFIXES[prefix] + name
