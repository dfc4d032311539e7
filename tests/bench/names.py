"""Recall and wrong merges of the names part, on clusters of spellings in French sentences.

    python tests/bench/names.py [--seed N] [--verbose]

The names are real or plausible, the spellings are made from the full one by the habits of the press
(all marks lost, only circumflex and grave kept, marks lost word by word, macrons as circumflexes,
hyphens as spaces), the sentences are made up. Prints ``name value`` lines:

    recall_table   pairs of compatible spellings that share a canonical form in the names table
    recall_text    mentions of these spellings that the clean text writes in the canonical form
    wrong_merges   pairs of look-alikes with one canonical form; with and without a bare spelling
    wrong_edits    mentions of look-alikes that were changed to the other's spelling
"""

from __future__ import annotations

import argparse
import random
import unicodedata
from collections.abc import Iterator
from functools import reduce
from itertools import combinations

from normalize.edits import EditedText, resolve
from normalize.evidence import Evidence
from normalize.language import load
from normalize.names.evidence import NameEvidence
from normalize.names.spelling import compatible
from normalize.rules import all_rules
from normalize.view import View

PEOPLE = """
Nguyễn Phú Trọng|Trần Đại Quang|Phạm Minh Chính|Vương Đình Huệ|Võ Văn Thưởng|Nguyễn Thị Kim Ngân
Đặng Thị Ngọc Thịnh|Trương Tấn Sang|Phùng Quang Thanh|Ngô Xuân Lịch|Bùi Thanh Sơn|Đỗ Bá Tỵ
Nông Đức Mạnh|Lê Khả Phiêu|Trần Quốc Vượng|Huỳnh Tấn Phát|Lương Cường|Nguyễn Hòa Bình|Tô Hoài
Phan Văn Khải|Hồ Xuân Hương|Đoàn Thị Điểm|Vũ Đức Đam|Mai Tiến Dũng|Tạ Quang Bửu|Lý Thường Kiệt
Ōbuchi Yūko|Kōno Tarō|Satō Eisaku|Itō Hirobumi|Andō Tadao|Kurosawa Akira|Ōe Kenzaburō|Sōseki Natsume
Abe Shinzō|Ishiba Shigeru|Hatoyama Yukio|Kōmura Masahiko|Mizoguchi Kenji|Ōta Akihiro
José María Aznar|Andrés Manuel López Obrador|Álvaro Uribe Vélez|Nicolás Maduro Moros
Pedro Sánchez Pérez-Castejón|Cristina Fernández de Kirchner|Miguel Díaz-Canel|Raúl Castro Ruz
Sebastián Piñera Echenique|Martín Vizcarra Cornejo|Gabriel García Márquez|Ángel Gurría Treviño
Íñigo Errejón Galván|Begoña Gómez|Óscar Arias Sánchez|José Luis Rodríguez Zapatero
Lech Wałęsa|Jarosław Kaczyński|Bronisław Komorowski|Krzysztof Kieślowski|Wisława Szymborska
Tadeusz Różewicz|Władysław Sikorski|Paweł Pawlikowski|Małgorzata Kidawa-Błońska|Rafał Trzaskowski
Recep Tayyip Erdoğan|Ahmet Davutoğlu|Kemal Kılıçdaroğlu|Ekrem İmamoğlu|Mevlüt Çavuşoğlu
İsmet İnönü|Süleyman Demirel|Orhan Pamuk|Selahattin Demirtaş|Bülent Ecevit|Meral Akşener
Nicolae Ceaușescu|Traian Băsescu|Klaus Iohannis|Václav Havel|Miloš Zeman|Andrej Babiš|Bohumil Hrabal
Slobodan Milošević|Zoran Đinđić|Aleksandar Vučić|Ivo Andrić|Novak Đoković|Borut Pahor|Janez Janša
Viktor Orbán|Imre Kertész|Péter Magyar|Ferenc Gyurcsány|László Krasznahorkai
Luiz Inácio Lula da Silva|José Eduardo dos Santos|António Guterres|Fernando Henrique Cardoso
João Lourenço|Aníbal Cavaco Silva|Jorge Sampaio|Édouard Philippe|François Bayrou|Élisabeth Borne
Étienne Dupré|Léa Béranger|Jérôme Delétang|Anaïs Lefèvre-Hébert|Gérard Côté|Émile Ferrière
Øystein Sørensen|Lars Løkke Rasmussen|Jens Stoltenberg|Göran Persson|Stefan Löfven|Björn Borg
Gro Harlem Brundtland|Tarja Halonen|Jürgen Klinsmann|Gerhard Schröder|Günter Grass|Annegret Kramp
Đinh La Thăng|Nguyễn Ái Quốc|Cù Huy Hà Vũ|Ngô Bảo Châu|Phạm Tuân|Trịnh Công Sơn|Nguyễn Tấn Dũng
"""
PLACES = """
Hà Nội|Đà Nẵng|Hải Phòng|Điện Biên Phủ|Cần Thơ|Hô Chi Minh-Ville|Quảng Ninh|Thừa Thiên-Huế
Tōkyō|Kyōto|Ōsaka|Kōbe|Hokkaidō|Bogotá|Medellín|Córdoba|Cancún|Valparaíso|Asunción|Mérida
São Paulo|Brasília|Belém|Florianópolis|Ribeirão Preto|Łódź|Gdańsk|Kraków|Wrocław|Poznań|Toruń
İstanbul|İzmir|Diyarbakır|Eskişehir|Şanlıurfa|București|Timișoara|Plzeň|Brno|Niš|Győr|Malmö
Göteborg|Århus|Zürich|Düsseldorf|Genève|Montréal|Besançon|Saint-Étienne|Châlons-en-Champagne
Bình Dương|Nghệ An|Thái Nguyên|Bắc Ninh|Vũng Tàu|Nuevo León|San José|Río Gallegos|Concepción
"""
ORGANISATIONS = """
Universidad de Córdoba|Banco de Bogotá|Fundación Ramón Areces|Partido Revolucionario Febrerista
Université Paul-Valéry|Banque Société Générale|Atlético Nacional|Đông Á Bank|Vinfast Hải Phòng
Institut Václav Klaus|Fundacja Batory|Grupo Éxito|Club América|Théâtre du Châtelet
"""
LOOK_ALIKES = """
Nguyễn Văn Hùng|Nguyễn Văn Hưng|Nguyen Van Hung
Nguyen Minh Vu|Nguyen Minh Vuong|
Suga Yoshihide|Suga Yoshihiro|
Kim Jong-un|Kim Jong-il|
Hoàng Văn Chiến|Hoàng Văn Chiền|Hoang Van Chien
Lê Xuân Chiên|Lê Xuân Chiền|Le Xuan Chien
Trần Thị Hương|Trần Thị Hường|Tran Thi Huong
Phạm Văn Tấn|Phạm Văn Tân|
Phạm Văn Đông|Phạm Văn Đồng|
Nguyễn Thị Mười|Nguyễn Thị Mươi|Nguyen Thi Muoi
Đỗ Thị Thủy|Đỗ Thị Thúy|Do Thi Thuy
Bùi Quang Dũng|Bùi Quang Đụng|Bui Quang Dung
Satō Kōji|Satō Kenji|Sato Koji
Itō Yūko|Itō Yuka|Ito Yuko
Tanaka Shōji|Tanaka Shinji|
José Peña Solís|José Pena Soliz|
Juan Carlos Cañas|Juan Carlos Casas|
María Peñalva Cuéllar|María Penalba Cuellar|
Jean Lacôte Martin|Jean Lacoté Martin|Jean Lacote Martin
Paweł Sąsiad|Paweł Sasin|
Lech Kaczyński|Lech Kaczmarek|
Mehmet Özalp|Mehmet Ozal|
Ahmet Yılmaz|Ahmet Yilmazer|
Park Geun-hye|Park Geun-hee|
Li Keqiang|Li Keqing|
Wang Yi|Wang Yang|
Mohamed Salah|Mohamed Saleh|
Lê Văn Tâm|Lê Văn Tám|Le Van Tam
Đặng Thị Mỹ|Đặng Thị Mý|Dang Thi My
Hồ Văn Lực|Hồ Văn Lức|Ho Van Luc
"""
FOR_PEOPLE = (
    "{} a déclaré que les négociations reprendraient au printemps.",
    "Le président {} a reçu une délégation d'entrepreneurs.",
    "Selon {}, la réforme sera votée avant l'été.",
    "Le projet a été présenté par {}, qui dirige le comité depuis trois ans.",
    "Interrogé sur ce point, M. {} n'a pas souhaité répondre.",
    "La ministre a salué le travail de {} et de son équipe.",
    "C'est avec {} que le texte a été négocié.",
    "« Nous irons au bout », a promis {}.",
    "Les partisans de {} se sont rassemblés dans la capitale.",
    "Le nouveau livre consacré à {} paraîtra en septembre.",
    "Après un entretien avec l'écrivain {}, le jury a délibéré.",
    "Élu l'an dernier, {} doit encore convaincre son parti.",
)
FOR_PLACES = (
    "Le sommet se tiendra à {} en novembre.",
    "La délégation est arrivée hier à {}.",
    "Les habitants de {} attendent la nouvelle ligne de train.",
    "{} accueillera la prochaine édition du festival.",
    "Un accord a été signé à {} par les deux ministres.",
    "Le maire de {} a annoncé des travaux.",
    "Né à {}, il a fait ses études à l'étranger.",
    "La route qui relie la côte à {} sera élargie.",
)
FOR_ORGANISATIONS = (
    "Les dirigeants de {} se sont réunis mardi.",
    "{} a publié ses résultats annuels.",
    "Un partenariat avec {} a été annoncé.",
    "Le directeur de {} a présenté le programme.",
)
FILLERS = (
    "Les discussions ont porté sur le commerce et la culture.",
    "La situation reste difficile dans plusieurs régions du pays.",
    "Un nouveau rapport sera publié dans les prochaines semaines.",
    "Le gouvernement prévoit une croissance modérée cette année.",
)


