"""Finds the word that somebody most likely meant."""

from collections.abc import Iterable

SIMILAR = 65
"""How alike two words must be, in percent."""


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate closest to `word`, or None when none is close."""
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extract

    close = extract(word, list(candidates), scorer=ratio, processor=str.casefold, score_cutoff=SIMILAR, limit=5)
    return max((found[0] for found in close), key=lambda found: (ratio(word, found), JaroWinkler.similarity(word, found)), default=None)


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """A help line that offers the nearest candidate, else an empty one."""
    found = nearest(word, candidates)
    return f"did you mean `{found}`?" if found else ""
