"""The belief map: the client's recurring expectations, in their own words, and what became of them over the sessions.

Turns that may voice an expectation are gathered by the coder's probabilities (`voices`), put together where they are
alike in kind and in words (`likeness`, `groups`), and joined with what spoke against them and what moved (`loosening`).

Why kind and words, and no vectors: several ways of telling whether two turns voice one expectation were compared on
turns that a reader had grouped (`make bench-beliefs`). Kind (about the self, about others, hiding) tells as much as
anything; shared words and averaged word vectors tell little within one client's talk. Vectors beside kind were ahead on
the cases for choosing, hardly on those for measuring, and not where the coder chooses the turns, which is where most is
lost; so the map needs no weights beside the coder's answers. The encoder's hidden states and a sentence encoder as
published were tried once and did no better; the benchmark leaves them out.
"""

from attunement.case.beliefs.map import beliefs_of

__all__ = ["beliefs_of"]
