"""Teasers: headlines and summaries of other articles that follow the end of this one.

A teaser block is told from the article's own paragraphs by how it is built: captions, headlines
and summaries take turns, so that two paragraphs of prose hardly ever follow each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from itertools import compress, count, filterfalse, islice
from operator import itemgetter, not_

from ..document import Role
from .features import (
    COPYRIGHT,
    END_COLON,
    END_COMMA,
    END_STOP,
    HEADLINE_WORDS,
    MARKER,
    MENU,
    Shape,
    Shapes,
    is_paragraph,
)
from .furniture import REPORTED
from .marks import Ground, Verdict
from .vocabulary import Vocabulary

CAP = 0.5
"""Share of the prose that may go without a marker and without alternation; more is reported."""
CAP_ALTERNATING = 0.9
"""The same behind a marker, or where captions, headlines and summaries alternate."""
LONG_HEADLINE, SHORT_SUMMARY = 6, 30
"""Words from which a headline is hardly a heading inside an article, and up to which a paragraph
under it may be a summary."""
MOST_BEGINNINGS = 10
"""Captions from which an alternation is tried, so that a text full of captions costs no more."""
STEM = 4
"""Letters by which words are compared, so that endings do not matter; no word is shorter."""
LEAST_TELLING = 2
"""Telling words that a paragraph has of the article's when it is of the article."""
TELLING_STEM = 6
"""The same for words that are to tell what a text is about: "interior" is no "international"."""
BEHIND = "follows a marker"
_MARKS = ".,;:!?…()[]«»\"“”'’-–—"


@dataclass(frozen=True, slots=True)
class Tail:
    """Lines ``start`` to ``stop`` that hold teasers, and how they are built.

    ``units`` counts headlines that a summary follows, ``credited`` those of them under a caption,
    ``headlines`` all headlines.
    """

    start: int
    stop: int
    units: int
    credited: int
    headlines: int
    resumes: bool


def is_headline(s: Shape) -> bool:
    """Whether a line looks like a headline: some words, no sentence end."""
    low, high = HEADLINE_WORDS
    return (
        low <= s.words <= high
        and not is_paragraph(s)
        and not s.credit
        and s.end not in (END_STOP, END_COLON, END_COMMA)
    )


def _is_long(s: Shape) -> bool:
    """Whether a line is too long for a headline, and a sentence, though half of it are names."""
    return s.words > HEADLINE_WORDS[1] and s.end == END_STOP


def tail(
    start: int, shapes: Shapes, verdicts: Sequence[Verdict | None], stop: int | None = None
) -> Tail:
    """The teaser-like run from line ``start`` on; it stops where the article resumes.

    It goes up to line ``stop`` at most.
    """
    stop = len(shapes) if stop is None else stop
    units = credited = headlines = 0
    previous: str = "start"
    caption = False
    for i in range(start, stop):
        s, verdict = shapes[i], verdicts[i]
        if verdict is not None and verdict.role in (Role.CAPTION, Role.CREDIT):
            caption, previous = True, "caption"
        elif verdict is not None:
            previous = "other"
        elif is_paragraph(s) or _is_long(s):
            if previous == "prose":
                return Tail(start, i - 1, max(0, units - 1), credited, headlines, True)
            if previous == "headline":
                units += 1
                credited += caption
                caption = False
            previous = "prose"
        elif is_headline(s):
            headlines += 1
            previous = "headline"
        else:
            previous = "other"
    return Tail(start, stop, units, credited, headlines, False)


def mark_teasers(
    shapes: Shapes,
    verdicts: list[Verdict | None],
    signed: Sequence[int],
    weak: Collection[int],
    words: Vocabulary,
) -> None:
    """Give the teasers after markers, after the sign-off, or by alternation their verdicts."""
    last = _last_paragraphs(shapes, verdicts)
    end = _end_by_sign_off(shapes, verdicts, signed, weak, last)
    seen = 0  # lines behind the markers so far: a marker among teasers adds nothing
    markers = [i for i in compress(count(), verdicts) if is_marker(shapes[i], verdicts[i])]
    for i in markers:
        if i >= seen:
            seen = _after_marker(i, shapes, verdicts, end, words)
    if end is not None:
        cap = CAP_ALTERNATING if end.units >= 2 and end.credited else CAP
        above = _text_above(end.start, shapes, verdicts)
        uncertain = end.units and not end.credited and not markers
        if uncertain and _on_its_subject(end, shapes, above, words):
            cap = 0.0
        _drop(end, shapes, verdicts, Ground.SIGN_OFF, "follows the sign-off", cap)
    elif not any(v.role is Role.TEASER for v in filter(None, verdicts)):
        _alternating(shapes, verdicts, last, words)


def _last_paragraphs(shapes: Shapes, verdicts: Sequence[Verdict | None]) -> int:
    """The second of the last two paragraphs that follow each other: no teasers reach above it."""
    below = False
    for i in range(len(shapes) - 1, -1, -1):
        here = verdicts[i] is None and is_paragraph(shapes[i])
        if here and below:
            return i + 1
        below = here
    return 0


