"""Texts made to be slow: each is one kind of input, of any size, that real documents do not hold.

``HOSTILE[name](n)`` is ``n`` characters of it. The same name and size make the same text.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import cycle, islice

LETTERS = "abcdefghijklmnopqrstuvwxyzéèàç"
WORDS = """le la les de des un une et est dans pour avec sur par plus ministre pays guerre accord
président gouvernement généralde coopération défense novembre état projet région conseil""".split()
SENTENCE = "Le ministre a présenté hier à Paris le projet de réforme des transports du pays. "
GIVEN = "Marie Jean Hoàng Nguyễn Trần Lê Phạm Serizawa Kishida Paul Élise François".split()

Maker = Callable[[int], str]


def _repeated(text: str) -> Maker:
    return lambda size: (text * (size // len(text) + 1))[:size]


def _drawn(piece: Callable[[random.Random], str]) -> Maker:
    """Pieces drawn one after the other until there is enough."""

    def make(size: int) -> str:
        source, found, length = random.Random(size), [], 0
        while length < size:
            found.append(piece(source))
            length += len(found[-1])
        return "".join(found)[:size]

    return make


def _counted(template: str) -> Maker:
    """A template filled with 0, 1, 2, …: each of its lines or words is another."""

    def numbers() -> Iterator[str]:
        number = 0
        while True:
            yield template.format(number, word=_word(number))
            number += 1

    def make(size: int) -> str:
        found, length = [], 0
        for text in numbers():
            found.append(text)
            length += len(text)
            if length >= size:
                break
        return "".join(found)[:size]

    return make


def _word(number: int) -> str:
    """A number written in letters, each its own."""
    letters = ""
    number += 17
    while number:
        number, digit = divmod(number, 20)
        letters += "bcdfglmnprstvzaeioué"[digit]
    return letters


def _letters(low: int, high: int) -> Callable[[random.Random], str]:
    return lambda r: "".join(r.choices(LETTERS, k=r.randint(low, high)))


def _name(r: random.Random) -> str:
    return f"{r.choice(GIVEN)} {_letters(3, 7)(r).capitalize()} "


def _spelt(r: random.Random) -> str:
    """One of the many spellings of one long name."""
    parts = ["Hoa", "ng ", "Xua", "n C", "hie", "n T", "ran"]
    marks = ["", "\u0300", "\u0301", "\u0302", "\u0303", "\u0309", "\u0323"]
    from unicodedata import normalize

    return normalize("NFC", "".join(p[:-1] + p[-1:] + r.choice(marks) for p in parts)) + " vient. "


def _garbled(layers: int) -> str:
    text = "déjà vu « été » l’œuvre "
    for _ in range(layers):
        text = text.encode("utf-8").decode("latin-1")
    return text


def _escaped(layers: int) -> str:
    return "&" + "amp;" * layers + "eacute; "


def _random_characters(r: random.Random) -> str:
    return "".join(
        chr(r.choice([r.randrange(32, 0x3000), r.randrange(32, 0xD7FF)])) for _ in "1234"
    )


def _repeats(size: int) -> str:
    """A few paragraphs, again and again, with a word of difference."""
    paragraphs = [SENTENCE * 4 + _word(n * 997) + ".\n" for n in range(7)]
    made = (p.replace("hier", _word(n)) for n, p in enumerate(islice(cycle(paragraphs), size)))
    found, length = [], 0
    for text in made:
        found.append(text)
        length += len(text)
        if length >= size:
            break
    return "".join(found)[:size]


HOSTILE: dict[str, Maker] = {
    # One character without end.
    "one letter": _repeated("a"),
    "spaces": _repeated(" "),
    "apostrophes": _repeated("'"),
    "curly apostrophes": _repeated("’"),
    "capitals": _repeated("A"),
    "digits": _repeated("1"),
    "commas": _repeated(","),
    "dots": _repeated("."),
    "hyphens": _repeated("-"),
    "dashes": _repeated("—"),
    "underscores": _repeated("_"),
    "quotes": _repeated('"'),
    "opening guillemets": _repeated("«"),
    "opening brackets": _repeated("("),
    "angle brackets": _repeated("<"),
    "ampersands": _repeated("&"),
    "backquotes": _repeated("`"),
    "slashes": _repeated("/"),
    "backslashes": _repeated("\\"),
    "at signs": _repeated("@"),
    "colons": _repeated(":"),
    "pipes": _repeated("|"),
    "asterisks": _repeated("*"),
    "hashes": _repeated("#"),
    "tabs": _repeated("\t"),
    "newlines": _repeated("\n"),
    "carriage returns": _repeated("\r"),
    "CRLF": _repeated("\r\n"),
    "no-break spaces": _repeated("\u00a0"),
    "NUL": _repeated("\x00"),
    "escapes": _repeated("\x1b"),
    "zero width": _repeated("\u200b"),
    "joiners": _repeated("\u200d"),
    "bidirectional": _repeated("\u202e"),
    "soft hyphens": _repeated("\u00ad"),
    "byte-order marks": _repeated("\ufeff"),
    "surrogates": _repeated("\ud800"),
    "combining marks": _repeated("\u0301"),
    "many combining marks": _repeated("\u0323\u0301\u0308\u0302"),
    "replacement characters": _repeated("\ufffd"),
    # Two or more in turn.
    "digits and commas": _repeated("1,"),
    "digits and dots": _repeated("1.234."),
    "digits and spaces": _repeated("1 "),
    "numbers": _repeated("80 000 "),
    "letters and digits": _repeated("a1"),
    "letters and apostrophes": _repeated("l'"),
    "letters and hyphens": _repeated("a-"),
    "letters and dots": _repeated("a."),
    "letters and commas": _repeated("mot,"),
    "capitals and dots": _repeated("A."),
    "letters apart": _repeated("a "),
    "capitals apart": _repeated("A "),
    "capitals in turn": _repeated("aA"),
    "words with capitals": _repeated("leVietnam"),
    "spaces and marks": _repeated(" ,"),
    "spaces and newlines": _repeated(" \n"),
    "no-break and plain spaces": _repeated("\u00a0 "),
    "nested brackets": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "nested words": lambda n: "(mot " * (n // 10) + ") mot" * (n // 10),
    "brackets": _repeated("(a)"),
    "brackets in turn": _repeated("([{«"),
    "quoted": _repeated('"a" '),
    "unbalanced quotes": _repeated('mot "mot '),
    "guillemets": _repeated("«a»"),
    "emoji with joiners": _repeated("👨\u200d👩\u200d👧"),
    "flags": _repeated("🇫🇷"),
    "variation selectors": _repeated("❤\ufe0f\u200d"),
    "isolates": _repeated("\u2067א\u2069"),
    "controls and letters": _repeated("a\x1b[31m"),
    "decomposed": _repeated("e\u0301te\u0301 "),
    "a letter and its marks": lambda n: "e" + "\u0301" * (n - 1),
    "surrogates and letters": _repeated("a\ud800\udc00"),
    # Words.
    "one word": _repeated("mot "),
    "one glued word": _repeated("généralde "),
    "one split word": _repeated("japon ais "),
    "one word glued": _repeated("ministre"),
    "two words glued": _repeated("ministregouvernement"),
    "glued words without end": _drawn(lambda r: r.choice(WORDS)),
    "long glued words": _drawn(lambda r: "".join(r.choices(WORDS, k=40)) + " "),
    "glued words a line": _drawn(lambda r: "".join(r.choices(WORDS, k=r.randint(2, 6))) + "\n"),
    "pairs glued": _drawn(lambda r: "".join(r.choices(WORDS, k=2)) + " "),
    "every space lost but a few": _drawn(lambda r: "".join(r.choices(WORDS, k=8)) + ". "),
    "random letters": _drawn(_letters(3, 9)),
    "random words": _drawn(lambda r: _letters(3, 12)(r) + " "),
    "long random words": _drawn(lambda r: _letters(30, 60)(r) + " "),
    "random words a line": _drawn(lambda r: _letters(3, 12)(r) + "\n"),
    "letters cut from words": _drawn(lambda r: r.choice(WORDS)[: r.randint(1, 4)] + " "),
    "words cut in two": _drawn(
        lambda r: (lambda w, k: f"{w[:k]} {w[k:]} ")(r.choice(WORDS), r.randint(1, 4))
    ),
    "distinct words": _counted("{word} "),
    "distinct glued words": _counted("le{word}est "),
    "distinct numbers": _counted("{} "),
    "distinct words and numbers": _counted("{word}{} "),
    "long tokens of one letter": _repeated("a" * 600 + " "),
    "long tokens of one word": _repeated("cutperd" * 300 + "\nesa "),
    "long tokens of two words": _repeated("coupableperdu" * 250 + "\nesa "),
    "long tokens of capitals": _repeated("aB" * 300 + " "),
    "long tokens of random letters": _drawn(lambda r: _letters(500, 700)(r) + "\n"),
    "capital words": _repeated("MINISTRE DE LA "),
    "distinct capital words": lambda n: _counted("{word} ")(n).upper(),
    "ordinary sentence in one line": _repeated(SENTENCE),
    "ordinary sentence a line": _repeated(SENTENCE.strip() + "\n"),
    "ordinary words": _drawn(lambda r: r.choice(WORDS) + " "),
    "numbers cut short": _repeated("à partir de 022 "),
    "typing errors": _drawn(
        lambda r: (lambda w: w[:2] + r.choice(LETTERS) + w[3:] + " ")(r.choice(WORDS))
    ),
    # Names.
    "names": _drawn(_name),
    "names a line": _drawn(lambda r: _name(r) + "\n"),
    "one name": _repeated("Hoang Xuan Chien "),
    "one long name": _drawn(lambda r: _letters(3, 7)(r).capitalize() + " "),
    "spellings of a name": _drawn(_spelt),
    "surnames": _counted("M. {word} a dit à Mme {word} que "),
    "distinct names": lambda n: _counted("nguyễn {word} ")(n).title(),
    "distinct names in sentences": _counted("Selon Jean {word}X, Paul {word} est venu. "),
    "initials": _drawn(
        lambda r: r.choice("ABCDEFGH") + ". " + _letters(3, 5)(r).capitalize() + " "
    ),
    "names and particles": _repeated("Jean de la "),
    "acronyms": _counted("(ADMM) {word} ({}) "),
    # Lines and blocks.
    "Voir plus": _repeated("Voir plus\n"),
    "Voir plus and a headline": _counted("Voir plus\nLe ministre {word} reçoit {}\n"),
    "Voir plus in one line": _repeated("Voir plus "),
    "markers": _repeated("Source : VNA\nPhoto : VNA\nComment (0)\n"),
    "captions": _counted("Photo : {word}/VNA\n"),
    "captions and teasers": _counted("Photo: {word}\nLire aussi : le {word} de {}\n"),
    "datelines": _repeated("Hanoi (VNA) - "),
    "datelines a line": _counted("Hanoi (VNA) - Le {word} est {}.\n"),
    "sign-offs": _repeated("-VNA\n"),
    "short lines": _drawn(lambda r: r.choice(WORDS) + "\n"),
    "one letter a line": _repeated("a\n"),
    "distinct lines": _counted("Ligne {} du texte {word}.\n"),
    "distinct short lines": _counted("{}\n"),
    "empty lines and words": _repeated("mot\n\n\n\n\n"),
    "repeated paragraphs": _repeated(SENTENCE * 4 + "\n\n"),
    "nearly repeated paragraphs": _repeats,
    "repeated headlines": _repeated("Le Vietnam et le Japon signent un accord\n"),
    "a table": _repeated(" | ".join(f"col{i}" for i in range(100)) + "\n"),
    "a table of tabs": _repeated("\t".join(f"{i}" for i in range(100)) + "\n"),
    "wide columns": _repeated("mot   mot   mot\n"),
    "code fences": _repeated("```\nmot\n"),
    "open fences": _repeated("```mot\n\n"),
    "code spans": _repeated("`mot "),
    "headings": _repeated("# Titre\n"),
    "lists": _repeated("* mot\n"),
    "capital lines": _repeated("LE MINISTRE DE LA DÉFENSE\n"),
    "dates": _repeated("le 21 novembre 2023 "),
    "dates a line": _counted("date 2025-12-04 Vietnam - Japon {}\n"),
    "menus": _repeated("Accueil | Politique | Monde | Sport | Contact\n"),
    "windows line ends": _repeated(SENTENCE + "\r\n"),
    "every line end": _repeated("a\nb\rc\r\nd\u2028e\x85f\vg\fh"),
    # What must stay whole.
    "addresses": _counted("https://example.org/{}/a-b_c.html?x=1&y=2 "),
    "one address": lambda n: "https://example.org/" + "a/" * (n // 2),
    "address starts": _repeated("http://"),
    "www": _repeated("www."),
    "mail addresses": _counted("a.b{}@example.org "),
    "one mail address": lambda n: "a." * (n // 2) + "@b",
    "mail hosts": lambda n: "a@" + "b." * (n // 2),
    "file names": _repeated("a/b.c "),
    "tags": _repeated("<a href=''>"),
    "open tags": _repeated("<a "),
    "mentions": _repeated("@mot #mot "),
    "identifiers": _repeated("getDocumentsByLanguage "),
    # Encoding.
    "entities": _repeated("&eacute;"),
    "entity starts": _repeated("&eacute"),
    "numbered entities": _repeated("&#233;&#xe9;"),
    "long numbered entities": lambda n: "&#" + "0" * (n - 2),
    "nested entities": _repeated(_escaped(5)),
    "deeply nested entities": lambda n: _escaped(n // 4),
    "mojibake": _repeated(_garbled(1)),
    "mojibake twice": _repeated(_garbled(2)),
    "mojibake five times": _repeated(_garbled(5)),
    "mojibake signs": _repeated("Ã"),
    "mojibake signs in turn": _repeated("Ã©â€™"),
    "mojibake a line": _repeated(_garbled(1) + "\n"),
    "Latin letters": _repeated("éèàçœ"),
    "random characters": _drawn(_random_characters),
    "random characters in words": _drawn(lambda r: _random_characters(r) + " "),
    # Other languages.
    "Vietnamese": _repeated("Thủ tướng Phạm Minh Chính hội đàm với Thủ tướng Nhật Bản. "),
    "Vietnamese decomposed": _repeated("Thu\u0309 tu\u031bo\u031b\u0301ng Hoa\u0300ng "),
    "Chinese": _repeated("外交部长会见日本首相。"),
    "Chinese without marks": _repeated("外交部长会见日本首相"),
    "Japanese": _repeated("日本の首相はベトナムを訪問した。"),
    "Thai": _repeated("นายกรัฐมนตรีเวียดนาม"),
    "Arabic": _repeated("رئيس الوزراء الفيتنامي "),
    "Hebrew": _repeated("ראש הממשלה "),
    "Russian": _repeated("премьер-министр Вьетнама "),
    "Hangul": _repeated("베트남 총리는 "),
    "Devanagari": _repeated("प्रधान मंत्री "),
    "English": _repeated("The prime minister met the delegation in Tokyo on Monday. "),
    "mixed scripts": _repeated("mot слово 単語 מילה كلمة "),
    "mixed scripts glued": _repeated("motслово単語מילהكلمة"),
}
