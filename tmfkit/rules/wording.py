"""The words that a name is made of, however they are put together."""

import re
from functools import lru_cache

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+").findall


@lru_cache(maxsize=4096)
def words_in(name: str) -> tuple[str, ...]:
    """`priceTier`, `price-tier` and `price_tier` are all of the words `price` and `tier`."""
    return tuple(word.lower() for word in _WORDS(name))
