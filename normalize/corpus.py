"""The corpus: read, learn, clean, validate, write. Everything the commands do, as a library."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from .decisions import Decision, decided_documents, read_decisions
from .decode import Decoded, DecodeError, can_be_written, decode, encode, with_own_line_ends
from .edits import EditedText, undo
from .engines import Engine
from .engines.local import Engine as Local
from .engines.local import map_ordered
from .evidence import Evidence
from .findings import FileFindings, Finding, LineIndex, Status
from .pipeline import LAYOUT_FAMILY, Cleaned, clean, encoding_clean_view
from .project import Project, Setting
from .readers import InputError, Problem, Record, Source
from .rules import Stage, all_rules
from .tables import DocumentRow, EditRow

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])

PARALLEL_BYTES = 4_000_000
"""Input above which a second process repays its start (about 0.4 s each)."""


# --- one file: check and fix --------------------------------------------------------------------


@dataclass(frozen=True)
class Checked:
    """A file's findings, and what ``fix`` makes of it (bytes, equal to the file's when clean)."""

    findings: FileFindings
    before: bytes
    after: bytes
    source: Source | None = None


def check_bytes(data: bytes, path: str, setting: Setting, source: Source | None = None) -> Checked:
    """Check one document. Raises ``DecodeError``."""
    decoded = decode(data, setting.config.encoding)
    cleaned = clean(decoded.text, setting.config, setting.evidence, path=path)
    cleaned = _as_it_can_be_written(cleaned, decoded)
    edited = with_own_line_ends(EditedText(decoded.text, cleaned.edits))
    findings = FileFindings(path, decoded.text, tuple(findings_of(cleaned, layout=False)))
    after = encode(decoded, edited.text) if edited.edits else data
    return Checked(findings, data, after, source)


def _as_it_can_be_written(cleaned: Cleaned, decoded: Decoded) -> Cleaned:
    """The same without the repairs that the file's encoding has no character for.

    They are reported: cp1252 cannot hold Nguyễn. Of a name all of its words are, or none.
    """
    held = {e for e in cleaned.edits if not can_be_written(e.after or "", decoded)}
    if not held:
        return cleaned
    names = {e.reason for e in held if all_rules()[e.rule].stage is Stage.NAMES}
    held |= {e for e in cleaned.edits if e.reason in names}
    kept = tuple(e for e in cleaned.edits if e not in held)
    why = f"{decoded.encoding} cannot hold it; save the file as UTF-8"
    reported = [*cleaned.reported, *(e._replace(reason=f"{e.reason}; {why}") for e in held)]
    reported.sort(key=lambda e: (e.start, e.end, e.rule))
    text = EditedText(cleaned.raw, kept).text
    return replace(cleaned, text=text, edits=kept, reported=tuple(reported))


def check_source(source: Source, project: Project) -> Checked | Problem:
    """Check one file; a file that cannot be read is a problem, not an exception."""
    try:
        setting = project.at(source.path.parent)
        return check_bytes(source.read(), source.shown, setting, source)
    except (DecodeError, InputError) as error:
        return Problem(source.shown, _told(source, error))


def check_all(
    sources: Sequence[Source], project: Project, jobs: int
) -> Iterator[Checked | Problem]:
    """Check files, in order, in ``jobs`` processes."""
    return map_ordered(partial(check_source, project=project), sources, jobs)


def _told(source: Source, error: Exception) -> str:
    message = str(error)
    return message if isinstance(error, InputError) else f"{source.shown}: {message}"


def findings_of(cleaned: Cleaned, *, layout: bool) -> Iterator[Finding]:
    """The findings of a cleaned document in text order; ``layout`` adds the LAY edits."""
    found = [(e, True) for e in cleaned.edits] + [(e, False) for e in cleaned.reported]
    if not found:
        return
    lines = LineIndex(cleaned.raw)
    for edit, applied in sorted(found, key=lambda f: (f[0].start, f[0].end, f[0].rule)):
        rule = all_rules()[edit.rule]
        if layout or rule.family != LAYOUT_FAMILY:
            status: Status = "applied" if applied else "reported"
            yield Finding(edit, *lines.position(edit.start), rule.repair, status)


# --- learning -----------------------------------------------------------------------------------

Item = Record | Problem
"""A document to build from, or what stands in its place in the input."""

BATCH_DOCUMENTS, BATCH_BYTES = 32, 250_000
"""What goes to a process at once: enough to hide the cost of sending, little enough to hold a few
for each process. Results do not depend on it."""


@dataclass(frozen=True)
class Learned:
    """What documents teach, how many they are, and those that could not be read."""

    evidence: Evidence = field(default_factory=Evidence)
    documents: int = 0
    problems: tuple[Problem, ...] = ()

    def merge(self, other: Learned) -> Learned:
        """Both together; exact, and but for the order of problems in any order."""
        return Learned(
            self.evidence.merge(other.evidence),
            self.documents + other.documents,
            self.problems + other.problems,
        )


Keep = Callable[[Callable[[list[Item]], T]], Callable[[list[Item]], T]]
"""Makes of a function of batches one that keeps its results (see ``shards``)."""


def _not_kept(function: F) -> F:
    return function


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Documents in batches, in order."""
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += item.size if isinstance(item, Record) else 0
        if len(batch) == BATCH_DOCUMENTS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def learn_batch(batch: Sequence[Item], project: Project) -> Learned:
    """What a batch of documents teaches."""
    learned = Learned()
    for item in batch:
        if isinstance(item, Problem):
            learned = learned.merge(Learned(problems=(item,)))
            continue
        try:
            config = project.config(item.folder)
            text = decode(item.data(), config.encoding).text
        except (DecodeError, InputError) as error:
            learned = learned.merge(Learned(problems=(_problem(item, error),)))
            continue
        evidence = Evidence.collect(encoding_clean_view(text, config), item.id)
        learned = learned.merge(Learned(evidence, 1))
    return learned


