"""What would keep the first reader waiting, done before there is one: templates and patterns compiled, the overview drawn."""

from __future__ import annotations

from exports.explorer.index import Index
from exports.explorer.pages import compile_templates
from exports.explorer.seen import Told
from exports.explorer.showing import shown
from exports.explorer.state import State
from exports.explorer.words import LANGUAGES, Say
from graph.find import references


def warm(index: Index) -> None:
    """Make ready what all pages have in common; what a page needs of one thing is looked up when it is asked for."""
    compile_templates()
    references("Kamerstuk 1")
    for language in LANGUAGES:
        shown(index, State(), Told(), 1, Say(language))