def _end_by_sign_off(
    shapes: Shapes,
    verdicts: Sequence[Verdict | None],
    signed: Sequence[int],
    weak: Collection[int],
    last: int,
) -> Tail | None:
    """What follows the first sign-off after which the article does not go on.

    The bare name of an agency (``weak``) may be an image's credit in the midst of the article: it
    ends it only where several teasers follow, or one with an image, or headlines alone.
    """
    for i in signed:
        if i + 1 >= last:
            rest = tail(i + 1, shapes, verdicts)
            if i in weak and rest.units and not rest.credited and rest.units < 2:
                continue
            return rest if rest.headlines else None
    return None


def _after_marker(
    at: int,
    shapes: Shapes,
    verdicts: list[Verdict | None],
    end: Tail | None,
    words: Vocabulary,
) -> int:
    """Mark what follows the marker in line ``at``; the line up to which it was looked at."""
    if end is not None and end.start <= at + 1:
        rest = tail(at + 1, shapes, verdicts)
        if rest.headlines:
            _drop(_before_resuming(rest, shapes), shapes, verdicts, Ground.MARKER, BEHIND, 1.0)
        return rest.stop
    following = next(
        (i for i in range(at + 1, len(shapes)) if is_marker(shapes[i], verdicts[i])), len(shapes)
    )
    rest = tail(at + 1, shapes, verdicts, following)
    looked_at = rest.stop
    box = _box(at + 1, looked_at, shapes, verdicts)
    cap = CAP_ALTERNATING
    single = rest.units == 1 and not rest.credited and not rest.resumes
    if rest.resumes:
        rest = _before_resuming(rest, shapes)
    if single and following == len(shapes):
        above = _text_above(at, shapes, verdicts)
        own = _on_its_subject(rest, shapes, above, words)
        if own != _headed(rest, shapes, words):
            rest = replace(rest, stop=box) if own else rest
        else:
            cap = 0.0  # either may be: a summary, or the article's own end
    elif box < rest.stop and not _announces(rest, shapes, verdicts, words):
        rest = replace(rest, stop=box)
    if rest.headlines and rest.stop > rest.start:
        _drop(rest, shapes, verdicts, Ground.MARKER, BEHIND, cap)
    return looked_at


def _headed(rest: Tail, shapes: Shapes, words: Vocabulary) -> bool:
    """Whether the one paragraph of ``rest`` has a telling word of the headline above it."""
    some = range(rest.start, rest.stop)
    headlines = [shapes.folded[i] for i in some if is_headline(shapes[i])]
    return _on_its_subject(rest, shapes, headlines, words)


def is_marker(s: Shape, verdict: Verdict | None) -> bool:
    """Whether a whole line is a marker, and not one with its headline behind a colon."""
    return verdict is not None and verdict.role is Role.MARKER and s.kind == MARKER


def _before_resuming(rest: Tail, shapes: Shapes) -> Tail:
    """``rest`` up to its last headline, where the article goes on behind it."""
    stop = rest.stop
    while rest.resumes and stop > rest.start and not is_headline(shapes[stop - 1]):
        stop -= 1
    return replace(rest, stop=stop)


def _box(start: int, stop: int, shapes: Shapes, verdicts: Sequence[Verdict | None]) -> int:
    """Where a box of headlines that begins in line ``start`` ends: at the first paragraph."""
    for i in range(start, stop):
        if verdicts[i] is None and is_paragraph(shapes[i]):
            return i
    return stop


def _announces(
    rest: Tail,
    shapes: Shapes,
    verdicts: Sequence[Verdict | None],
    words: Vocabulary,
) -> bool:
    """Whether the paragraphs of ``rest`` are summaries under their headlines.

    They are not where the article goes on below a box of headlines.
    """
    if rest.credited or _is_list_of_teasers(rest, shapes):
        return True
    if rest.units < 2:
        return False
    above = _text_above(rest.start, shapes, verdicts)
    return not _on_its_subject(rest, shapes, above, words)


def _is_list_of_teasers(rest: Tail, shapes: Shapes) -> bool:
    """Whether long headlines and short summaries take turns from the first line to the end.

    Below a box of headlines the article's own heading follows one of the box, or the article goes
    on, and its headings are short.
    """
    some = shapes[rest.start : rest.stop]
    return (
        rest.units >= 2
        and rest.units == rest.headlines == sum(map(is_paragraph, some))
        and not rest.resumes
        and is_headline(some[0])
        and all(s.words >= LONG_HEADLINE for s in some if is_headline(s))
        and all(s.words <= SHORT_SUMMARY for s in some if is_paragraph(s))
    )