def split(block: str) -> list[str]:
    return [name.strip() for line in block.strip().splitlines() for name in line.split("|")]


def without(word: str, kept: str) -> str:
    """``word`` without its marks, but for those in ``kept``."""
    plain = word.translate(str.maketrans("đĐøØłŁı", "dDoOlLi"))
    marks = (
        c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c) or c in kept
    )
    return unicodedata.normalize("NFC", "".join(marks))


def spellings(name: str, chance: random.Random) -> list[str]:
    """The full spelling and some that the press makes of it, each compatible with it."""
    made = {
        without(name, ""),
        without(name, "\u0302\u0300"),
        without(name, "\u0302\u0300\u0301\u0308\u0303\u0327"),
        name.translate(str.maketrans("āēīōūŌŪ", "âêîôûÔÛ")),
        " ".join(w if chance.random() < 0.5 else without(w, "") for w in name.split()),
    }
    if "-" in name and chance.random() < 0.5:
        made.add(without(name.replace("-", " "), "\u0302\u0300"))
    made.discard(name)
    chosen = chance.sample(sorted(made), min(len(made), chance.randint(1, 3)))
    return [name, *chosen]


class Bench:
    """Sentences in documents, and what became of them."""

    def __init__(self, seed: int, verbose: bool) -> None:
        self.chance = random.Random(seed)
        self.verbose = verbose
        self.language = load("fr")

    def documents(
        self, mentions: list[tuple[str, tuple[str, ...]]], per_document: int
    ) -> list[str]:
        """One sentence for each mention, shuffled into documents with fillers between."""
        lines = []
        for name, carriers in mentions:
            lines.append(self.chance.choice(carriers).format(name))
            if self.chance.random() < 0.3:
                lines.append(self.chance.choice(FILLERS))
        self.chance.shuffle(lines)
        return ["\n".join(lines[i : i + per_document]) for i in range(0, len(lines), per_document)]

    def cleaned(self, texts: list[str]) -> tuple[NameEvidence, list[str]]:
        """The corpus evidence and the texts after the safe NAM rules."""
        views = [View(text, self.language, Evidence()) for text in texts]
        collected = [NameEvidence.collect(v, f"{i:04}") for i, v in enumerate(views)]
        names = reduce(NameEvidence.merge, collected, NameEvidence())
        rules = [r for r in all_rules().values() if r.family == "NAM" and r.repair == "safe"]
        clean = []
        for text in texts:
            view = View(text, self.language, Evidence(names=names))
            edits = [e for r in rules for e in r.find(view) if e.after is not None]
            clean.append(EditedText(text).apply(resolve(edits)[0]).text)
        return names, clean

    def recall(self) -> Iterator[tuple[str, float]]:
        for kind, block, carriers in (
            ("people", PEOPLE, FOR_PEOPLE),
            ("places", PLACES, FOR_PLACES),
            ("organisations", ORGANISATIONS, FOR_ORGANISATIONS),
        ):
            clusters = [spellings(name, self.chance) for name in split(block)]
            mentions = [
                (s, carriers) for c in clusters for s in c for _ in range(self.chance.randint(1, 3))
            ]
            names, clean = self.cleaned(self.documents(mentions, 12))
            canonical = {r.spelling: r.canonical for r in names.rows()}
            pairs = [p for c in clusters for p in combinations(c, 2) if compatible(*p)]
            good = [p for p in pairs if canonical.get(p[0], 0) == canonical.get(p[1], 1)]
            self.show(f"{kind} apart", sorted(set(pairs) - set(good)), canonical)
            yield f"recall_table_{kind}", len(good) / len(pairs)
            text = "\n".join(clean)
            left = sorted(
                s for c in clusters for s in c[1:] if f"{s}" in text and s != canonical.get(s)
            )
            self.show(f"{kind} left in the text", left, canonical)
            yield f"recall_text_{kind}", 1 - len(left) / sum(len(c) - 1 for c in clusters)

    def look_alikes(self) -> Iterator[tuple[str, float]]:
        for bare in (False, True):
            triples = [line.split("|") for line in LOOK_ALIKES.strip().splitlines()]
            mentions = [
                (name, FOR_PEOPLE)
                for a, b, c in triples
                for name in (a, b, *([c] if bare and c else []))
                for _ in range(2)
            ]
            texts = self.documents(mentions, 12)
            names, clean = self.cleaned(texts)
            canonical = {r.spelling: r.canonical for r in names.rows()}
            wrong = [(a, b) for a, b, _ in triples if canonical.get(a, a) == canonical.get(b, b)]
            missing = [n for a, b, _ in triples for n in (a, b) if n not in canonical]
            self.show("merged look-alikes", wrong, canonical)
            self.show("look-alikes not found", missing, canonical)
            suffix = "_with_bare" if bare else ""
            yield f"wrong_merges{suffix}", len(wrong)
            before, after = "\n".join(texts), "\n".join(clean)
            full = [n for a, b, _ in triples for n in (a, b)]
            yield (
                f"wrong_edits{suffix}",
                sum(max(0, before.count(n) - after.count(n)) for n in full),
            )

    def show(self, title: str, found: list[object], canonical: dict[str, str]) -> None:
        if self.verbose and found:
            print(f"# {title}:")
            for item in found:
                names = item if isinstance(item, tuple) else (item,)
                print("#   ", " | ".join(f"{n} -> {canonical.get(n)}" for n in names))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    bench = Bench(options.seed, options.verbose)
    for name, value in (*bench.recall(), *bench.look_alikes()):
        print(name, f"{value:.4f}" if isinstance(value, float) else value)


if __name__ == "__main__":
    main()
