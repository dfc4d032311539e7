"""NAM: one spelling for each name, and never two people as one.

All four rules choose from :func:`normalize.names.unify.unify`, which judges the names of a text by
the text itself, by what the corpus or the lock taught, and by the authority file. None of them
touches addresses, file names, handles or code. What stands in quotation marks is treated like the
rest.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..edits import Edit
from ..names.unify import unify
from ..view import View
from . import Stage, rule


@rule("NAM001", repair="safe", stage=Stage.NAMES)
def variant_spelling(view: View) -> Iterator[Edit]:
    """A spelling of a name that is not its canonical form.

    Finds:
        A name whose letters are those of a known name and whose marks are all marks of it, and
        that fits no other name. The canonical form is the one in the authority file, else the one
        in the lock, else the spelling with the most marks; of José Angel and Jose Ángel it is José
        Ángel. A mark is taken away by the authority file, the lock or a policy alone. Case and
        apostrophes stay as they are, and so do white space and hyphens, but in places, where a
        hyphen is put in, and by the authority file.
    Why:
        A search for one spelling finds a part of the mentions, and counts of people are wrong.
    Example:
        "Hoang Xuan Chien ... Hoàng Xuân Chiên" -> "Hoàng Xuân Chiên ... Hoàng Xuân Chiên"
    Leaves alone:
        Names that differ in a letter (Suga Yoshihide, Suga Yoshihiro) or whose marks exclude each
        other (Hùng, Hưng). Single words, unless they are places in both spellings, or have marks
        that no western language gives them: Pérez and Perez, Côté and Cote, Vu and Vũ stay, and
        so do places that may be two: Mure and Muré. Two people named together: Martin Muller et
        Martin Müller. Names, people's apart, in the form of the text's own language: Iran in a
        French text, whatever the Spanish ones of the corpus write (Irán).
        Acronyms. What differs in hyphens and spaces alone (Kim Jong-un, Kim Jong Un): one name in
        the table.
    """
    for change in view.once(unify).variants:
        yield from change.edits("NAM001", view.text)


@rule("NAM002", repair="none", stage=Stage.NAMES)
def ambiguous_spelling(view: View) -> Iterator[Edit]:
    """A spelling that fits two names.

    Finds:
        A name with few marks that two fuller names are compatible with, which exclude each other.
        It is reported once for each spelling, with the names it fits.
    Why:
        Only a person can say who is meant. One line in names.toml, an alias, settles it.
    Example:
        "Nguyen Van Hung", where the corpus knows "Nguyễn Văn Hùng" and "Nguyễn Văn Hưng"
    Leaves alone:
        A mention after one of the two, in a document where the other does not stand: it means
        that one, and NAM001 repairs it.
    """
    for change in view.once(unify).ambiguous:
        yield from change.edits("NAM002", view.text)


@rule("NAM003", repair="none", stage=Stage.NAMES)
def probable_variant(view: View) -> Iterator[Edit]:
    """A name that is probably another one, in another order or cut into other words.

    Finds:
        The words of a known person in another order, and a known name with a space more before
        a small letter. The rarer form is reported.
    Why:
        It is often one person, but not always, so nothing is merged without a word from a person.
    Example:
        "Fumio Kishida" beside "Kishida Fumio"; "Xi Jin ping" beside "Xi Jinping"
    Leaves alone:
        Names of places, and names that share only a part.
    """
    for change in view.once(unify).probable:
        yield from change.edits("NAM003", view.text)


@rule("NAM004", repair="safe", stage=Stage.NAMES)
def partial_mention(view: View) -> Iterator[Edit]:
    """Part of a name, spelled otherwise than in the whole name before it.

    Finds:
        A title and the first or last words of a person named before in the document, where that
        person is the only one of the document who fits.
    Why:
        The second mention is the same person and should be found with the first.
    Example:
        "Hoàng Xuân Chiên ... le général Chien" -> "Hoàng Xuân Chiên ... le général Chiên"
    Leaves alone:
        Mentions without a title, unless the surname has marks that no western language gives it
        (Erdoğan); mentions that two people of the document fit; mentions before the whole name.
    """
    for change in view.once(unify).partial:
        yield from change.edits("NAM004", view.text)
