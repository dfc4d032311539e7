"""What a document says of its own spaces: rates, line ends and what expects them."""

from __future__ import annotations

import re
from math import exp, log

import pytest

from normalize.words.prior import WIDTHS, Counts, LineEnds, Prior, _Paragraph, fit
from normalize.words.weights import weights

CHANNEL = weights().channel
MARGIN = log(0.9) - log(0.1)


def odds(share: float) -> float:
    return log(share) - log(1.0 - share)


def share(log_odds: float) -> float:
    return 1.0 / (1.0 + exp(-log_odds))


@pytest.fixture
def ends() -> LineEnds:
    return LineEnds(60, [(10, 12), (30, 30)], share=0.9, inside=0.8)


def test_without_words_the_rates_are_those_of_most_documents() -> None:
    prior = Prior(weights(), Counts())
    assert share(prior.base) == pytest.approx(CHANNEL["join_mean"])
    assert share(prior.stray) == pytest.approx(CHANNEL["split_mean"])


def test_no_document_is_believed_to_have_lost_most_of_its_spaces() -> None:
    prior = Prior(weights(), Counts(10_000, lost=9_000.0, stray=9_000.0))
    assert share(prior.base) == pytest.approx(CHANNEL["most"])
    assert share(prior.stray) == pytest.approx(CHANNEL["most"])
    few = Prior(weights(), Counts(10_000, lost=101.0, stray=100.0))
    mean, weight = CHANNEL["join_mean"], CHANNEL["join_weight"]
    assert share(few.base) == pytest.approx((mean * weight + 100.0) / (weight + 10_000))


def test_counts_that_change_little_are_worth_no_other_pass() -> None:
    prior = Prior(weights(), Counts(2_000, lost=20.0, stray=20.0))
    assert not prior.differs(Counts(2_000, lost=21.0, stray=21.0))
    assert prior.differs(Counts(2_000, lost=60.0, stray=20.0))
    assert prior.differs(Counts(2_000, lost=5.0, stray=20.0))
    assert prior.differs(Counts(2_000, lost=20.0, stray=60.0))


@pytest.mark.parametrize(
    ("place", "number"), [(9, -1), (10, 0), (12, 0), (13, -1), (29, -1), (30, 1), (31, -1)]
)
def test_places_of_line_ends(ends: LineEnds, place: int, number: int) -> None:
    assert ends.span(place) == number
    expected = MARGIN if number >= 0 else -5.0 + log(0.2)
    assert ends.odds(place, -5.0) == pytest.approx(expected)
    prior = Prior(weights(), Counts(500), ends)
    assert prior.expects(place) is (number >= 0)
    assert prior.lost(place) == ends.odds(place, prior.base)
    assert prior.losses([5, place]) == [prior.lost(5), prior.lost(place)]
    assert not Prior(weights(), Counts(500)).expects(place)
    assert Prior(weights(), Counts(500)).lost(place) == prior.base
    assert Prior(weights(), Counts(500)).losses([5, place]) == [prior.base, prior.base]


def test_some_joins_may_stand_elsewhere_even_if_none_does() -> None:
    whole = LineEnds(60, [(10, 12)], share=0.9, inside=1.0)
    assert whole.odds(50, -5.0) == pytest.approx(-5.0 + log(0.02))
    assert whole.gain(-5.0) == pytest.approx(whole.odds(10, -5.0) - whole.odds(50, -5.0))


@pytest.mark.parametrize(
    ("start", "end", "near"),
    [(0, 9, 0), (0, 10, 10), (11, 20, 11), (12, 20, 12), (13, 29, 13), (13, 30, 30), (31, 40, 31)],
)
def test_the_best_place_between_two(ends: LineEnds, start: int, end: int, near: int) -> None:
    assert ends.near(start, end) == near
    prior = Prior(weights(), Counts(500), ends)
    assert prior.most(start, end) == max(map(prior.lost, range(start, end + 1)))
    assert Prior(weights(), Counts(500)).most(start, end) == prior.base


@pytest.mark.parametrize(
    ("words", "width", "spans", "hits"),
    [
        ([(0, 5, False), (6, 11, False), (12, 20, False)], 14, [(13, 14)], 0),
        ([(0, 5, False), (6, 11, False), (12, 20, False)], 11, [], 0),
        ([(0, 5, False), (6, 11, False), (12, 20, False)], 12, [], 0),
        ([(0, 5, False), (6, 11, False), (12, 20, False)], 20, [], 0),
        ([(0, 5, False), (6, 8, False)], 7, [(7, 7)], 0),
        ([(n, n + 5, False) for n in (0, 6, 12, 18)], 8, [(7, 8), (13, 16)], 0),
        ([(0, 8, False), (9, 14, False), (15, 20, False)], 8, [(16, 17)], 0),
        ([(0, 10, False), (10, 20, True)], 10, [(10, 10)], 1),
        ([(0, 3, False), (3, 23, True), (23, 30, True)], 10, [(3, 3), (23, 23)], 1),
        ([(0, 10, False), (10, 20, True)], 20, [(10, 10)], 1),
        ([(0, 10, False), (10, 20, True)], 21, [(10, 10)], 0),
        ([(0, 9, False), (9, 19, True), (20, 29, False)], 19, [(9, 9), (21, 28)], 1),
    ],
)
def test_where_lines_of_a_width_end(
    words: list[tuple[int, int, bool]], width: int, spans: list[tuple[int, int]], hits: int
) -> None:
    joins = sum(glued for _, _, glued in words)
    assert _Paragraph(words).expected(width) == (spans, hits, joins)


