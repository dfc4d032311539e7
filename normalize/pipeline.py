"""One document through the stages: raw text in, clean text and its edits out.

A pass runs every stage once, each on what the one before left. Passes repeat until one changes
nothing, so a second run has nothing to do; a document without defects costs one pass.
"""

from __future__ import annotations

import hashlib
import os
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path, PurePath

from .article import analyse
from .config import Config, check_pattern
from .decisions import Verdict, mark
from .detect import detect
from .document import Block, Facts, Role
from .edits import Edit, EditedText, resolve
from .evidence import Evidence
from .language import Language, load
from .rules import Rule, Stage, all_rules
from .sections import sections
from .view import Tokens, View

MOST_PASSES = 8
"""Passes over one document at the most. Real documents need two; the bound ends any cycle."""

LONGEST_WHOLE = 2_000_000
"""Characters of a document that is read as one article. A longer one is none, and is read in
sections: its words, names and encoding are repaired, and nothing is taken for furniture."""

SECTION = 500_000
"""Characters of a section: some 60 MB of memory while it is read."""

SECTION_STAGES = (Stage.WORDS, Stage.NAMES, Stage.REPORT)
STAGES = (Stage.BLOCKS, *SECTION_STAGES)
"""The stages of a pass behind the encoding, of a section and of an article."""

LAYOUT_FAMILY = "LAY"


class UnknownRule(ValueError):
    """A code or prefix that no rule has."""


@dataclass(frozen=True)
class Cleaned:
    """A document after its repair; all spans are raw offsets in code points.

    Attributes:
        text: the clean text.
        edits: what was changed, ordered and disjoint: ``normalize.edits.undo(text, edits)`` is
            the raw text.
        reported: findings that were not repaired, ordered.
        blocks: the document's blocks, end to end.
        facts: what the page states about the article.
        lang: the language it was read in.
        raw: the text as it came.
        title, lede: their clean text, ``None`` where there is none. The lede is the first
            paragraph where that repeats it.
        n_dropped_blocks: how many blocks left the text.
    """

    text: str
    edits: tuple[Edit, ...]
    reported: tuple[Edit, ...]
    blocks: tuple[Block, ...]
    facts: Facts
    lang: str
    raw: str
    title: str | None
    lede: str | None
    n_dropped_blocks: int


