"""Finds what was probably renamed without saying so: an entity that went and one of its kind that came and says nearly the same."""

import json
from collections.abc import Mapping, Sequence

from tmfkit.model.base import Key

ALIKE = 85.0
"""From this likeness on (of 100) two entities are taken for one; chosen so that two offerings of one family are not."""

MOST_PAIRS = 20_000
"""More pairs than these are not compared letter by letter: a catalog that was replaced as a whole was not renamed."""


def likely_renames(gone: Mapping[Key, object], come: Mapping[Key, object]) -> list[tuple[Key, Key]]:
    """Pairs of old and new keys that are nearly the same; the values are the trees of the entities as JSON. Each key is in one pair."""
    from rapidfuzz.fuzz import ratio

    old, new = _texts(gone), _texts(come)
    pairs = [(one, other) for one in old for other in new if one.kind == other.kind]
    if len(pairs) > MOST_PAIRS:
        return []
    scored = [(-ratio(old[one], new[other], score_cutoff=ALIKE), sorted((one, other)), (one, other)) for one, other in pairs]
    return _best([pair for score, _, pair in sorted(scored) if score])


def _texts(found: Mapping[Key, object]) -> dict[Key, str]:
    return {key: json.dumps(tree, sort_keys=True, ensure_ascii=False)[:4000].replace(key.id, "") for key, tree in sorted(found.items())}


def _best(pairs: Sequence[tuple[Key, Key]]) -> list[tuple[Key, Key]]:
    """The likeliest pairs first, each key once; which of two states is the earlier one makes no difference."""
    taken: set[Key] = set()
    found = []
    for one, other in pairs:
        if one not in taken and other not in taken:
            found.append((one, other))
            taken |= {one, other}
    return found
