"""The error that reading raises, and its special case."""

from __future__ import annotations


class ReadError(Exception):
    """A file that cannot be read: `name` of the file and the `reason` in words for people."""

    def __init__(self, name: str, reason: str) -> None:
        """Keep both apart, so that a report can list them; a reason is one line, whatever a library put in it."""
        reason = " ".join(reason.split())
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str]]:
        """Travel between processes with both fields."""
        return type(self), (self.name, self.reason)


class NoPaperError(ReadError):
    """A sound file that is no paper, such as JSON of another program: an error only for who asked for this file by name."""
