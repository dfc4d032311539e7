"""Bytes to text and back."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.decode import (
    DecodeError,
    EncodeError,
    decode,
    encode,
    line_end_edits,
    with_own_line_ends,
)
from normalize.edits import Edit, EditedText, apply, check_edits, undo

MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
SETTINGS = (None, "cp1252", "latin-1", "utf-16", "utf-16-le", "shift_jis", "utf-7", "iso2022_jp")

printable = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\r\t"))


@given(st.binary(), st.sampled_from(SETTINGS))
def test_what_is_decoded_comes_back(data: bytes, encoding: str | None) -> None:
    try:
        decoded = decode(data, encoding)
    except DecodeError:
        return
    assert encode(decoded, decoded.text) == data


@given(printable, st.sampled_from(sorted(MARKS)))
def test_a_mark_is_believed_and_kept(text: str, encoding: str) -> None:
    data = MARKS[encoding] + text.encode(encoding)
    decoded = decode(data)
    if encoding == "utf-16-le" and text.startswith("\0"):
        return  # the same bytes as UTF-32
    assert (decoded.text, decoded.encoding, decoded.bom) == (text, encoding, True)
    assert encode(decoded, decoded.text) == data
    assert encode(decoded, "neu") == MARKS[encoding] + "neu".encode(encoding)


@given(printable, st.sampled_from(SETTINGS))
def test_utf8_comes_before_the_setting(text: str, encoding: str | None) -> None:
    decoded = decode(text.removeprefix("\ufeff").encode(), encoding)
    assert (decoded.text, decoded.encoding, decoded.bom) == (
        text.removeprefix("\ufeff"),
        "utf-8",
        False,
    )


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode(b"").text == ""
    assert encode(decode(b""), "") == b""


def test_the_setting_serves_what_is_not_utf8() -> None:
    assert decode("été".encode("cp1252"), "windows-1252").text == "été"
    assert decode("été".encode("utf-16-le"), "utf-16").text == "été"
    assert decode("ete".encode("utf-16-be"), "utf-16-be").text == "ete"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            "Un.\nL'été".encode("cp1252"),
            "not valid UTF-8: byte 0xE9 at offset 6 (line 2); "
            'it looks like windows-1252: try encoding = "cp1252"',
        ),
        (
            "L'été à Düsseldorf, déjà".encode() + b" \xff.",
            "not valid UTF-8: byte 0xFF at offset 31 (line 1); "
            "most of the rest is UTF-8, so the file is damaged there",
        ),
        (
            "été".encode()[:-1],
            "not valid UTF-8: the file ends inside a character (byte 0xC3 at offset 3 (line 1))",
        ),
        (
            b"\x81\x8d",
            "not valid UTF-8: byte 0x81 at offset 0 (line 1); "
            'if it is text, name its encoding, such as encoding = "latin-1"',
        ),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is not text: byte 0x89 at offset 0 (line 1)"),
        (b"GIF89a\x01\x00\x01\x00", "is not text: byte 0x01 at offset 6 (line 1)"),
        (b"one\x00two", "is not text: byte 0x00 at offset 3 (line 1)"),
        (
            "Le texte".encode("utf-16-le"),
            'looks like utf-16-le without a byte-order mark: try encoding = "utf-16-le"',
        ),
        (
            "Le texte".encode("utf-16-be"),
            'looks like utf-16-be without a byte-order mark: try encoding = "utf-16-be"',
        ),
        (
            codecs.BOM_UTF16_LE + b"a",
            "not valid UTF-16-LE, which its byte-order mark names: byte 0x61 at offset 2 (line 1)",
        ),
    ],
)
def test_errors_say_where_and_what_to_try(data: bytes, message: str) -> None:
    with pytest.raises(DecodeError) as caught:
        decode(data)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"\xe9", "klingon", "'klingon' is not an encoding of text"),
        (b"\xe9", "rot13", "'rot13' is not an encoding of text"),
        (b"\xe9\x81", "cp1252", "not cp1252: byte 0x81 at offset 1"),
        (b"\xe9" + b"\x01" * 9, "latin-1", "is not text in latin-1"),
        (b"\xff+AGE-", "utf-7", "not utf-7"),
        (b"\x80\x00", "utf-16", "too many|same bytes|is not text|not utf-16"),
    ],
)
def test_a_setting_that_does_not_fit_is_an_error(data: bytes, encoding: str, message: str) -> None:
    if encoding == "utf-16":
        assert decode(data, encoding).text == "\x80"
        return
    with pytest.raises(DecodeError, match=message):
        decode(data, encoding)


def test_a_stray_control_character_is_no_reason_to_refuse_a_text() -> None:
    text = "Le ministre a parlé." * 10 + "\x00"
    assert decode(text.encode()).text == text


def test_valid_utf8_with_many_control_characters_is_no_text() -> None:
    data = ("0" * 47 + "\x1f\u0800").encode()  # more than a share of characters, not of bytes
    with pytest.raises(DecodeError, match="is not text: byte 0x1F at offset 47"):
        decode(data)


def test_text_that_the_encoding_cannot_hold_is_an_error() -> None:
    decoded = decode("été".encode("cp1252"), "cp1252")
    with pytest.raises(
        EncodeError, match=r"U\+2192 at character 3 \(line 2\) cannot be written in cp1252"
    ):
        encode(decoded, "a\nb→")


@given(st.text(st.sampled_from("ab\r\n\u2028")))
def test_line_ends_become_line_feeds(text: str) -> None:
    edits = line_end_edits(text)
    check_edits(text, edits)
    clean = apply(text, edits)
    assert clean == text.replace("\r\n", "\n").replace("\r", "\n")
    assert undo(clean, edits) == text


@given(
    st.lists(st.sampled_from(["\r", "\n", "\r\n", "a", "b"]), max_size=12).map("".join), st.data()
)
def test_line_ends_come_back_and_mean_the_same(text: str, data: st.DataObject) -> None:
    edited = EditedText(text).apply(line_end_edits(text))
    assert with_own_line_ends(edited).text == text
    start = data.draw(st.integers(0, len(edited.text)))
    end = data.draw(st.integers(start, len(edited.text)))
    after = data.draw(st.sampled_from(["", "\n", "c"]))
    edit = Edit(start, end, edited.text[start:end], after, "TST001", 1.0, "")
    changed = edited.apply([edit])
    fixed = EditedText(with_own_line_ends(changed).text)
    assert fixed.apply(line_end_edits(fixed.raw)).text == changed.text