@lru_cache
def selected(select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[Rule, ...]:
    """The rules that ``select`` (all, when empty) and ``ignore`` leave, by stage, then code.

    Raises ``UnknownRule`` for a code or prefix that fits no rule.
    """
    rules = all_rules()
    for code in (*select, *ignore):
        if not code or not any(known.startswith(code) for known in rules):
            families = sorted({r.family for r in rules.values()})
            raise UnknownRule(
                f"no rule has the code {code!r}; `normalize rules` lists them"
                f" (families: {', '.join(families)})"
            )
    chosen = [
        r
        for r in rules.values()
        if r.family == LAYOUT_FAMILY
        or ((not select or r.code.startswith(select)) and not r.code.startswith(ignore))
    ]
    return tuple(sorted(chosen, key=lambda r: (r.stage, r.code)))


@lru_cache
def by_stage(select: tuple[str, ...], ignore: tuple[str, ...]) -> Mapping[Stage, tuple[Rule, ...]]:
    """The ``selected`` rules of each stage, in order. Raises ``UnknownRule``."""
    found: dict[Stage, list[Rule]] = {}
    for rule in selected(select, ignore):
        found.setdefault(rule.stage, []).append(rule)
    return {stage: tuple(those) for stage, those in found.items()}


def explained(codes: Sequence[str]) -> list[Rule]:
    """The rules with these codes or prefixes, layout included. Raises ``UnknownRule``."""
    selected(tuple(codes), ())
    return [r for r in all_rules().values() if r.code.startswith(tuple(codes))]


def clean(
    raw: str, config: Config, evidence: Evidence, *, path: str = "", layout: bool = False
) -> Cleaned:
    """Clean one document.

    ``path`` chooses per-file ignores; ``layout`` brings the text into the form of a corpus (see
    the LAY rules). Raises ``UnknownRule`` and ``language.UnknownLanguage`` for settings that name
    what does not exist.
    """
    return _Run(raw, config, evidence, path).finish(layout)


class _Run:
    """The state of one document's passes."""

    def __init__(
        self,
        raw: str,
        config: Config,
        evidence: Evidence,
        path: str,
        stages: tuple[Stage, ...] = STAGES,
    ) -> None:
        self.config = config
        self.path = path
        self.stages = stages
        self.evidence = evidence
        self.rules = by_stage(config.select, config.ignore + ignored_for(config, path))
        self.words = Tokens(raw)
        self.language = language_of(raw, config, self.words)
        self.edited = EditedText(raw)
        self.reported: list[Edit] = []
        self.blocks: tuple[Block, ...] = ()
        self.facts = Facts()
        self._view: View | None = None
        self._quiet: dict[Stage, tuple[EditedText, list[Edit]]] = {}
        self._encoding: tuple[str, Sequence[Edit]] | None = None  # what its rules saw and said

    def encoding_clean(self) -> View:
        """Run the stages that mend line ends and encoding; the view of what they leave."""
        self._stage(Stage.LINE_ENDS)
        self._settle_encoding()
        return View(self.edited.text, self.language, self.evidence, to_raw=self.edited.to_raw)

    def _settle_encoding(self) -> None:
        """Run the encoding rules until they change nothing: mojibake and references nest."""
        for _ in range(MOST_PASSES):
            before = self.edited.text
            self.reported = []
            if not self._is_quiet(Stage.ENCODING) and not self._is_encoded():
                self._stage(Stage.ENCODING)
            if self.edited.text == before:
                break

    def _is_encoded(self) -> bool:
        """Whether the encoding rules have nothing to say on the text.

        They judge each line by itself, so only lines that they have not seen yet are read.
        """
        if self._encoding is None:
            return False
        sound = _without_edits(*self._encoding)
        new = [line for line in self.edited.text.split("\n") if line not in sound]
        view = View("\n".join(["", *new, ""]), self.language, self.evidence)
        if any(edit for rule in self.rules.get(Stage.ENCODING, ()) for edit in rule.find(view)):
            return False
        self._encoding = (self.edited.text, ())
        self._quiet[Stage.ENCODING] = (self.edited, [])
        return True

    def finish(self, layout: bool) -> Cleaned:
        if len(self.edited.text) > LONGEST_WHOLE:
            self._read_in_sections()
        if len(self.edited.text) <= LONGEST_WHOLE:
            self._read()
        return self._cleaned(layout)

    def _read(self) -> None:
        """Run passes until one changes nothing."""
        self._stage(Stage.LINE_ENDS)
        seen = set()
        for number in range(MOST_PASSES):
            before = self.edited.text
            seen.add(before)
            self._pass(first=number == 0)
            if self.edited.text == before or self.edited.text in seen:
                break

    def _read_in_sections(self) -> None:
        """Clean a long document section by section until no section changes.

        What touches a cut is left alone. A section that stands as the reading before left it is
        not read again.
        """
        config = replace(self.config, lang=self.language.code)
        done: dict[tuple[int, bytes], list[Edit]] = {}
        for _ in range(MOST_PASSES):
            text, edits = self.edited.text, list[Edit]()
            self.reported = []
            for start, end in sections(text, SECTION):
                section = text[start:end]
                key = (self.edited.to_raw(start), _digest(section))
                if key not in done:
                    run = _Run(section, config, self.evidence, self.path, SECTION_STAGES)
                    cleaned = run.finish(layout=False)
                    first, last = start > 0, end < len(text)
                    kept = [
                        edit
                        for edit in cleaned.edits
                        if not (first and edit.start == 0)
                        and not (last and edit.end == len(section))
                    ]
                    edits += [edit.moved(start) for edit in kept]
                    key = (key[0], _digest(EditedText(section, tuple(kept)).text))
                    done[key] = [self._raw_edit(edit.moved(start)) for edit in cleaned.reported]
                self.reported += done[key]
            if not edits:
                break
            self.edited = self.edited.apply(edits)
        self.blocks = (Block(0, len(self.edited.raw), Role.BODY),)

    def _cleaned(self, layout: bool) -> Cleaned:
        """The document as it is now; in the form of a corpus with ``layout``."""
        clean, edges = self.edited.text, [0, *(block.end for block in self.blocks)]
        if self.edited.edits:
            edges = [*map(self.edited.to_clean, edges)]
        texts = [clean[start:end].strip() for start, end in pairwise(edges)]
        if layout:
            self._stage(
                Stage.LAYOUT,
                tuple(
                    block.at(start, end)
                    for block, (start, end) in zip(self.blocks, pairwise(edges), strict=True)
                ),
            )
        return Cleaned(
            text=self.edited.text,
            edits=self.edited.edits,
            reported=tuple(sorted(self.reported, key=lambda e: (e.start, e.end, e.rule))),
            blocks=self.blocks,
            facts=self.facts,
            lang=self.language.code,
            raw=self.edited.raw,
            title=self._of_role(Role.TITLE, texts),
            lede=self._lede(texts),
            n_dropped_blocks=sum(
                not text and not self.edited.raw[b.start : b.end].isspace() and b.end > b.start
                for b, text in zip(self.blocks, texts, strict=True)
            ),
        )

    def _of_role(self, role: Role, texts: Sequence[str]) -> str | None:
        """The clean text of the blocks with ``role``, one a line."""
        found = [t for b, t in zip(self.blocks, texts, strict=True) if b.role is role and t]
        return "\n".join(found) or None

    def _lede(self, texts: Sequence[str]) -> str | None:
        lede = self._of_role(Role.LEDE, texts)
        if lede is None and any(b.role is Role.LEDE for b in self.blocks):
            body = self._of_role(Role.BODY, texts)
            return body.partition("\n")[0] if body else None
        return lede

    def _pass(self, *, first: bool) -> None:
        self._settle_encoding()
        for stage in self.stages:
            if self._is_quiet(stage):
                continue
            view = self._stage(stage)
            if first and stage is Stage.BLOCKS:
                # Facts and roles are those of the page as it came; later passes see less of it.
                article = view.once(analyse)
                self.facts = article.facts
                self.blocks = self._raw_blocks(article.blocks)

    def _is_quiet(self, stage: Stage) -> bool:
        """Whether a stage saw this very text before and repaired nothing; it reports the same."""
        edited, reported = self._quiet.get(stage, (None, ()))
        if edited is not self.edited:
            return False
        self.reported += reported
        return True

    def _raw_blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Blocks of the text before the stage in raw offsets; they cover the raw text."""
        if not self._before.edits:
            return blocks
        ends = [self._before.to_raw(block.end) for block in blocks[:-1]] + [len(self._before.raw)]
        starts = [0, *ends]
        return tuple(b.at(*span) for b, *span in zip(blocks, starts, ends, strict=False))

    def _stage(self, stage: Stage, blocks: tuple[Block, ...] = ()) -> View:
        """Run the rules of one stage and apply what is certain enough; the view they saw."""
        self._before = self.edited
        view = self._seen(blocks)
        proposed: list[Edit] = []
        for rule in self.rules.get(stage, ()):
            proposed.extend(rule.find(view))
        if stage is Stage.ENCODING:
            self._encoding = (view.text, proposed)
        if proposed and stage is Stage.BLOCKS and self.config.keep_roles:
            proposed = without_kept_roles(view, proposed, self.config.keep_roles)
        if proposed and stage not in (Stage.LINE_ENDS, Stage.LAYOUT):
            proposed = without_kept(view.text, proposed, self.config)
        repairs: list[Edit] = []
        reported: list[Edit] = []
        for edit in proposed:
            verdict = self._verdict(edit)
            if verdict == "accept" and edit.after is not None:
                repairs.append(edit._replace(certainty=1.0, reason=f"{edit.reason} (accepted)"))
            elif verdict is None and self._is_repair(edit):
                repairs.append(edit)
            elif verdict is None:
                reported.append(self._raw_edit(edit))
        self.reported += reported
        if repairs:
            chosen, _ = resolve(repairs)
            self.edited = self.edited.apply(chosen)
        else:
            self._quiet[stage] = (self.edited, reported)
        return view

    def _seen(self, blocks: tuple[Block, ...]) -> View:
        """What rules see of the text: the same view, with its analyses, as long as it stands."""
        view = self._view
        if view is None or view.text is not self.edited.text or view.blocks is not blocks:
            text = self.edited.text
            if self.words.text is not text:
                self.words = Tokens(text, self.words)
            view = View(text, self.language, self.evidence, blocks, words=self.words)
            self._view = view
        return view

    def _verdict(self, edit: Edit) -> Verdict | None:
        """What people decided on a proposed edit."""
        verdicts = self.evidence.decisions.verdicts
        return verdicts.get(mark(self.edited.raw, self._raw_edit(edit))) if verdicts else None

    def _is_repair(self, edit: Edit) -> bool:
        if edit.after is None or edit.certainty < self.config.minimum_certainty:
            return False
        repair = all_rules()[edit.rule].repair
        return repair == "safe" or (repair == "unsafe" and self.config.unsafe)

    def _raw_edit(self, edit: Edit) -> Edit:
        """A proposed edit in raw offsets."""
        start, end = self.edited.to_raw_span(edit.start, edit.end)
        before = self.edited.raw[start:end]
        return Edit(start, end, before, edit.after, edit.rule, edit.certainty, edit.reason)


def encoding_clean_view(raw: str, config: Config, evidence: Evidence | None = None) -> View:
    """What learning sees of a document: all of it, with its encoding repaired and nothing else.

    A document that is read in sections teaches by its beginning. Raises ``UnknownRule`` and
    ``language.UnknownLanguage``.
    """
    if len(raw) > LONGEST_WHOLE:
        raw = raw[: next(sections(raw, LONGEST_WHOLE))[1]]
    return _Run(raw, config, evidence or Evidence(), "").encoding_clean()


def language_of(raw: str, config: Config, words: Tokens) -> Language:
    """The language to read a document in. Raises ``language.UnknownLanguage``."""
    return load(detect(raw, words=words) if config.lang == "auto" else config.lang)


def _without_edits(text: str, edits: Sequence[Edit]) -> set[str]:
    """The lines of a text that no edit touches."""
    lines = text.split("\n")
    if not edits:
        return set(lines)
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    touched: set[int] = set()
    for edit in edits:
        first, last = (bisect_right(starts, place) for place in (edit.start, edit.end))
        touched.update(range(first - 1, last))
    return {line for number, line in enumerate(lines) if number not in touched}


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def ignored_for(config: Config, path: str) -> tuple[str, ...]:
    """Codes and prefixes that the per-file ignores switch off for ``path``."""
    if not config.per_file_ignores or not path:
        return ()
    names = {_below(config.root, path), PurePath(path).name}
    return tuple(
        code
        for glob, codes in config.per_file_ignores.items()
        if any(fnmatch(name, glob) for name in names)
        for code in codes
    )


def _below(root: Path | None, path: str) -> str:
    """The path from the settings' folder, with slashes; as it is where it lies elsewhere."""
    if root is not None:
        place = os.path.relpath(os.path.realpath(path), os.path.realpath(root))
        if not place.startswith(os.pardir):
            return PurePath(place).as_posix()
    return PurePath(path).as_posix()


def without_kept(text: str, edits: Sequence[Edit], config: Config) -> list[Edit]:
    """``edits`` without those that touch or cut a word or pattern which the settings keep.

    An edit that takes in the kept word with more around it (a dropped block) stays.
    """
    pattern = kept_pattern(config.keep, config.keep_patterns)
    if pattern is None:
        return list(edits)
    spans = [m.span() for m in pattern.finditer(text) if m.end() > m.start()]
    return [e for e in edits if not any(_hurts(e, start, end) for start, end in spans)]


def without_kept_roles(view: View, edits: Sequence[Edit], roles: Sequence[Role]) -> list[Edit]:
    """``edits`` without the deletions of blocks whose role the settings keep."""
    kept = {(b.start, b.end) for b in view.once(analyse).blocks if b.role in roles}
    return [e for e in edits if (e.start, e.end) not in kept]


def _hurts(edit: Edit, start: int, end: int) -> bool:
    if edit.is_insertion:
        return start < edit.start < end
    overlaps = edit.start < end and start < edit.end
    return overlaps and not (
        edit.start <= start and end <= edit.end and edit.end - edit.start > end - start
    )


@lru_cache
def kept_pattern(words: tuple[str, ...], patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    """One pattern of what is kept: whole words as written, and patterns. Raises ``ConfigError``."""
    parts = [rf"(?<!\w){re.escape(word)}(?!\w)" for word in words]
    for pattern in patterns:
        check_pattern(pattern)
        parts.append(f"(?:{pattern})")
    return re.compile("|".join(parts)) if parts else None
