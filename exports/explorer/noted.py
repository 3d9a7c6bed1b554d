"""The file of corrections that readers add to: read when it changes, and added to under a lock, whole or not at all."""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import portalocker

from exports.files import writing
from graph.corrections import Correction, Corrections, CorrectionsError, added, read
from graph.model import Span
from ontology.regular import read_regular

_PATIENCE = 10
"""Seconds that one who adds waits for another."""


class Noted:
    """A file of corrections, which need not be there yet, and the token that forms of ours bear."""

    def __init__(self, path: Path) -> None:
        """Read it. Raises CorrectionsError for a file that is broken, or that could not be written."""
        self.path = path.resolve()
        self._token = secrets.token_urlsafe(24)
        self._stamp: tuple[int, int, int] | None = None
        self._read = Corrections()
        self.corrections()
        if not os.access(self.path.parent, os.W_OK):
            raise CorrectionsError(f"{path} cannot be written: its folder is not there, or is not yours to write in")

    @property
    def token(self) -> str:
        """What a form must bear to be one of ours; another each time the pages are served."""
        return self._token

    def fits(self, token: str) -> bool:
        """Whether that is the token, in a time that tells nothing of it."""
        return hmac.compare_digest(self._token.encode(), token.encode("utf-8", "surrogatepass"))

    def corrections(self) -> Corrections:
        """Those in the file as it is now. Raises CorrectionsError."""
        try:
            now = self.path.stat()
        except FileNotFoundError:
            return Corrections()
        stamp = (now.st_mtime_ns, now.st_size, now.st_ino)
        if stamp != self._stamp:
            self._read, self._stamp = Corrections.load(self.path), stamp
        return self._read

    def at(self, paper: str, span: Span, kind: str) -> Correction | None:
        """The correction that counts for a place: that of its kind, else the only one there is. Raises CorrectionsError."""
        here = [each for each in self.corrections().of(paper) if each.span == span]
        same = [each for each in here if each.kind == kind]
        return same[0] if same else here[0] if len(here) == 1 else None

    def add(self, correction: Correction) -> None:
        """Put a correction behind those that are there. Raises CorrectionsError for a file that broke, and OSError."""
        with self._held():
            before = self.content()
            if before:
                read(self.path)
            with writing(self.path) as file:
                file.write(added(before, correction))

    def content(self) -> bytes:
        """The file as it is; empty where there is none yet. Raises OSError."""
        try:
            return read_regular(self.path)
        except FileNotFoundError:
            return b""

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Nobody else adds to the file, in this process or another. Raises OSError where it takes too long."""
        try:
            with portalocker.Lock(self.path.with_name(f".{self.path.name}.lock"), "a", timeout=_PATIENCE):
                yield
        except portalocker.LockException as error:
            raise OSError("somebody else is adding to it") from error
