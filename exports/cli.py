"""The command `kamergraaf`, put together."""

from __future__ import annotations

import os
import sys

# the number library would start a thread a core, which takes longer than a letter; the picture does well without
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# in the order in which --help lists them
from exports.commands import (
    asking,
    building,
    checking,
    keeping,
    measuring,
    pushing,
    reading,
    serving,
    spreading,
    writing,
)  # isort: skip
from exports.terminal import app, complain

__all__ = [
    "app",
    "asking",
    "building",
    "checking",
    "keeping",
    "main",
    "measuring",
    "pushing",
    "reading",
    "serving",
    "spreading",
    "writing",
]


def main() -> None:
    """Run the command; a pipe that is closed is no error, and a register, list or correction that cannot be used is named."""
    try:
        app(prog_name="kamergraaf")
    except (BrokenPipeError, SystemExit) as ended:
        # the library of commands makes an exit with 1 of a closed pipe, and one with 130 of Ctrl-C
        if isinstance(ended, BrokenPipeError) or isinstance(ended.__context__, BrokenPipeError):
            # whatever is still in the buffer has nowhere to go
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        if ended.__context__ and isinstance(ended.__context__.__cause__, KeyboardInterrupt):
            complain("interrupted")
        raise
    except _unusable() as error:
        complain(str(error))
        sys.exit(1)
    except Exception as error:
        full = _no_space(error)
        if not full:
            raise
        # what is still in the buffer would fail once more
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        complain(str(full))
        sys.exit(1)


def _no_space(error: Exception) -> str:
    """Return the sentence for a full disk, where that is what ended the command."""
    import tempfile
    from pathlib import Path

    from graph.disk_full import no_space

    written = Path(os.path.realpath("/dev/stdout"))
    places = (Path.cwd(), Path(tempfile.gettempdir()), *([written] if written.is_file() else []))
    return no_space(error, *places)


def _unusable() -> tuple[type[Exception], ...]:
    """What tells that a register, list or correction cannot be used; loaded where something was raised, since it takes time."""
    from graph.corrections import CorrectionsError
    from graph.known import KnownError
    from ontology.registers import RegisterError

    return RegisterError, KnownError, CorrectionsError


if __name__ == "__main__":
    main()
