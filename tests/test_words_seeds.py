"""The glued words of the seeds, read off the raw files by eye, and nothing else touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalize.evidence import Evidence
from normalize.language import load
from normalize.view import View
from normalize.words.boundaries import find_boundaries
from normalize.words.found import Found

SEEDS = Path(__file__).parent.parent / "seeds"

GLUED = {
    "000_6703d4827b26cd5a": """
1Le|1 Le
généralde|général de
SerizawaKiyoshi,|Serizawa Kiyoshi,
significationparticulière,|signification particulière,
partenariatstratégique|partenariat stratégique
àl'occasion|à l'occasion
novembre2023.|novembre 2023.
entrentdans|entrent dans
decoopération|de coopération
lesdeux|les deux
ainsique|ainsi que
d’arméeHoang|d’armée Hoang
politiqueétrangère|politique étrangère
demultilatéralisation,|de multilatéralisation,
dedéfense|de défense
leursproblèmes|leurs problèmes
desengagements|des engagements
ledéveloppement.|le développement.
vice-ministrejaponais|vice-ministre japonais
relationsVietnam-Japon|relations Vietnam-Japon
lesdeux|les deux
devue|de vue
dedéveloppement.|de développement.
lesdeux|les deux
lacoopération,|la coopération,
dedélégations|de délégations
ladéfense,|la défense,
lemaintien|le maintien
guerre,l'amélioration|guerre, l'amélioration
ontégalement|ont également
etdes|et des
desinstitutions|des institutions
laDéfense|la Défense
Leministère|Le ministère
japonaisvenant|japonais venant
laDéfense|la Défense
sciencesmilitaires.|sciences militaires.
""",
    "001_dcf7ecf10253aad8": """
1La|1 La
""",
    "002_3c31d5126e857c5e": """
decorps|de corps
populairevietnamienne,|populaire vietnamienne,
UedaKazumasa,|Ueda Kazumasa,
d'autodéfensedu|d'autodéfense du
1Lors|1 Lors
larencontre,|la rencontre,
Vietnamattachait|Vietnam attachait
partenariatstratégique|partenariat stratégique
lesdeux|les deux
etle|et le
continuantd'être|continuant d'être
notammentdans|notamment dans
lapaix|la paix
lesdeux|les deux
forumsmultilatéraux|forums multilatéraux
réunionplus|réunion plus
del'ASEAN|de l'ASEAN
dumaintien|du maintien
œuvreefficacement|œuvre efficacement
formationprofessionnelle|formation professionnelle
desactivités|des activités
dedélégations|de délégations
lapaix.|la paix.
leVietnam|le Vietnam
duProgramme|du Programme
àparticiper|à participer
lecadre|le cadre
)coprésidé|) coprésidé
2Photo|2 Photo
d'état-majoradjoint|d'état-major adjoint
partiescontinuent|parties continuent
labase|la base
Défensedes|Défense des
conformémentaux|conformément aux
divisionUeda|division Ueda
queles|que les
leJapon.|le Japon.
partievietnamienne|partie vietnamienne
deuxpays|deux pays
lesuccès|le succès
etau|et au
UedaKazumasa|Ueda Kazumasa
demaintien|de maintien
(MINUSS),c'est|(MINUSS), c'est
participerà|participer à
lapartie|la partie
coordonneravec|coordonner avec
leprogramme|le programme
""",
    "003_b7e8500126670014": "",
    "004_d0f74750951a895b": "",
}
"""Raw token and its repair, in the order of the text."""

SPACES = {
    "001_dcf7ecf10253aad8": ["à \u00a0partir|à partir"],
    "002_3c31d5126e857c5e": ["rencontre.\u00a0 Photo|rencontre. Photo"],
    "003_b7e8500126670014": ["étrangères , Namazu|étrangères, Namazu"],
}


def repaired(text: str, least: float = 0.5) -> tuple[str, list[Found]]:
    found = find_boundaries(View(text, load("fr"), Evidence()))
    sure = [f for f in found if f.certainty >= least]
    for one in reversed(sure):
        text = text[: one.start] + one.after + text[one.end :]
    return text, sure


def expected(name: str, text: str) -> str:
    at = 0
    for line in GLUED[name].strip().splitlines():
        glued, sound = line.split("|")
        place = text.index(glued, at)
        text = text[:place] + sound + text[place + len(glued) :]
        at = place + len(sound)
    for line in SPACES.get(name, []):
        odd, sound = line.split("|")
        assert odd in text
        text = text.replace(odd, sound)
    return text


@pytest.mark.parametrize("name", GLUED)
def test_seed(name: str) -> None:
    raw = (SEEDS / f"{name}.txt").read_text(encoding="utf-8")
    clean, _ = repaired(raw)
    wanted = expected(name, raw)
    assert clean.splitlines() == wanted.splitlines()
    assert repaired(clean)[1] == []
