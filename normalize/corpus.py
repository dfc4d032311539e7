"""The corpus: read, learn, clean, validate, write. Everything the commands do, as a library."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from pathlib import Path
from typing import Any

from .config import Config
from .decisions import read_decisions
from .decode import Decoded, DecodeError, decode, encode, with_own_line_ends
from .edits import Edit, EditedText, undo
from .engines.local import map_ordered
from .evidence import Evidence
from .findings import FileFindings, Finding, LineIndex, Status
from .pipeline import LAYOUT_FAMILY, Cleaned, clean, encoding_clean_view
from .project import Project, Setting, lock_bytes
from .readers import InputError, Source, document_ids
from .rules import all_rules
from .tables import DocumentRow, EditRow, Failure, NameRow
from .version import __version__

PARALLEL_BYTES = 4_000_000
"""Input above which a second process repays its start (about 0.4 s each)."""


@dataclass(frozen=True)
class Problem:
    """A document that could not be read; ``message`` is one line for a person."""

    source: str
    message: str


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
    edited = with_own_line_ends(EditedText(decoded.text, cleaned.edits))
    findings = FileFindings(path, decoded.text, tuple(findings_of(cleaned, layout=False)))
    after = encode(decoded, edited.text) if edited.edits else data
    return Checked(findings, data, after, source)


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
    lines = LineIndex(cleaned.raw)
    found = [(e, True) for e in cleaned.edits] + [(e, False) for e in cleaned.reported]
    for edit, applied in sorted(found, key=lambda f: (f[0].start, f[0].end, f[0].rule)):
        rule = all_rules()[edit.rule]
        if layout or rule.family != LAYOUT_FAMILY:
            status: Status = "applied" if applied else "reported"
            yield Finding(edit, *lines.position(edit.start), rule.repair, status)


# --- learning -----------------------------------------------------------------------------------


def learn_source(source: tuple[str, Source], project: Project) -> Evidence | Problem:
    """The evidence of one file; ``source`` is its id and place."""
    document, file = source
    try:
        config = project.config(file.path.parent)
        text = decode(file.read(), config.encoding).text
    except (DecodeError, InputError) as error:
        return Problem(file.name, _told(file, error))
    return Evidence.collect(encoding_clean_view(text, config), document)


def learn(
    sources: Sequence[Source], project: Project, jobs: int = 1
) -> tuple[Evidence, list[Problem]]:
    """What the documents teach together, and those that could not be read."""
    ids = document_ids(sources)
    items = [(ids[source], source) for source in sources]
    results = list(map_ordered(partial(learn_source, project=project), items, jobs))
    problems = [r for r in results if isinstance(r, Problem)]
    evidence = [r for r in results if isinstance(r, Evidence)]
    return reduce(Evidence.merge, evidence, Evidence()), problems


def relearn(
    sources: Sequence[Source],
    project: Project,
    folder: Path,
    *,
    refresh: bool = False,
    decisions: Path | None = None,
    jobs: int = 1,
) -> tuple[Evidence, list[Problem]]:
    """Evidence for a new lock in ``folder``: what the documents teach and what was decided.

    Canonical forms in the present lock stay, unless ``refresh``. The decisions of the present
    lock stay, those of the file ``decisions`` (see ``decisions.read_decisions``) come to them.
    """
    learned, problems = learn(sources, project, jobs)
    setting = project.at(folder)
    if setting.lock is not None and not refresh:
        learned = replace(learned, names=learned.names.keeping(setting.evidence.names))
    decided = setting.evidence.decisions
    if decisions is not None:
        decided = decided.updated(read_decisions(decisions, _raw_texts(sources, project).get))
    learned = replace(learned, decisions=decided)
    return project.attach(learned, setting.config, setting.authority), problems


def _raw_texts(sources: Sequence[Source], project: Project) -> dict[str, str]:
    """The raw texts by document id."""
    return {
        document: decode(source.read(), project.config(source.path.parent).encoding).text
        for source, document in document_ids(sources).items()
    }


# --- building -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Built:
    """One document's rows and raw text."""

    document: DocumentRow
    edits: tuple[EditRow, ...]
    raw: str