def _problem(record: Record, error: Exception) -> Problem:
    message = str(error)
    return record.problem(
        message if isinstance(error, InputError) else f"{record.shown}: {message}"
    )


def learn(
    items: Iterable[Item],
    project: Project,
    engine: Engine | None = None,
    keep: Keep[Learned] = _not_kept,
) -> Learned:
    """What the documents teach together, and those that could not be read."""
    function = keep(partial(learn_batch, project=project))
    found = (engine or Local()).fold(function, Learned.merge, batches(items))
    return found or Learned()


def relearn(
    learned: Evidence,
    project: Project,
    folder: Path,
    *,
    refresh: bool = False,
    decisions: Iterable[Decision] = (),
) -> Evidence:
    """Evidence for a new lock in ``folder``: what the documents teach and what was decided.

    Canonical forms in the present lock stay, unless ``refresh``. The decisions of the present
    lock stay; ``decisions`` come to them.
    """
    setting = project.at(folder)
    if setting.lock is not None and not refresh:
        learned = replace(learned, names=learned.names.keeping(setting.evidence.names))
    decided = setting.evidence.decisions.updated(decisions)
    learned = replace(learned, decisions=decided)
    return project.attach(learned, setting.config, setting.authority)


def exported_decisions(file: Path, items: Iterable[Item], project: Project) -> list[Decision]:
    """The decisions of a file that the report page exported, on these documents.

    Raises what ``decisions.read_decisions`` raises.
    """
    wanted = decided_documents(file)
    raw: dict[str, str] = {}
    for item in items:
        if isinstance(item, Record) and item.id in wanted:
            raw[item.id] = decode(item.data(), project.config(item.folder).encoding).text
    return read_decisions(file, raw.get)


# --- building -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Built:
    """One document's rows, the further columns of its record, and the size of its raw bytes.

    ``whole_file`` says whether those are an input file, as it stands.
    """

    document: DocumentRow
    edits: tuple[EditRow, ...]
    extra: Mapping[str, Any]
    size: int
    whole_file: bool


def build_batch(
    batch: Sequence[Item], project: Project, evidence: Evidence
) -> list[Built | Problem]:
    """Clean a batch of documents for the corpus, in order."""
    return [
        item if isinstance(item, Problem) else build_record(item, project, evidence)
        for item in batch
    ]


def build_record(record: Record, project: Project, evidence: Evidence) -> Built | Problem:
    """Clean one document for the corpus."""
    try:
        config = project.config(record.folder)
        data = record.data()
        decoded = decode(data, config.encoding)
    except (DecodeError, InputError) as error:
        return _problem(record, error)
    path = record.folder / PurePosixPath(record.file).name
    cleaned = clean(decoded.text, config, evidence, path=str(path), layout=True)
    edits = tuple(EditRow.of(record.id, f) for f in findings_of(cleaned, layout=True))
    label = encoding_label(decoded)
    row = document_row(record.id, record.source, data, label, cleaned)
    return Built(row, in_text_order(edits), record.extra, len(data), record.is_file)


def in_text_order(edits: Iterable[EditRow]) -> tuple[EditRow, ...]:
    """The edits of one document as they stand in the edits table."""
    return tuple(sorted(edits, key=lambda e: (e.start, e.end, e.status, e.rule, e.after or "")))


def document_row(
    document: str, source: str, data: bytes, encoding: str, cleaned: Cleaned
) -> DocumentRow:
    """The documents-table row of a cleaned document (made with ``layout``)."""
    facts = cleaned.facts
    return DocumentRow(
        id=document,
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        lang=cleaned.lang,
        title=cleaned.title,
        lede=cleaned.lede,
        text=cleaned.text,
        dateline=facts.dateline,
        agency=facts.agency,
        published=facts.published,
        url=facts.url,
        author=facts.author,
        images=facts.images,
        n_words=len(cleaned.text.split()),
        n_chars_raw=len(cleaned.raw),
        n_edits=len(cleaned.edits),
        n_dropped_blocks=cleaned.n_dropped_blocks,
    )


def build(
    items: Iterable[Item],
    project: Project,
    evidence: Evidence,
    engine: Engine | None = None,
    keep: Keep[list[Built | Problem]] = _not_kept,
) -> Iterator[Built | Problem]:
    """Clean each document with what all of them teach, in order."""
    function = keep(partial(build_batch, project=project, evidence=evidence))
    return chain.from_iterable((engine or Local()).map(function, batches(items)))


# --- restoring ----------------------------------------------------------------------------------


MARKED = "-sig"
"""Ends the name of an encoding whose file has a byte-order mark, as in Python's ``utf-8-sig``."""


def encoding_label(decoded: Decoded) -> str:
    """Encoding and byte-order mark as one word for the documents table."""
    return decoded.encoding + (MARKED if decoded.bom else "")


def raw_bytes(raw: str, label: str) -> bytes:
    """The bytes of a raw text whose encoding has this label. Raises ``ValueError``."""
    encoding = label.removesuffix(MARKED)
    return encode(Decoded(raw, encoding, encoding != label), raw)


def restore_document(document: DocumentRow, edits: Iterable[EditRow]) -> bytes:
    """The raw bytes of one document, from its row and its edit rows in order.

    Raises ``InputError`` when the corpus does not give the bytes that its digest promises.
    """
    try:
        raw = undo(document.text, [e.edit() for e in edits if e.status == "applied"])
        data = raw_bytes(raw, document.encoding)
    except ValueError as error:
        raise InputError(f"{document.id}: text and edits do not fit: {error}") from None
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise InputError(f"{document.id}: the restored bytes are not those that were read")
    return data
