"""Tells JSON that a catalog may hold from JSON that only a broken server sends: endless nesting, numbers of hundreds of digits."""

from typing import Any

import orjson

DEEPEST = 100
"""Levels of lists and objects in each other; the items of the official files have about ten."""

_LARGEST = 10**300
"""Whole numbers beyond this have no nearest number that JSON is commonly read with."""

_ORJSON_DEEPEST = 254


def is_usable(found: Any) -> bool:
    """Whether what was read can be compared, kept and written again."""
    wrapped = found
    for _ in range(_ORJSON_DEEPEST - DEEPEST):
        wrapped = [wrapped]
    try:
        # What orjson writes even inside of so many lists is neither too deep nor too large, and it is twenty times as fast as looking.
        orjson.dumps(wrapped)
    except TypeError:
        return _is_shallow(found)
    return True


def _is_shallow(found: Any) -> bool:
    level = [found]
    for _ in range(DEEPEST + 1):
        if any(isinstance(value, int) and abs(value) > _LARGEST for value in level):
            return False
        level = [inner for value in level for inner in _inside(value)]
        if not level:
            return True
    return False


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
