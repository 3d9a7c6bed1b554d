"""Files that were made to harm who reads them, of every format: bombs, depth, loops, lies, damage, calls to other hosts."""

from __future__ import annotations

import io
import json
import random
import zipfile

from makers import ODF, Page, W, docx, odt, par, pdf, zipped
from test_damage import SEEDS
from test_work import HEAD, nested_forms, pdf_of, stream, stream_bomb

TEXT = "Zie Kamerstuk 33279-40."
ENTITIES = (
    '<!DOCTYPE a [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)


def bomb(name: str, megabytes: int) -> bytes:
    """A zip file with a part of blanks that unpacks to so many MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file, file.open(name, "w", force_zip64=True) as part:
        for _ in range(megabytes):
            part.write(b" " * 1_000_000)
    return out.getvalue()


def in_word(xml: str) -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


def in_odt(xml: str) -> bytes:
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": xml})


def calls(port: int) -> dict[str, bytes]:
    """Files that would make a careless reader ask another host, here this one, for something."""
    url = f"http://127.0.0.1:{port}/x"
    entity, outer = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{url}">]>', f'<!DOCTYPE a SYSTEM "{url}">'
    parameter = f'<!DOCTYPE a [<!ENTITY % e SYSTEM "{url}"> %e;]>'
    included = (
        f'<kamerstuk xmlns:xi="http://www.w3.org/2001/XInclude"><al>{TEXT}</al><xi:include href="{url}"/></kamerstuk>'
    )
    sheet = f'<?xml-stylesheet href="{url}" type="text/xsl"?><kamerstuk><al>{TEXT}</al></kamerstuk>'
    schema = f'<kamerstuk xmlns:x="http://www.w3.org/2001/XMLSchema-instance" x:noNamespaceSchemaLocation="{url}"><al>{TEXT}</al></kamerstuk>'
    page = f'<p>{TEXT}</p><img src="{url}"><link rel="stylesheet" href="{url}"><iframe src="{url}"></iframe><script src="{url}"></script>'
    relation = f'<Relationships><Relationship Id="r1" TargetMode="External" Target="{url}" Type="attachedTemplate"/></Relationships>'
    files = {
        "call-entity.xml": f"{entity}<kamerstuk><al>&e; {TEXT}</al></kamerstuk>",
        "call-outer.xml": f"{outer}<kamerstuk><al>{TEXT}</al></kamerstuk>",
        "call-parameter.xml": f"{parameter}<kamerstuk><al>{TEXT}</al></kamerstuk>",
        "call-include.xml": included, "call-sheet.xml": sheet, "call-schema.xml": schema,
        "call-page.html": page, "call-base.html": f'<base href="{url}"><p>{TEXT}</p><object data="{url}"></object>',
        "call-refresh.html": f'<meta http-equiv="refresh" content="0;url={url}"><p>{TEXT}</p>',
        "call-context.json": json.dumps({"@context": url, "Nummer": "2024Z03622", "Titel": TEXT}),
    }  # fmt: skip
    data = {name: text.encode() for name, text in files.items()}
    data["call-entity.docx"] = in_word(f"{entity}<w:document {W}><w:body>{par('&e; ' + TEXT)}</w:body></w:document>")
    data["call-template.docx"] = docx(par(TEXT), parts={"word/_rels/settings.xml.rels": relation})
    data["call-entity.odt"] = in_odt(f"{entity}<office:document-content {ODF}><office:body><office:text><text:p>&e; {TEXT}</text:p></office:text></office:body></office:document-content>")  # fmt: skip
    data["call-link.odt"] = odt(f"<text:p>{TEXT}<draw:image xlink:href='{url}'/></text:p>")
    return data


def harmful() -> dict[str, bytes]:
    """The rest, by their names."""
    chance, files = random.Random(7), dict[str, bytes]()
    for name in ("a.pdf", "a.docx", "a.odt", "a.xml", "a.html", "a.json"):
        suffix, data = name[1:], SEEDS[name]
        files[f"empty{suffix}"] = b""
        files[f"zeros{suffix}"] = bytes(10_000)
        files[f"noise{suffix}"] = data[:8] + chance.randbytes(20_000)
        files[f"half{suffix}"] = data[: len(data) // 2]
        files[f"start{suffix}"] = data[:10]
    files |= {
        "forms.pdf": nested_forms(), "bomb.pdf": stream_bomb(), "itself.pdf": pdf_of(*HEAD, stream(b"/X Do"), stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>")),
        "cyclic.pdf": pdf_of(HEAD[0], b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"), "many.pdf": pdf_of(HEAD[0], b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>", HEAD[2], stream(b"")),
        "deep.pdf": pdf_of(HEAD[0], b"[" * 100_000), "header.pdf": b"%PDF-1.7\n", "blank.pdf": pdf(Page()),
        "bomb.docx": bomb("word/document.xml", 600), "bomb.odt": bomb("content.xml", 600), "parts.docx": zipped({f"word/{n}": "" for n in range(20_000)}),
        "laughs.docx": in_word(f"{ENTITIES}<w:document {W}><w:body>{par('&a9;')}</w:body></w:document>"), "deep.docx": in_word("<w:p>" * 100_000), "none.docx": zipped({"[Content_Types].xml": "<Types/>"}),
        "up.docx": zipped({"../../word/document.xml": "<a/>", "/tmp/x": "x"}), "old.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), "blank.docx": docx(par("")),
        "laughs.odt": in_odt(f"{ENTITIES}<a>&a9;</a>"), "deep.odt": in_odt("<a>" * 100_000), "blank.odt": odt(""), "none.odt": zipped({"mimetype": "application/vnd.oasis.opendocument.text"}),
        "laughs.xml": f"{ENTITIES}<kamerstuk><al>&a9;</al></kamerstuk>".encode(), "deep.xml": b"<kamerstuk>" + b"<al>" * 200_000, "other.xml": b"<svg><rect/></svg>", "open.xml": b"<kamerstuk><al>", "two.xml": b"<a/><b/>",
        "local.xml": b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><kamerstuk><al>&e;</al></kamerstuk>', "encoding.xml": b'<?xml version="1.0" encoding="nonsense"?><kamerstuk/>', "blank.xml": b"<kamerstuk/>",
        "deep.json": b"[" * 200_000, "number.json": b'{"Nummer": ' + b"9" * 100_000 + b"}", "open.json": b'{"Nummer": "2024Z03622"', "other.json": b"[1, 2, 3]", "null.json": b"null",
        "comments.html": b"<!--" * 200_000, "blank.html": b"<p> </p>", "script.html": b"<script>Kamerstuk 33279-40</script>", "tags.html": b"<" * 500_000,
        "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(50), "program.txt": b"\x7fELF" + bytes(500), "nul.txt": bytes(10_000), "controls.txt": bytes(range(1, 32)) * 50, "blank.txt": b" \n" * 1000, "noise.md": b"\x00\x01\x02" * 5000,
        "packed.txt": b"\x1f\x8b" + chance.randbytes(500), "pdf.txt": b"%PDF-1.7\n" + chance.randbytes(500), "rich.txt": b"{\\rtf1 Kamerstuk 33279-40}", "nothing.md": b"",
    }  # fmt: skip
    return files
