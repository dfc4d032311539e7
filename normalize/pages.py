"""The article of a web page, as plain text. Needs the extra ``[html]``."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import Any

from .readers import LONGEST_DOCUMENT, InputError


def article_of(data: bytes, shown: str) -> str:
    """Title and text of the article on a web page; what trafilatura takes for it.

    Raises ``InputError`` for damaged data and for a page without an article.
    """
    import trafilatura

    if data.startswith(b"\x1f\x8b"):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
                data = file.read(LONGEST_DOCUMENT + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise InputError(f"{shown}: cannot be unpacked: {error}") from None
    if len(data) > LONGEST_DOCUMENT:
        raise InputError(f"{shown}: longer than {LONGEST_DOCUMENT:,} bytes")
    try:
        found: Any = trafilatura.bare_extraction(data, include_comments=False, with_metadata=True)
    except Exception as error:  # damaged pages end in errors of any kind within the library
        raise InputError(f"{shown}: not a readable page: {error}") from None
    text = (found.text or "") if found else ""
    if not text.strip():
        raise InputError(f"{shown}: no article on this page")
    title = (found.title or "").strip()
    return f"{title}\n{text}\n" if title and not text.startswith(title) else f"{text}\n"
