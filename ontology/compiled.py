"""Registers in a form that loads fast, kept in the user's cache folder.

The form is JSON: a cache may be written by others, and what is read from it must never run. A file is named by the hash of
its sources and of the code that reads them, so that it is never stale; it is written under a name of its own and then
renamed, so that two processes do not meet; and it begins with the hash of what follows, so that a damaged one is not used.
A cache that cannot be written is done without.
"""

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from ontology.collecting import uncollected
from ontology.entries import Entry, Name, Person, Post, Term
from ontology.reading import Content
from ontology.regular import read_regular
from ontology.stanzas import RegisterError

VARIABLE = "KAMERGRAAF_CACHE"
"""The environment variable that says where the cache is, if not where the system has its caches."""

_CODE = ("entries.py", "reading.py", "compiled.py", "stanzas.py", "checking.py", "shapes.ttl", "kamergraaf.ttl")
"""What decides, beside the sources, on what is in a compiled form."""
_KEPT = 8


def folder() -> Path | None:
    """The cache folder, which need not exist; None where there is no place for one."""
    if own := os.environ.get(VARIABLE):
        return Path(own)
    try:
        if sys.platform == "win32":
            return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "kamergraaf" / "cache"
        if sys.platform == "darwin":
            return Path.home() / "Library/Caches/kamergraaf"
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kamergraaf"
    except RuntimeError:  # nobody's home
        return None


def fingerprint(paths: Iterable[Path]) -> str:
    """The hash of the content of files, in their order. Raises RegisterError for one that cannot be read."""
    digest = hashlib.sha256()
    for path in paths:
        try:
            data = read_regular(path)
        except OSError as error:
            raise RegisterError(path, "the file", f"cannot be read: {error.strerror or error}") from error
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def place(paths: Iterable[Path]) -> Path | None:
    """Where the compiled form of these files is or would be; None without a cache or for files that cannot be read."""
    try:
        where = folder()
        code = [Path(__file__).with_name(name) for name in _CODE]
        return where / f"registers-{fingerprint([*code, *paths])[:32]}.json" if where else None
    except RegisterError:
        return None


@uncollected()
def load(path: Path | None) -> Content | None:
    """What a compiled form holds; None if there is none that can be used."""
    try:
        digest, _, data = read_regular(path).partition(b"\n") if path else (b"", b"", b"")
        if not data or hashlib.sha256(data).hexdigest().encode() != digest:
            return None
        return _content(json.loads(data))
    except (OSError, ValueError, TypeError, LookupError):
        return None


def save(path: Path | None, content: Content) -> None:
    """Keep the compiled form of registers, if that is possible, and let go of the oldest ones."""
    if path is None:
        return
    import tempfile  # late, since it loads much that is needed only here

    data = json.dumps(_plain(content), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".registers-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        others = sorted(path.parent.glob("registers-*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
        for old in others[_KEPT:]:
            old.unlink(missing_ok=True)


def _plain(content: Content) -> dict[str, Any]:
    """The content as lists; terms give the places of their person and post."""
    people = {person.iri: place for place, person in enumerate(content.people)}
    posts = {post.iri: place for place, post in enumerate(content.posts)}
    return {
        "entries": [
            [each.kind, each.notation, each.iri, each.label_nl, each.label_en, each.names, each.page, each.concluded]
            for each in content.entries
        ],
        "people": [_person(each) for each in content.people],
        "members": [_person(each) for each in content.members],
        "posts": [
            [each.notation, each.iri, each.role, each.portfolio, each.label_nl, each.label_en, each.ministry]
            for each in content.posts
        ],
        "terms": [
            [people[each.person.iri], posts[each.post.iri], each.start.isoformat(),
             each.end and each.end.isoformat(), each.note]
            for each in content.terms
        ],
        "post_names": [[name, posts[post.iri]] for name, post in content.post_names],
    }  # fmt: skip


def _person(each: Person) -> list[Any]:
    return [each.notation, each.iri, each.given, each.initials, each.surname, each.party, each.names]


def _content(told: Any) -> Content:
    people = [Person(*[*first, tuple(names)]) for *first, names in told["people"]]
    posts = [Post(*each) for each in told["posts"]]
    return Content(
        tuple(
            Entry(
                kind,
                notation,
                iri,
                label_nl,
                label_en,
                tuple([Name(text, exact, tuple(needs)) for text, exact, needs in names]),
                page,
                concluded,
            )
            for kind, notation, iri, label_nl, label_en, names, page, concluded in told["entries"]
        ),
        tuple(people),
        tuple(posts),
        tuple(
            Term(people[person], posts[post], date.fromisoformat(start), date.fromisoformat(end) if end else None, note)
            for person, post, start, end, note in told["terms"]
        ),
        tuple((name, posts[post]) for name, post in told["post_names"]),
        tuple(Person(*[*first, tuple(names)]) for *first, names in told["members"]),
    )
