"""The loop between therapist and client as a model that runs forwards and backwards. Knows no text.

Needs jax, which comes with `pip install 'attunement[dyad]'`.
"""

from importlib.util import find_spec

from attunement.errors import InputError

if find_spec("jax") is None:
    raise InputError("The model of therapist and client needs jax; install it with: pip install 'attunement[dyad]'")