def _drop(
    rest: Tail,
    shapes: Shapes,
    verdicts: list[Verdict | None],
    ground: Ground,
    reason: str,
    cap: float,
) -> None:
    """Give the lines of ``rest`` their verdict, too weak to drop them where ``cap`` is passed."""
    prose = shapes.columns.prose
    share = sum(prose[rest.start : rest.stop]) / (sum(prose) or 1)
    certainty = 0.95 if share <= cap else REPORTED
    for i in range(rest.start, rest.stop):
        verdict = verdicts[i]
        image = verdict is not None and verdict.role in (Role.CAPTION, Role.CREDIT)
        if verdict is None or (image and certainty > REPORTED):
            verdicts[i] = Verdict(_role(shapes[i]), ground, certainty, reason)


def _role(s: Shape) -> Role:
    """Teasers, but for what the word lists know by another name."""
    if s.kind == MENU:
        return Role.MENU
    return Role.NOTICE if s.symbol == COPYRIGHT else Role.TEASER


def _alternating(
    shapes: Shapes, verdicts: list[Verdict | None], last: int, words: Vocabulary
) -> None:
    """Teasers at the end that neither a marker nor a sign-off announces."""
    captions = [
        i
        for i, v in enumerate(verdicts[last:], last)
        if v is not None and v.role in (Role.CAPTION, Role.CREDIT)
    ]
    for i in captions[:MOST_BEGINNINGS]:
        rest = tail(i, shapes, verdicts)
        if rest.credited >= 2 and rest.credited == rest.units:
            above = _text_above(i, shapes, verdicts)
            if not _on_its_subject(rest, shapes, above[:1], None):
                cap = 0.0 if _on_its_subject(rest, shapes, above, words) else CAP
                _drop(rest, shapes, verdicts, Ground.ALTERNATION, Ground.ALTERNATION.value, cap)
            return


def _on_its_subject(
    rest: Tail, shapes: Shapes, above: Iterable[str], words: Vocabulary | None
) -> bool:
    """Whether half of the paragraphs of ``rest`` have a word of the folded lines ``above``.

    With ``words`` only those count that tell something.
    """
    least, letters = (STEM, STEM) if words is None else (STEM + 1, TELLING_STEM)
    some = range(rest.start, rest.stop)
    paragraphs = [shapes.folded[i].split() for i in some if is_paragraph(shapes[i])]
    # A word that both have as it stands is found soonest, and mostly there is one.
    alike = [{w for w in p if len(w) >= least and w.isalpha()} for p in paragraphs]
    if _have_words_of(above, alike, words):
        return True
    theirs = [[w for w in map(_core, p) if len(w) >= least] for p in paragraphs]
    sought = {w[:letters] for longer in theirs for w in longer}
    tokens = {*" ".join(above).split()}
    # Of most tokens their core is the whole; whether a word tells something is asked last.
    beginnings = map(itemgetter(slice(letters)), tokens)
    near = {*compress(tokens, map(sought.__contains__, beginnings))}
    near |= {*filterfalse(str.isalpha, tokens)}
    shared = {w for w in map(_core, near) if len(w) >= least and w[:letters] in sought}
    subject = {w[:letters] for w in _telling(shared, words)}
    speak = (_telling((w for w in longer if w[:letters] in subject), words) for longer in theirs)
    return 2 * sum(any(telling) for telling in speak) >= len(paragraphs)


def _have_words_of(
    lines: Iterable[str], groups: Sequence[Set[str]], words: Vocabulary | None
) -> bool:
    """Whether half of some groups of words have one of the lines, which are read no further."""
    sought = set[str]().union(*groups)
    missing = [*groups]
    for line in lines:
        if 2 * len(missing) <= len(groups):
            break
        if found := {*_telling(sought.intersection(line.split()), words)}:
            missing = [group for group in missing if group.isdisjoint(found)]
    return 2 * len(missing) <= len(groups)


def stems(folded: Iterable[str]) -> frozenset[str]:
    """By which letters the longer words of folded lines are told from others."""
    words = (w for line in folded for w in map(_core, line.split()))
    return frozenset(w[:TELLING_STEM] for w in words if len(w) > STEM)


def speaks_of(s: Shape, about: Collection[str], words: Vocabulary) -> bool:
    """Whether a line has telling words, two or more, with stems in ``about``."""
    own = {w[:TELLING_STEM]: w for w in map(_core, s.folded.split()) if len(w) > STEM}
    telling = (w for stem, w in own.items() if stem in about and words.is_telling(w))
    return len([*islice(telling, LEAST_TELLING)]) == LEAST_TELLING


def _telling(some: Iterable[str], words: Vocabulary | None) -> Iterable[str]:
    """Of some words those that tell what a text is about; all of them without ``words``."""
    return some if words is None else filter(words.is_telling, some)


def _text_above(at: int, shapes: Shapes, verdicts: Sequence[Verdict | None]) -> list[str]:
    """The lines of the article above line ``at``, folded, the title first."""
    return [*compress(shapes.folded[:at], map(not_, verdicts))]


def _core(word: str) -> str:
    """A word without its marks and without the article that an apostrophe joins to it."""
    return word.strip(_MARKS).replace("’", "'").rpartition("'")[2]
