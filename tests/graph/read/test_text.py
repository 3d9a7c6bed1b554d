"""Plain text, and files that are not what their name says."""

import pytest

from graph import references
from graph.read import LARGEST, ReadError, read, read_bytes


@pytest.mark.parametrize(("data", "reason"), [
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "PNG picture"),
    (b"\xff\xd8\xff\xe0" + b"x" * 100, "JPEG picture"),
    (bytes(range(256)) * 40, "binary data"),
    (b"", "empty"),
    (b" \n\t", "empty"),
    (b"PK\x03\x04" + b"\0" * 100, r"this is not a text file: it is a zip archive"),
])  # fmt: skip
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        read_bytes("paper.txt", data)
    assert caught.value.name == "paper.txt"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_told_apart(encoding: str) -> None:
    text = "Coördinatie ‘Oekraïne’, zie Kamerstuk 33279-40.\n"
    assert read_bytes("a.txt", text.encode(encoding)).text == text


def test_stray_controls_are_replaced_one_for_one_and_counted() -> None:
    document = read_bytes("a.txt", b"nr.\x0040 \x07 " + b"tekst " * 50)
    assert document.text.startswith("nr.\ufffd40 \ufffd ")
    assert document.metadata["replaced"] == "2"


def test_a_file_that_is_far_too_large_is_refused_unread(tmp_path) -> None:
    path = tmp_path / "line.txt"
    with path.open("wb") as file:
        file.truncate(2 * LARGEST)
    with pytest.raises(ReadError, match="200 MB"):
        read(path)


def test_a_missing_file_is_named(tmp_path) -> None:
    with pytest.raises(ReadError, match="cannot be opened"):
        read(tmp_path / "none.txt")


def test_the_name_of_the_file_is_a_hint_of_last_resort(tmp_path) -> None:
    from graph import paper

    path = tmp_path / "kst-33279-40.txt"
    path.write_text("Een tekst zonder nummer.")
    assert (paper(path).profile.id, paper(path).profile.id_reason) == ("kst-33279-40", "the name of the file")
    path.write_text("Een tekst.\nkst-33279-41\n")
    assert (paper(path).profile.id, paper(path).profile.id_reason) == ("kst-33279-41", "written on the paper")


@pytest.mark.parametrize(
    "words", ["Kamer\u00adstuk 33279-40", "Kamerstuk\u00a033\u00a0279, nr.\u202f40", "Kamer\u200bstuk 33279-40"]
)
def test_disguised_characters_change_no_offsets(words: str) -> None:
    text = f"Zie {words}."
    (link,) = references(text)
    assert (link.id, text[link.span.start : link.span.end]) == ("kst-33279-40", words)
