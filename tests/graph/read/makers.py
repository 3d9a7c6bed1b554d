"""Files made by the tests: small DOCX, ODT and PDF, with just the parts that a case is about."""

import io
import zipfile
import zlib

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(*content: str) -> str:
    return "<w:p>" + "".join(each if each.startswith("<") else run(each) for each in content) + "</w:p>"


def docx(*body: str, parts: dict[str, str] | None = None, links: dict[str, str] | None = None) -> bytes:
    """A Word document with a body of paragraphs, further parts, and link targets by their ids."""
    relations = "".join(f'<Relationship Id="{key}" Target="{target}"/>' for key, target in (links or {}).items())
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {W}><w:body>{''.join(body)}</w:body></w:document>",
            "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
            **{name: part.replace("NS", W, 1) for name, part in (parts or {}).items()},
        }
    )


def odt(body: str) -> bytes:
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {ODF}><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        }
    )


class Page:
    """A page of a made PDF: words at places, in points from the lower left corner of 595 by 842."""

    def __init__(self) -> None:
        self.content: list[str] = []
        self.links: list[tuple[tuple[float, float, float, float], str]] = []
        self.quarters, self.rotate = 0, 0
        self.corner = (0.0, 0.0)

    def turned(self, quarters: int, rotate: int | None = None, corner: tuple[float, float] = (0, 0)) -> "Page":
        """Write the page by so many quarter turns on its sheet, whose /Rotate by default turns it back."""
        self.quarters, self.rotate = quarters, 90 * quarters if rotate is None else rotate
        self.corner = corner
        return self

    @property
    def sheet(self) -> str:
        """Return the MediaBox."""
        x, y = self.corner
        width, height = (842, 595) if self.quarters % 2 else (595, 842)
        return f"[{x:g} {y:g} {x + width:g} {y + height:g}]"

    @property
    def matrix(self) -> str:
        """Return the operator that turns upright content on the sheet."""
        x, y = self.corner
        turns = ("1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "0 -1 1 0")
        shifts = ((0, 0), (842, 0), (595, 842), (0, 595))
        right, up = shifts[self.quarters]
        return f"{turns[self.quarters]} {x + right:g} {y + up:g} cm"

    def text(self, x: float, y: float, words: str, size: float = 10, rise: float = 0) -> "Page":
        data = (
            words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").decode("latin-1")
        )
        self.content.append(f"BT /F1 {size} Tf {rise} Ts 1 0 0 1 {x} {y} Tm ({data}) Tj ET")
        return self

    def pieces(self, x: float, y: float, *pieces: tuple[str, float, float]) -> "Page":
        """One line in pieces of words, size and rise."""
        drawn = []
        for words, size, rise in pieces:
            data = words.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)").decode("latin-1")
            drawn.append(f"/F1 {size} Tf {rise} Ts ({data}) Tj")
        self.content.append(f"BT 1 0 0 1 {x} {y} Tm {' '.join(drawn)} ET")
        return self

    def link(self, box: tuple[float, float, float, float], target: str) -> "Page":
        self.links.append((box, target))
        return self


def pdf(*pages: Page, info: dict[str, str] | None = None) -> bytes:
    """A PDF with these pages (ISO 32000-1), in Helvetica with Windows-1252."""
    objects: list[bytes] = [
        b"",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for page in pages:
        stream = zlib.compress("\n".join([page.matrix, *page.content]).encode("latin-1"))
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream))
        content, notes = len(objects), []
        for box, target in page.links:
            place = " ".join(map(str, box))
            objects.append(
                f"<< /Type /Annot /Subtype /Link /Rect [{place}] /A << /S /URI /URI ({target}) >> >>".encode("latin-1")
            )
            notes.append(f"{len(objects)} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox {page.sheet} /Rotate {page.rotate} /Contents {content} 0 R /Annots [{' '.join(notes)}] "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode("latin-1")
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    told = " ".join(f"/{key} ({value})" for key, value in (info or {}).items())
    objects.append(f"<< {told} >>".encode("cp1252"))
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, each in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, each))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(
        b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, len(objects), start)
    )
    return out.getvalue()
