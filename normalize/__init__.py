"""A linter and a build tool for text corpora.

>>> import normalize
>>> normalize.clean("Le généralde corps d’armée est à Tokyo.", lang="fr").text
'Le général de corps d’armée est à Tokyo.'

Heavy libraries are imported by the functions that need them, so importing this is cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from .evidence import Evidence
    from .findings import Finding
    from .pipeline import Cleaned

__all__ = ["__version__", "check", "clean", "clean_frame", "load_schema"]


def clean(
    text: str,
    lang: str = "auto",
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    evidence: Evidence | None = None,
    layout: bool = False,
    **settings: Any,
) -> Cleaned:
    """Clean one text: ``Cleaned(text, edits, blocks, facts, …)``.

    ``lang`` is ``fr``, ``es``, ``en``, any other language with a file, or ``auto``. ``select`` and
    ``ignore`` take rule codes or prefixes. ``evidence`` is what a corpus taught (see
    ``normalize.project.read_lock``). ``layout`` gives the text the form it has in a build: the
    title apart, one blank line between paragraphs. Further ``settings`` are those of
    ``normalize.config.Config``.

    Raises ``TypeError`` for a text that is no string, ``pipeline.UnknownRule``,
    ``language.UnknownLanguage`` and ``config.ConfigError``.
    """
    from .config import Config
    from .evidence import Evidence as Nothing
    from .pipeline import clean as run

    if not isinstance(text, str):
        raise TypeError(f"text must be a string, not {type(text).__name__}")
    config = Config(lang=lang, select=tuple(select), ignore=tuple(ignore), **settings)
    return run(text, config, evidence or Nothing(), layout=layout)


def check(text: str, lang: str = "auto", **settings: Any) -> list[Finding]:
    """What is wrong with one text, in text order, with line and column; see ``clean``."""
    from .corpus import findings_of

    return list(findings_of(clean(text, lang, **settings), layout=False))


def clean_frame(
    df: pd.DataFrame, text: str = "text", lang: str = "auto", **settings: Any
) -> pd.DataFrame:
    """A copy of ``df`` with its ``text`` column clean and the articles' facts beside it.

    All rows are learned from first, so a name has one spelling in all of them. Added columns:
    title, lede, dateline, agency, published, url, n_edits, n_dropped_blocks; a column that ``df``
    has already is left as it is. Null texts stay null. Raises ``KeyError`` for a missing column,
    ``TypeError`` for a value that is no string, and what ``clean`` raises.
    """
    from .frames import clean_frame as run

    return run(df, text, lang=lang, **settings)


def load_schema(name: str) -> Any:
    """The pandera schema ``documents``, ``edits`` or ``names``, or that of a YAML file's path."""
    from .validation import load_schema as load

    return load(name)
