"""Run commands on a real pseudo-terminal, as a person does."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HIDE_CURSOR, SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[=>]")


@dataclass(frozen=True, slots=True)
class Session:
    """Output of a command on its terminal, and its exit code (negative for a signal)."""

    output: str
    code: int

    @property
    def text(self) -> str:
        """The output without escape sequences, with plain line ends."""
        return _ESCAPES.sub("", self.output).replace("\r\n", "\n")

    @property
    def cursor_visible(self) -> bool:
        """Return whether the last escape sequence about the cursor shows it."""
        return self.output.rfind(SHOW_CURSOR) >= self.output.rfind(HIDE_CURSOR)


def run_in_terminal(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    columns: int = 80,
    interrupt_at: str | None = None,
    interrupt_after: float | None = None,
    timeout: float = 60,
) -> Session:
    """Run a command with standard input, output and error on a pseudo-terminal of a size.

    Args:
        interrupt_at: Press Ctrl-C as soon as the output contains this text.
        interrupt_after: Press Ctrl-C after so many seconds.
        timeout: Seconds after which the command is killed and TimeoutError is raised.
    """
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))

    def take_terminal() -> None:
        # make the pty the controlling terminal, so that Ctrl-C reaches the whole foreground group
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    child = subprocess.Popen(
        command, cwd=cwd, env={"TERM": "xterm-256color", **env}, stdin=slave, stdout=slave, stderr=slave,
        start_new_session=True, preexec_fn=take_terminal,
    )  # fmt: skip
    os.close(slave)
    started = time.monotonic()
    received, deadline, interrupted = b"", started + timeout, False
    try:
        while True:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{command} wrote {received[-2000:]!r}")
            if select.select([master], [], [], 0.2)[0]:
                try:
                    chunk = os.read(master, 65536)
                except OSError:  # EIO: every process has closed its side
                    break
                if not chunk:
                    break
                received += chunk
            said = interrupt_at is not None and interrupt_at.encode() in received
            late = interrupt_after is not None and time.monotonic() > started + interrupt_after
            if (said or late) and not interrupted:
                os.write(master, b"\x03")
                interrupted = True
        return Session(received.decode("utf-8", "replace"), child.wait(timeout=10))
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        os.close(master)
