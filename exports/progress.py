"""Progress of long work: one bar for all commands, on a terminal only.

The bar shows how much is done, the rate, the time left and the name of what was done last. With `--verbose` each name is a
line instead; with `--quiet`, and where standard error is no terminal, nothing is written and rich is not imported.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from exports.messages import printable
from exports.terminal import err, is_quiet, is_verbose, say

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.measure import Measurement
    from rich.progress import Task

    from exports.steps import Step

_BAR = 20
"""Columns of the bar itself; names get what the line has left."""


@contextmanager
def progress(task: str, hidden: bool = False) -> Iterator[Step]:
    """Show a progress bar for a task such as "reading", unless `hidden`, and give the callback that moves it."""
    if is_verbose():
        yield lambda completed, total, name: say(f"{task} {completed}/{total} {name}")
    elif hidden or is_quiet() or not sys.stderr.isatty() or err().is_dumb_terminal:
        yield lambda _completed, _total, _name: None
    else:
        with _bar(task) as step:
            yield step


@contextmanager
def _bar(task: str) -> Iterator[Step]:
    from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn
    from rich.table import Column
    from rich.text import Text

    class Done(ProgressColumn):
        """Completed of total, rate and time left; each as soon as it is known."""

        def render(self, task: Task) -> Text:
            told = [f"{task.completed:.0f}/{task.total:.0f}"] if task.total else []
            if task.speed:
                told.append(f"{task.speed:.{0 if task.speed >= 10 else 1}f}/s")
            if task.time_remaining is not None and not task.finished:
                hours, seconds = divmod(int(task.time_remaining), 3600)
                told.append(f"{hours}:{seconds // 60:02}:{seconds % 60:02} left")
            return Text("  ".join(told), no_wrap=True)

    class Name(ProgressColumn):
        """The name, cut to the width that is left."""

        def render(self, task: Task) -> _Tail:
            return _Tail(task.fields["name"])

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(_BAR),
        Done(Column(no_wrap=True)),
        Name(Column(ratio=1, no_wrap=True)),
    )
    bar = Progress(*columns, console=err(), transient=True, expand=True)
    this = bar.add_task(task, total=None, name="")
    try:
        # inside, since Ctrl-C while it starts would else leave the cursor hidden
        bar.start()
        yield lambda completed, total, name: bar.update(this, completed=completed, total=total, name=name)
    finally:
        bar.stop()


class _Tail:
    """A name on one line, without its beginning where it is too long: the end tells files of one folder apart."""

    def __init__(self, name: str) -> None:
        self._name = printable(name)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Give the end of the name that fits."""
        from rich.text import Text

        yield Text(shortened(self._name, options.max_width), no_wrap=True, end="")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Take any width that is left."""
        from rich.measure import Measurement

        return Measurement(0, options.max_width)


def shortened(name: str, width: int) -> str:
    """Return the end of a name that takes at most `width` columns of a terminal, with an ellipsis where it was cut."""
    from rich.cells import cell_len

    if cell_len(name) <= width:
        return name
    while name and cell_len(name) > width - 1:
        name = name[1:]
    return f"…{name}" if width > 0 else ""
