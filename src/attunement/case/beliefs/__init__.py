"""The belief map: the client's recurring expectations, in their own words, and what became of them over the sessions.

Turns that may voice an expectation are gathered by the coder's probabilities (`voices`), put together where they are
alike in kind and in words (`likeness`, `groups`), and joined with what spoke against them and what moved (`loosening`).

Why words and kind, and no vectors: several ways of telling whether two turns voice one expectation were compared on
turns that a reader had grouped (`make bench-beliefs` prints the comparison). Within one client's talk, shared words,
averaged word vectors and the encoder's hidden states are all near chance; what helps is the kind (about the self,
about others, hiding). Word vectors do a little better on the reader's codes and no better on the coder's, so the map
needs no weights beside the coder's answers.
"""

from attunement.case.beliefs.map import beliefs_of

__all__ = ["beliefs_of"]
