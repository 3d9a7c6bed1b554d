"""The version of the program: that of pyproject.toml, in a checkout and where it is installed."""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from pathlib import Path


def _read() -> str:
    # a checkout beside an older installation has its own version
    project = Path(__file__).parents[1] / "pyproject.toml"
    try:
        told = tomllib.loads(project.read_text("utf-8"))["project"]
        if told["name"] == "kamergraaf":
            return str(told["version"])
    except (OSError, ValueError, KeyError):
        pass
    return version("kamergraaf")


__version__ = _read()
