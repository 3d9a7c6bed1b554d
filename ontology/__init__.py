"""What there is: the ontology, the shapes a graph must have, and the registers of names.

from ontology import posts, who
print([term.person.surname for term in who("minister van Buitenlandse Zaken", date(2023, 10, 1))])
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ontology.registers import Registers, Term


@cache
def _registers() -> Registers:
    from ontology.registers import Registers

    return Registers.load()


def who(post: str, day: date) -> tuple[Term, ...]:
    """Who held a post on a day: its notation ("office:minister-defensie") or its words ("minister van Defensie").

    The terms of all who did: two on the day of a handover, nobody for a post that the registers do not know.
    """
    registers = _registers()
    role, _, portfolio = post.strip().replace(" voor ", " van ", 1).partition(" van ")
    known = registers.post_for(role, portfolio)
    return registers.who(known.notation if known else post, day)


def posts(person: str, day: date | None = None) -> tuple[Term, ...]:
    """The posts that a person held, all of them or those on a day: by notation ("person:rutte") or name ("Mark Rutte").

    People who share the name are all in it.
    """
    registers = _registers()
    if person.startswith("person:"):
        return registers.posts_of(person, day)
    named = {each.iri for each in registers.people_named(person)}
    return tuple(term for term in registers.terms if term.person.iri in named and (day is None or term.covers(day)))


__all__ = ["posts", "who"]
