"""How names are compared and how they become part of an address."""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a base letter and an accent.
_WHOLE_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe"})
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """`text` in lower case without accents: "Yeşilgöz" becomes "yesilgoz"."""
    if text.isascii():
        return text.lower()
    # Taking apart brings out capitals ("℠") and folding brings out accents ("İ"): apart before and after.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_WHOLE_LETTERS)


@lru_cache(maxsize=10_000)
def slug(text: str) -> str:
    """`text` as part of an address: lower-case ASCII with hyphens, "Sociale Zaken" as "sociale-zaken"."""
    return _NOT_PLAIN.sub("-", fold(text)).strip("-")


@lru_cache(maxsize=10_000)
def squash(text: str) -> str:
    """The letters and digits of `text` alone, for comparing.

    Case, accents, blanks, hyphens and line ends make no difference, so that words broken over two lines
    ("Staatsse-cretaris") compare equal; "&" counts as "en" ("I&W", "IenW").
    """
    return _NOT_PLAIN.sub("", fold(text.replace("&", "en")))
