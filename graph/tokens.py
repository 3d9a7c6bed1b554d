"""The signs that SPARQL is written in: the terminals of its grammar (SPARQL 1.1, section 19.8), each as it stands in a text."""

from __future__ import annotations

import re

from graph.patterns import late

_BASE = (
    r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    r"\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_INSIDE = rf"{_BASE}_0-9\-\u00b7\u0300-\u036f\u203f\u2040"
_CHARACTER = rf"[{_INSIDE}]"
_PLAIN = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
# no longer than any prefix, since the search for its colon begins again behind each dot
_PREFIX = rf"(?:[{_BASE}_][{_INSIDE}.]{{,100}}+(?<!\.))?"
# a dot belongs to it where more of the name follows; nothing of it is ever given back (`+`), which saves the memory for that
_LOCAL = rf"(?:[{_BASE}_:0-9]|{_PLAIN})(?:\.*+(?:[{_INSIDE}:]++|{_PLAIN}))*+"
TOKEN = late(
    rf"""(?P<blank>[ \t\r\n]+)
    |(?P<sign>&&|\|\||[{{}}()\[\];.,|/+*!])
    |(?P<string>\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'|\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
    |(?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
    |(?P<comment>\#[^\n\r]*)
    |(?P<variable>[?$][{_BASE}_0-9\u00b7\u0300-\u036f\u203f\u2040]+)
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<name>(?P<prefix>{_PREFIX}):(?P<local>{_LOCAL})?)
    |(?P<word>[{_BASE}_]{_CHARACTER}*)""",
    re.VERBOSE,
)
