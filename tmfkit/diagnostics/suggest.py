"""Finds the word that somebody most likely meant."""

from collections.abc import Iterable

SIMILAR = 65
"""How alike two words must be, in percent."""

FURTHER = 2
"""How many slips (a letter more, less, other, or two that changed places) further away than the nearest candidate all others must be."""

LETTERS_A_SLIP = 4
"""How long a word is for each slip that may be in it; in shorter words nothing is certain."""


class Suggestion(str):
    """A help line that knows what to write: wherever `written` stands at the place of the finding, `meant` belongs."""

    written: str
    meant: str

    def __new__(cls, text: str, written: str, meant: str) -> "Suggestion":
        """A help line with the words that it is about."""
        made = super().__new__(cls, text)
        made.written = written
        made.meant = meant
        return made

    def __reduce__(self) -> tuple[type["Suggestion"], tuple[str, str, str]]:
        return Suggestion, (str(self), self.written, self.meant)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate closest to `word`, or None when none is close."""
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extract

    close = extract(word, list(candidates), scorer=ratio, processor=str.casefold, score_cutoff=SIMILAR, limit=5)
    return max((found[0] for found in close), key=lambda found: (ratio(word, found), JaroWinkler.similarity(word, found)), default=None)


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """A help line that offers the nearest candidate, else an empty one; a `Suggestion` where nothing else can be meant."""
    known = list(candidates)
    found = nearest(word, known)
    if not found:
        return ""
    return offer(f"did you mean `{found}`?", word, found, known)


def offer(help: str, word: str, found: str, candidates: Iterable[str]) -> str:
    """A help line that offers `found` for `word`: a `Suggestion` if no other of the candidates can be meant."""
    return Suggestion(help, word, found) if is_certain(word, found, candidates) else help


def is_certain(word: str, found: str, candidates: Iterable[str]) -> bool:
    """Whether `word` can only be a slip for `found`: in case alone, or in a few letters with nothing else near.

    Another number is never a slip: `lp-100` may be missing beside `lp-1000`.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    slips = OSA.distance(word.casefold(), found.casefold())
    if slips and (_digits(word) != _digits(found) or slips * LETTERS_A_SLIP > len(word)):
        return False
    cutoff = slips + FURTHER - 1 if slips else 0
    near = extract(word, list(candidates), scorer=OSA.distance, processor=str.casefold, score_cutoff=cutoff, limit=None)
    return {name for name, _, _ in near} == {found}


def _digits(word: str) -> str:
    return "".join(sign for sign in word if sign.isdigit())
