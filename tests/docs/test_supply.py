"""What comes from others: under licences that are allowed, in versions that were tested together, known by their hashes."""

import re
from importlib.metadata import Distribution, distributions, requires

from conftest import ROOT

ALLOWED = ("0BSD", "Apache", "BSD", "CC0", "ISC", "MIT", "MPL", "Mozilla", "PSF", "Zlib", "W3C")
"""Licences that ask for no more than to be named, or, as that of Mozilla, for the source of their own files."""
INSTALLED = {each.metadata["Name"].lower().replace("_", "-"): each for each in distributions()}


def needed() -> set[str]:
    """The names of all packages that the program needs, by way of others too; what only development needs is left out."""
    found, left = set[str](), ["kamergraaf"]
    while left:
        for each in requires(left.pop()) or ():
            name = re.split(r"[^\w.-]", each)[0].lower().replace("_", "-")
            if "extra ==" not in each and name not in found and name in INSTALLED:
                found.add(name)
                left.append(name)
    return found


def licence(package: Distribution) -> str:
    """What a package says of its licence, in one line."""
    told = package.metadata
    named = [told.get("License-Expression") or "", *(line.removeprefix("License :: ") for line in told.get_all("Classifier") or () if line.startswith("License :: ") and line != "License :: OSI Approved")]  # fmt: skip
    return " ".join(filter(None, named)) or (told.get("License") or "").partition("\n")[0]


def allowed(said: str) -> bool:
    """Whether each licence that must be kept is on the list; of several to choose from one is enough."""
    choices = [re.split(r"\bAND\b|,", choice) for choice in re.split(r"\bOR\b", said)]
    return any(
        all(
            "dependency licenses" in part or (any(name in part for name in ALLOWED) and "GPL" not in part)
            for part in parts
        )
        for parts in choices
    )


def test_every_package_that_is_needed_has_a_licence_on_the_list() -> None:
    said = {name: licence(INSTALLED[name]) for name in needed()}
    assert len(said) > 20
    assert {name: text for name, text in said.items() if not allowed(text)} == {}


def test_a_licence_that_is_not_on_the_list_is_seen() -> None:
    for said in (
        "",
        "AGPL-3.0-only",
        "MIT AND GPL-3.0-or-later",
        "Proprietary",
        "GNU General Public License v2 (GPLv2)",
    ):
        assert not allowed(said)
    assert allowed("GPL-2.0-only OR MIT")


def pinned(name: str) -> dict[str, str]:
    lines = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    return {package.lower().replace("_", "-"): version for package, version in lines}


def test_the_hashes_are_those_of_the_versions_that_were_tested() -> None:
    """The command that writes them is in CONTRIBUTING.md."""
    assert pinned("constraints-hashes.txt") == pinned("constraints.txt")
    text = (ROOT / "constraints-hashes.txt").read_text("utf-8")
    for entry in re.split(r"\n(?=\w)", text.strip()):
        assert re.fullmatch(r"[\w.-]+==\S+( \\\n {4}--hash=sha256:[0-9a-f]{64})+", entry), entry[:100]


def test_whatever_is_needed_is_pinned() -> None:
    assert needed() - set(pinned("constraints.txt")) == set()
