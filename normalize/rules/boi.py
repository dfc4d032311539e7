"""BOI: boilerplate. Blocks, and pieces of blocks, that a page adds to its article.

All of them choose from one analysis (``normalize.article``). A dropped block takes its white space
along, so that the text left has one blank line where it had one before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from ..article import analyse
from ..document import Role
from ..edits import Edit
from ..view import View
from . import Stage, rule


@rule("BOI001", repair="safe", stage=Stage.BLOCKS)
def caption_or_credit(view: View) -> Iterable[Edit]:
    """The caption or the credit of an image.

    Finds: lines that end in an image credit ("Photo: VNA", "(Foto: EFE)", "Ann Lee/Getty Images"),
        or begin like one ("Image source, Getty Images", "Image caption, …"), numbered image labels
        ("… ảnh 1…"), and a caption that runs into a sentence.
    Why: the image is gone; its caption interrupts the article.
    Example: "La réunion. Photo: VNA" -> dropped; the caption and its credit become facts.
    Leaves alone: "il prend une photo : la mer", paragraphs too long for a caption.
    """
    blocks = _blocks(view, "BOI001", Role.CAPTION, Role.CREDIT)
    return [*blocks, *_cuts(view, "BOI001", Role.CAPTION)]


@rule("BOI002", repair="safe", stage=Stage.BLOCKS)
def dateline(view: View) -> Iterable[Edit]:
    """The dateline in front of the first sentence.

    Finds: place, date and agency before a dash: "Hanoi (VNA) - ", "PARIS, 3 mars (AFP) — "; in the
        first paragraphs also "VNA - ", "Hanoi, VNA - " and a place in capitals, "TOKYO - ".
    Why: place and agency are columns of their own; the sentence begins behind them.
    Example: "Hanoi (VNA) - Le général…" -> "Le général…", dateline "Hanoi", agency "VNA".
    Leaves alone: brackets with anything but a news agency: "Le Parti (PCV) - qui gouverne…"; words
        in capitals that are no place: "EXCLUSIF - ".
    """
    return [*_blocks(view, "BOI002", Role.DATELINE), *_cuts(view, "BOI002", Role.DATELINE)]


@rule("BOI003", repair="safe", stage=Stage.BLOCKS)
def sign_off(view: View) -> Iterable[Edit]:
    """The agency's sign-off behind the last sentence.

    Finds: " -VNA", ".- AVI", "./.", "(avec AFP)", ". EFE" at the end of a paragraph; "VNA/CVN",
        "Avec AFP", "(Reporting by …; Editing by …)", initials below it ("jcp/ddp") as a line.
    Why: it is no sentence, and it marks the end of the article.
    Example: "…en mer. -VNA" -> "…en mer."
    Leaves alone: names of agencies inside sentences, "…l'Agence France-Presse (AFP)".
    """
    return [*_blocks(view, "BOI003", Role.SIGN_OFF), *_cuts(view, "BOI003", Role.SIGN_OFF)]


@rule("BOI004", repair="safe", stage=Stage.BLOCKS)
def source_line(view: View) -> Iterable[Edit]:
    """A line that names the source or gives its address.

    Finds: "source", "Source : https://…", "Fuente: EFE", an address by itself below the text; the
        source behind the last sentence of a paragraph, the site's name behind the title.
    Why: source and address are columns of their own.
    Example: "Source : https://example.org/a" -> dropped; url "https://example.org/a".
    Leaves alone: sentences that speak of sources, addresses inside the article.
    """
    return [*_blocks(view, "BOI004", Role.SOURCE), *_cuts(view, "BOI004", Role.SOURCE)]


@rule("BOI005", repair="safe", stage=Stage.BLOCKS)
def date_header(view: View) -> Iterable[Edit]:
    """A line that holds the date of publication and nothing of the story.

    Finds: "date 2025-12-04 Vietnam - Japon", "Publié le 3 mars 2024 à 10h15", "Publié hier à
        18h40", "Par Anne Roy | 3 mars 2024", "3 min read" above or below the prose.
    Why: the date is a column of its own.
    Example: "Publicado: 04/12/2025" -> dropped; published 2025-12-04.
    Leaves alone: dates inside the article; a date without a year gives no fact.
    """
    return _blocks(view, "BOI005", Role.DATE_HEADER)


@rule("BOI006", repair="safe", stage=Stage.BLOCKS)
def comment_widget(view: View) -> Iterable[Edit]:
    """The comment widget.

    Finds: "Comment (0)", "Laisser un commentaire", "Sé el primero en comentar".
    Why: it belongs to the page.
    Example: "Comment (0)" -> dropped.
    Leaves alone: a heading "Commentaires" between paragraphs.
    """
    return _blocks(view, "BOI006", Role.COMMENT)


@rule("BOI007", repair="safe", stage=Stage.BLOCKS)
def share_widget(view: View) -> Iterable[Edit]:
    """The share and print widget.

    Finds: short lines of nothing but networks and share words: "Partager sur Facebook", "Imprimer".
    Why: it belongs to the page.
    Example: "Share this article" -> dropped.
    Leaves alone: sentences about networks.
    """
    return _blocks(view, "BOI007", Role.SHARE)


@rule("BOI008", repair="safe", stage=Stage.BLOCKS)
def menu(view: View) -> Iterable[Edit]:
    """A menu, a list of sections, or another short label of the page.

    Finds: short lines that the scorer places outside the article, in a text that is a whole page,
        and navigation among teasers; in any article the way to the page above it ("Accueil > Monde
        > Asie", "You are here: …") and its subjects below "Tags".
    Why: navigation is no text.
    Example: "Home⏎World⏎Sports⏎Log in" above an article -> dropped.
    Leaves alone: other short lines of an article that comes without a page around it.
    """
    return _blocks(view, "BOI008", Role.MENU)


@rule("BOI009", repair="safe", stage=Stage.BLOCKS)
def repeated_in_corpus(view: View) -> Iterable[Edit]:
    """A block that other documents of the corpus have too.

    Finds: blocks that the corpus, or the lock, has seen in several documents.
    Why: what stands on many pages of a site belongs to the site.
    Example: the same appeal for donations under every article -> dropped.
    Leaves alone: the paragraphs of two copies of one article, and the body's own short lines.
    """
    return _blocks(view, "BOI009", Role.REPEATED)


@rule("BOI010", repair="safe", stage=Stage.BLOCKS)
def notice(view: View) -> Iterable[Edit]:
    """A notice on cookies, newsletters, subscriptions or copyright.

    Finds: lines with the words of such notices that the scorer places outside the article, in a
        text that is a whole page, and copyright lines among teasers; in any article "All rights
        reserved" below it, and "Publicité" or "Listen to this article" by themselves.
    Why: it belongs to the page.
    Example: "Nous utilisons des cookies pour…" -> dropped.
    Leaves alone: articles about cookies or newsletters.
    """
    return _blocks(view, "BOI010", Role.NOTICE)


@rule("BOI011", repair="safe", stage=Stage.BLOCKS)
def not_of_the_article(view: View) -> Iterable[Edit]:
    """A line of a page that by look and place is not of the article.

    Finds: lines that the scorer (``normalize.article.scorer``) places outside the article, in a
        text that is a whole page.
    Why: pages name their furniture in endless ways; look and place give it away.
    Example: a list of headlines beside the article -> dropped.
    Leaves alone: everything in a text that shows no furniture of a page; lines with a dateline or
        a sign-off. A paragraph beside the article's own, or in a short page, is only reported
        unless the scorer is nearly certain.
    """
    return _blocks(view, "BOI011", Role.OTHER)


@rule("BOI012", repair="safe", stage=Stage.BLOCKS)
def byline(view: View) -> Iterable[Edit]:
    """A line that names the authors and says nothing else.

    Finds: "Par Anne Roy", "By Ann Lee and Tom Hart", "Von der Redaktion" above or below the prose;
        with a date, it is a date header. An agency by itself above the prose: "EFE", "Avec AFP".
    Why: the author and the agency are columns of their own.
    Example: "Par Anne Roy" -> dropped; author "Anne Roy".
    Leaves alone: names without a word in front, bylines inside the article, and the first line
        where it is the only one above the prose.
    """
    return _blocks(view, "BOI012", Role.BYLINE)


def _blocks(view: View, code: str, *roles: Role) -> list[Edit]:
    """A deletion of each block with one of ``roles``."""
    judged = view.once(analyse).judged
    if judged.keys().isdisjoint(roles):
        return []
    found = [block for role in roles for block, _ in judged.get(role, ())]
    found.sort()
    text = view.text
    return [
        _edit((start, end, text[start:end], "", code, certainty, "; ".join(reasons)))
        for start, end, _, certainty, reasons in found
    ]


_edit: Callable[[tuple[int, int, str, str, str, float, str]], Edit] = partial(tuple.__new__, Edit)


def _cuts(view: View, code: str, role: Role) -> Iterator[Edit]:
    """A deletion of each piece with ``role`` that stands in a block which stays."""
    for cut in view.once(analyse).cuts:
        if cut.role is role:
            before = view.text[cut.start : cut.end]
            yield Edit(cut.start, cut.end, before, "", code, cut.certainty, cut.reason)