@dataclass(frozen=True)
class Corpus:
    """A build in memory: rows of the three tables, problems, and what shaped it."""

    documents: tuple[Built, ...]
    names: tuple[NameRow, ...]
    problems: tuple[Problem, ...]
    evidence: Evidence
    config: Config
    lock: Path | None
    authority: Path | None


def build_source(
    source: tuple[str, Source], project: Project, evidence: Evidence
) -> Built | Problem:
    """Clean one file for the corpus; ``source`` is its id and place."""
    document, file = source
    try:
        config = project.config(file.path.parent)
        data = file.read()
        decoded = decode(data, config.encoding)
    except (DecodeError, InputError) as error:
        return Problem(file.name, _told(file, error))
    cleaned = clean(decoded.text, config, evidence, path=file.name, layout=True)
    edits = tuple(EditRow.of(document, f) for f in findings_of(cleaned, layout=True))
    row = document_row(document, file.name, data, encoding_label(decoded), cleaned)
    return Built(row, edits, decoded.text)


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


def build(sources: Sequence[Source], project: Project, folder: Path, *, jobs: int = 1) -> Corpus:
    """Learn from the documents, then clean each with what all of them teach."""
    evidence, _ = relearn(sources, project, folder, jobs=jobs)
    setting = project.at(folder)
    ids = document_ids(sources)
    items = [(ids[source], source) for source in sources]
    function = partial(build_source, project=project, evidence=evidence)
    results = list(map_ordered(function, items, jobs))
    built = tuple(r for r in results if isinstance(r, Built))
    problems = tuple(r for r in results if isinstance(r, Problem))
    names = tuple(evidence.names.rows())
    return Corpus(built, names, problems, evidence, setting.config, setting.lock, setting.authority)


def manifest(corpus: Corpus, failures: Sequence[Failure]) -> dict[str, Any]:
    """What the build was made of, as plain sorted data without dates or machine names."""
    edits = [e for b in corpus.documents for e in b.edits]
    rules = Counter(e.rule for e in edits if e.status == "applied")
    reported = Counter(e.rule for e in edits if e.status == "reported")
    return {
        "version": __version__,
        "configuration": corpus.config.as_dict(),
        "lock": _digest(corpus.lock),
        "authority": _digest(corpus.authority),
        "evidence": hashlib.sha256(lock_bytes(corpus.evidence)).hexdigest(),
        "inputs": {b.document.source: b.document.sha256 for b in corpus.documents},
        "rejected": {p.source: p.message for p in corpus.problems},
        "counts": {
            "documents": len(corpus.documents),
            "words": sum(b.document.n_words for b in corpus.documents),
            "dropped blocks": sum(b.document.n_dropped_blocks for b in corpus.documents),
            "names": len({n.canonical for n in corpus.names}),
            "applied": dict(sorted(rules.items())),
            "reported": dict(sorted(reported.items())),
            "schema failures": len(failures),
        },
    }


def _digest(file: Path | None) -> str | None:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file else None


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


def restore_document(document: dict[str, Any], edits: Iterable[dict[str, Any]]) -> bytes:
    """The raw bytes of one document, from its row and its edit rows in order.

    Raises ``InputError`` when the corpus does not give the bytes that its digest promises.
    """
    applied = [
        Edit(e["start"], e["end"], e["before"], e["after"], e["rule"], 1.0, "")
        for e in edits
        if e["status"] == "applied"
    ]
    try:
        raw = undo(document["text"], applied)
        data = raw_bytes(raw, document["encoding"])
    except ValueError as error:
        raise InputError(f"{document['id']}: text and edits do not fit: {error}") from None
    if hashlib.sha256(data).hexdigest() != document["sha256"]:
        raise InputError(f"{document['id']}: the restored bytes are not those that were read")
    return data
