"""The reference of the Python interface, made from signatures and docstrings."""

from __future__ import annotations

import inspect
from typing import Any

import graph
import ontology
from docs.maker.pages import Page, rendered
from graph.result import Result
from graph.view import View
from ontology.registers import Registers

SHOWN: tuple[tuple[str, Any], ...] = (
    ("graph.references", graph.references),
    ("graph.paper", graph.paper),
    ("graph.Graph", graph.Graph),
    ("graph.Link", graph.Link),
    ("graph.result.Result", Result),
    ("graph.view.View", View),
    ("ontology.who", ontology.who),
    ("ontology.posts", ontology.posts),
    ("ontology.registers.Registers", Registers),
)


def page() -> Page:
    """What other programs may use."""
    return rendered("python", "# Python\n\n" + "\n".join(_told(name, each) for name, each in SHOWN))


def _told(name: str, thing: Any) -> str:
    lines = [f"## {name}", "", _signed(name, thing), "", inspect.getdoc(thing) or "", ""]
    if inspect.isclass(thing):
        for member, each in vars(thing).items():
            function = each.__func__ if isinstance(each, classmethod) else each
            if not member.startswith("_") and inspect.isfunction(function) and function.__doc__:
                lines += [_signed(f"{name}.{member}", function), "", inspect.getdoc(function) or "", ""]
    return "\n".join(lines)


def _signed(name: str, thing: Any) -> str:
    """The call with its parameters, without what Python itself adds."""
    signature = str(inspect.signature(thing)).replace("(self, ", "(").replace("(self)", "()")
    return f"```python\n{name}{signature.replace('(cls, ', '(')}\n```"