@pytest.mark.parametrize(
    ("words", "widths"),
    [
        ([(0, 45, False), (45, 50, True)], [*range(45, 51)]),
        ([(0, 20, False), (21, 45, False), (45, 50, True)], [*range(45, 51)]),
        ([(0, 30, False), (30, 45, True)], [*range(40, 46)]),
        ([(0, 130, False), (130, 150, True)], [*range(130, 141)]),
        ([(0, 45, False), (45, 90, True), (90, 91, True)], [*range(45, 91), 45, 46]),
        ([(0, 20, False), (21, 45, False)], []),
    ],
)
def test_widths_that_put_a_line_end_at_a_join(
    words: list[tuple[int, int, bool]], widths: list[int]
) -> None:
    votes = [0.0] * (WIDTHS[-1] + 2)
    _Paragraph(words).vote(votes)
    assert votes == [widths.count(width) for width in range(len(votes))]


def test_a_paragraph_has_its_own_words_and_joins() -> None:
    text = "un deuxtrois\nquatrecinq six"
    first, second = re.finditer(".+", text)
    joins = [7, 12, 19]  # the second stands at the end of a token, where nothing is cut
    assert _Paragraph.of(text, first, joins).words == [(0, 2, False), (3, 7, False), (7, 12, True)]
    assert _Paragraph.of(text, second, joins).words == [
        (13, 19, False),
        (19, 23, True),
        (24, 27, False),
    ]


def test_words_are_cut_where_spaces_were_lost() -> None:
    text = "un deuxtroisquatre cinq"
    (line,) = re.finditer(".+", text)
    assert _Paragraph.of(text, line, [7, 12, 19]).words == [
        (0, 2, False),
        (3, 7, False),
        (7, 12, True),
        (12, 18, True),
        (19, 23, False),
    ]


def test_joins_in_any_place_tell_no_width() -> None:
    words = ["mot" * (1 + n % 5) for n in range(200)]
    joins, text = [], ""
    for n, word in enumerate(words):
        if n % 7 and n % 11:
            text += " "
        else:
            joins.append(len(text))
        text += word
    assert fit(text, joins[1:], weights()) is None
    assert fit(text, joins[1:4], weights()) is None


def test_one_join_is_worth_no_other_pass_and_two_are() -> None:
    prior = Prior(weights(), Counts(300))
    assert not prior.differs(Counts(300, lost=1.0))
    assert prior.differs(Counts(300, lost=2.0))


def row(size: int) -> str:
    """So many characters of words and spaces, which begin and end with a letter."""
    return ("mots " * size)[: size - 1].rstrip().ljust(size, "x")


def wrapped(*paragraphs: str) -> tuple[str, list[int]]:
    """A text, one paragraph a line, with its joins, from the lengths of its rows.

    A row that a ``+`` precedes has lost the space before it.
    """
    text, joins = "", []
    for paragraph in paragraphs:
        text += "\n" if text else ""
        for n, size in enumerate(paragraph.split()):
            if size.startswith("+"):
                joins.append(len(text))
            elif n:
                text += " "
            text += row(int(size))
    return text, joins


def test_a_width_is_believed_as_far_as_it_explains_the_joins() -> None:
    """Of ten joins eight stand where lines end; of nine line ends eight are joins."""
    text, joins = wrapped("60 +60 +60 +25 +35 +60 +10", "60 +60 +57 58 +60 +5", "12 +12")
    ends = fit(text, joins, weights())
    assert ends is not None
    assert ends.width == 60
    assert [ends.span(place) >= 0 for place in joins] == [True] * 10 + [False]
    assert ends.odds(60, -5.0) == pytest.approx(odds(8.5 / 10.0))
    assert ends.odds(50, -5.0) == pytest.approx(-5.0 + log(1.0 - 8.5 / 11.0))


def test_a_width_that_all_joins_follow_is_not_believed_without_end() -> None:
    text, joins = wrapped(" +".join(["60"] * 60))
    ends = fit(text, joins, weights())
    assert ends is not None
    assert ends.odds(60, -5.0) == pytest.approx(odds(CHANNEL["wrap_most"]))


@pytest.mark.parametrize(
    ("paragraph", "told"),
    [
        ("60 +60 +60 +60 +10", True),
        ("60 +60 +60 +60", False),  # three joins are too few
        ("60 +60 +60 +60 +10 +11 +12 +13 +14", True),
        ("60 +60 +60 +60 +10 +11 +12 +13 +14 +15", False),  # most joins stand elsewhere
    ],
)
def test_how_many_joins_tell_a_width(paragraph: str, told: bool) -> None:
    assert (fit(*wrapped(paragraph), weights()) is not None) is told
