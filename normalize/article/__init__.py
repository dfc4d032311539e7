"""The article and nothing but the article: roles of blocks, pieces to cut, facts.

``analyse`` is the one entry; rules share its result through ``view.once(analyse)``. A block is a
line that is not empty, with the white space that goes with it.
"""

from .analysis import Article, analyse, body_of
from .evidence import BlockEvidence
from .marks import Cut, Ground

__all__ = ["Article", "BlockEvidence", "Cut", "Ground", "analyse", "body_of"]
