"""What is fuzzed: each target is a function of bytes that raises where a promise is broken.

The first bytes of an input choose settings, so that the fuzzer can vary them too. They are read
modulo the number of choices; the digits and letters of the kept corpus are easy to write by hand.
"""

from __future__ import annotations

import gzip
import io
import json
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from normalize.checks import portable_name, relative_path
from normalize.config import Config
from normalize.corpus import Built, build_record, check_source, restore_document
from normalize.decode import with_own_line_ends
from normalize.edits import EditedText, check_edits, undo
from normalize.evidence import Evidence
from normalize.pipeline import Cleaned, clean
from normalize.project import Project
from normalize.readers import InputError, Problem, Record, find_sources
from normalize.records import Columns, Records
from normalize.writers import json_line, write_atomic

LANGUAGES = ("fr", "es", "en", "auto", "vi")
WORD_RULES = ("RUN", "SPC", "SPL")
SELECTIONS: tuple[tuple[str, ...], ...] = (
    (),
    WORD_RULES,
    ("ENC",),
    ("BOI", "TSR", "DUP"),
    ("NAM",),
    ("SUS", "RUN"),
    ("ENC", "NAM", "RUN"),
)

MOST_RECORDS = 4
"""Records of a file that are cleaned; all are read."""


# --- text ---------------------------------------------------------------------------------------


def clean_and_undo(data: bytes) -> None:
    """Two bytes of settings, then a text: the promises of ``clean``."""
    first, second = (*data[:2], 0, 0)[:2]
    lang, select = LANGUAGES[first % len(LANGUAGES)], SELECTIONS[second % len(SELECTIONS)]
    text = data[2:].decode("utf-8", "surrogateescape")
    config = Config(lang=lang, select=select)
    done = clean(text, config, Evidence())
    _sound(text, done)
    laid_out = clean(text, config, Evidence(), layout=True)
    _sound(text, laid_out)
    if select == WORD_RULES:
        assert "".join(done.text.split()) == "".join(text.split()), "a letter changed"
    if not select or "ENC" in select:
        for clean_text in (done.text, laid_out.text):
            assert unicodedata.is_normalized("NFC", clean_text), "the clean text is not NFC"
    fixed = with_own_line_ends(EditedText(text, done.edits)).text
    again = clean(fixed, Config(lang=done.lang, select=select), Evidence())
    assert again.text == done.text, "a second run changes something"


def _sound(text: str, done: Cleaned) -> None:
    check_edits(text, done.edits)
    assert EditedText(text, done.edits).text == done.text, "the edits do not make the clean text"
    assert undo(done.text, done.edits) == text, "undo does not give the raw text"
    for edit in done.reported:
        assert text[edit.start : edit.end] == edit.before, "a finding is not where it says"


# --- files --------------------------------------------------------------------------------------


def folder_of_texts(data: bytes) -> None:
    """Names and contents of files, NUL between them, in a folder of text; repaired in place too."""
    parts = data.split(b"\0")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, content in zip(parts[::2], parts[1::2], strict=False):
            _write(folder, name, content)
        try:
            sources = find_sources([folder], records=True)
        except InputError:
            return
        _read(folder)
        project = Project()
        for source in sources:
            done = check_source(source, project)
            if isinstance(done, Problem):
                continue
            write_atomic(source.path, done.after)
            again = check_source(source, project)
            assert not isinstance(again, Problem), again.message
            assert again.after == done.after, "fix has something to do twice"


def _write(folder: Path, name: bytes, content: bytes) -> None:
    """A file of text below ``folder``; a name that the system does not take is passed over."""
    shown = name.decode("utf-8", "surrogateescape").strip("/")
    file = folder / f"{shown}.{'md' if len(name) % 4 == 3 else 'txt'}"
    if ".." in file.parts or not shown:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except (OSError, ValueError):
        return


