"""News-like French articles made of small parts: any number of them, each of them different.

The same seed makes the same articles. About one sentence in sixty has a defect of a scraper.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

_WHO = """le ministre|la présidente|le maire|le comité|la direction|le syndicat|la commission
le juge|la préfète|le gouverneur|le rapporteur|l'association|l'entreprise|le conseil|le parlement
la police|le premier ministre|la délégation|le secrétaire général|la banque centrale|le tribunal
l'université|la région|le porte-parole|la chercheuse|le directeur|l'agence|le club|la fédération
le groupe"""
_DOES = """a annoncé|a présenté|a refusé|a défendu|a examiné|a confirmé|a reporté|a salué
a critiqué|a adopté|a rejeté|a publié|a demandé|a commenté|a approuvé|a préparé|a suspendu
a soutenu|a étudié|a détaillé|a contesté|a accueilli|a évoqué|a signé|a renouvelé|a retiré
a dénoncé|a corrigé"""
_WHAT = """le projet|la réforme|le budget|l'accord|la décision|le rapport|la mesure|le plan
l'enquête|la loi|le programme|la proposition|le calendrier|la stratégie|le contrat|l'appel
la candidature|le rachat|la fermeture|l'ouverture|la construction|le transfert|la nomination
la grève|le dispositif|la coopération|le partenariat|le financement|l'exercice|la négociation
l'augmentation|la baisse"""
_WHICH = """de la rentrée|des transports|du port|de la ville|des hôpitaux|de l'énergie|des retraites
du logement|de la défense|des écoles|de la pêche|des forêts|du commerce|de la santé|du tourisme
des élections|de la recherche|du sport|de la culture|des douanes|de l'eau|des finances|du rail"""
_WHERE = """à Paris|à Lyon|à Marseille|à Lille|à Bordeaux|à Nantes|à Bruxelles|à Genève|à Tokyo
à Madrid|à Rome|à Berlin|à Dakar|à Tunis|à Montréal|à Strasbourg|à Brest|à Grenoble|à Toulouse"""
_WHEN = """lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|la semaine dernière|en décembre
au printemps|hier soir|ce matin|au début du mois|à la fin de l'année|en 2019|en 2021|en 2023"""
_WHY = """pour réduire les dépenses|afin d'éviter un conflit|malgré les critiques
après un long débat|sans attendre les résultats|avant la fin du trimestre
avec le soutien de plusieurs partis|face à la hausse des prix|sous la pression de l'opinion
en raison d'un manque de moyens|selon une source proche du dossier|d'après les chiffres officiels
à la demande des habitants"""
_GIVEN = """Marie|Jean|Claire|Paul|Sophie|Pierre|Julie|Marc|Anne|Luc|Hélène|René|Nadia|Karim|Élise
François|Béatrice|Hugo|Inès|Théo|Camille|Antoine|Louise|Gérard|Zoé|Noël|Agnès|Étienne|Léa|Jérôme"""
_FAMILY = """Martin|Bernard|Dubois|Petit|Durand|Leroy|Moreau|Simon|Laurent|Lefèvre|Michel|Garcia
Roux|Fournier|Girard|Bonnet|Lambert|Rousseau|Vincent|Muller|Mercier|Blanc|Guérin|Boyer|Chevalier
Denis|Gauthier|Perrin|Robin|Clément|Morin|Nicolas|Henry|Roussel|Mathieu|Masson|Marchand|Duval"""


def _parts(text: str) -> list[str]:
    return [part for line in text.strip().split("\n") for part in line.split("|")]


WHO, DOES, WHAT, WHICH, WHERE, WHEN, WHY, GIVEN, FAMILY = map(
    _parts, (_WHO, _DOES, _WHAT, _WHICH, _WHERE, _WHEN, _WHY, _GIVEN, _FAMILY)
)


def articles(count: int, seed: int = 0) -> Iterator[str]:
    """``count`` articles of about 3,000 characters."""
    for number in range(count):
        yield article(random.Random(f"{seed} {number}"))


def article(random: random.Random) -> str:
    """One article: title, lede, paragraphs, sign-off."""
    people = [f"{random.choice(GIVEN)} {random.choice(FAMILY)}" for _ in range(3)]
    title = _sentence(random, people).rstrip(".")
    paragraphs = [
        " ".join(_hurt(random, _sentence(random, people)) for _ in range(random.randint(3, 6)))
        for _ in range(random.randint(4, 8))
    ]
    return "\n".join([title, "", *paragraphs, ""])


def _sentence(random: random.Random, people: list[str]) -> str:
    pick = random.choice
    forms = (
        lambda: f"{pick(WHO)} {pick(DOES)} {pick(WHEN)} {pick(WHERE)} {pick(WHAT)} {pick(WHICH)}",
        lambda: f"{pick(people)} {pick(DOES)} {pick(WHAT)} {pick(WHICH)}, {pick(WHY)}",
        lambda: f"{pick(WHEN)}, {pick(WHO)} {pick(DOES)} {pick(WHAT)} {pick(WHICH)} {pick(WHY)}",
        lambda: (
            f"« {pick(WHAT)} {pick(WHICH)} coûtera {random.randint(2, 950)} millions d'euros »,"
            f" {pick(DOES)} {pick(people)} {pick(WHEN)}"
        ),
        lambda: (
            f"{pick(WHO)} et {pick(WHO)} se sont réunis {pick(WHEN)} {pick(WHERE)}, où"
            f" {pick(people)} {pick(DOES)} {pick(WHAT)} {pick(WHICH)} devant"
            f" {random.randint(20, 4000)} personnes"
        ),
    )
    text = pick(forms)()
    return text[0].upper() + text[1:] + "."


def _hurt(random: random.Random, sentence: str) -> str:
    if random.random() > 1 / 60:
        return sentence
    gaps = [at for at, character in enumerate(sentence) if character == " "]
    at = random.choice(gaps)
    kind = random.randrange(4)
    if kind == 0:
        return sentence[:at] + sentence[at + 1 :]
    if kind == 1:
        return sentence[:at] + " " + sentence[at:]
    if kind == 2:
        return sentence.encode().decode("cp1252", "replace")
    return sentence.replace("é", "e\u0301")