def _packed(name: str) -> Callable[[bytes], None]:
    """A target for files of lines: packed by us, or taken for packed as they are."""

    def target(data: bytes) -> None:
        how, content = data[:1], data[1:]
        kind = how[0] % 5 if how else 0
        if kind == 1:
            _read_file(f"{name}.gz", gzip.compress(content, 1, mtime=0))
        elif kind == 2:
            import pyarrow as pa

            _read_file(f"{name}.zst", bytes(pa.compress(content, codec="zstd", asbytes=True)))
        else:
            _read_file(f"{name}{('', '', '', '.gz', '.zst')[kind]}", content)

    return target


def parquet_file(data: bytes) -> None:
    """A Parquet file as it is, or one made of lines of JSON."""
    how, content = data[:1], data[1:]
    if how and how[0] % 2:
        import pyarrow as pa
        import pyarrow.json
        import pyarrow.parquet as pq

        try:
            table = pa.json.read_json(io.BytesIO(content))
            made = io.BytesIO()
            pq.write_table(table, made)
        except (pa.ArrowException, ValueError):
            return
        content = made.getvalue()
    _read_file("a.parquet", content)


def web_page(data: bytes) -> None:
    """A page as it is, or packed."""
    how, content = data[:1], data[1:]
    if how and how[0] % 2:
        _read_file("a.html.gz", gzip.compress(content, 1, mtime=0))
    else:
        _read_file("a.html", content)


def web_archive(data: bytes) -> None:
    """A web archive as it is, or a page or an answer wrapped in one."""
    how, content = data[:1], data[1:]
    kind = how[0] % 4 if how else 0
    if kind == 1:
        _read_file("a.warc.gz", content)
        return
    if kind > 1:
        if kind == 3:
            content = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + content
        content = (
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://exemple.fr/a\r\n"
            b"WARC-Date: 2024-01-01T00:00:00Z\r\nContent-Type: application/http\r\n"
            b"Content-Length: %d\r\n\r\n%b\r\n\r\n" % (len(content), content)
        )
    _read_file("a.warc", content)


def _read_file(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / name).write_bytes(content)
        _read(folder)


def _read(folder: Path) -> None:
    """Read all documents of a folder and build from a few: what holds for every reader."""
    sources = tuple(find_sources([folder], records=True))
    ids: set[str] = set()
    places: set[str] = set()
    columns = Columns()
    cleaned = 0
    for item in Records(sources):
        if isinstance(item, Problem):
            _told(item)
            continue
        assert portable_name(item.id), f"{item.id!r} is no portable name"
        assert item.id.casefold() not in ids, f"two documents have the id {item.id!r}"
        assert item.source not in places, f"two documents come back as {item.source!r}"
        assert relative_path(item.source), f"{item.source!r} leaves its folder"
        assert not PurePosixPath(item.source).is_absolute()
        ids.add(item.id.casefold())
        places.add(item.source)
        try:
            columns = columns.with_row(item.extra)
        except InputError:
            return
        if cleaned < MOST_RECORDS:
            cleaned += 1
            _build(item, columns)


def _build(record: Record, columns: Columns) -> None:
    built = build_record(record, Project(lang="fr"), Evidence())
    if not isinstance(built, Built):
        _told(built)
        return
    data = restore_document(built.document, built.edits)
    assert len(data) == built.size
    line = json_line(columns.fitted(built.extra))
    assert json.loads(line) == json.loads(line.decode())
    assert len(line.decode().splitlines()) == 1, "more than one line"


def _told(problem: Problem) -> None:
    assert problem.message, "a problem without a word"
    json_line({"source": problem.source, "error": problem.message, "record": problem.record})


TARGETS: dict[str, Callable[[bytes], None]] = {
    "clean": clean_and_undo,
    "folder": folder_of_texts,
    "jsonl": _packed("a.jsonl"),
    "csv": _packed("a.csv"),
    "parquet": parquet_file,
    "html": web_page,
    "warc": web_archive,
}
