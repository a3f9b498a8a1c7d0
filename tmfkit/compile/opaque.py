"""What an operator adds to a payload under `extra`: JSON that the language does not look into.

The language keeps every scalar as text, and JSON has types. So a text in `extra` that is a JSON number, `true`, `false` or
a JSON string in double quotes is taken as that; every other text is itself. The text `5` is thus the number, `"5"` the string.
"""

import json
import math
import re
from typing import Any

_LITERAL = re.compile(r'true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|".*"', re.DOTALL)


def as_json(data: Any) -> Any:
    """The JSON that `extra` stands for; keys without a value are left out, because no TM Forum API takes a null."""
    match data:
        case dict():
            return {key: as_json(value) for key, value in data.items() if value is not None}
        case list():
            return [as_json(item) for item in data if item is not None]
        case str() if _LITERAL.fullmatch(data):
            return _literal(data)
        case _:
            return data


def _literal(text: str) -> Any:
    try:
        value = json.loads(text, strict=False)
    except ValueError:
        return text
    return text if value in (math.inf, -math.inf) else value


def as_written(value: Any) -> Any:
    """The inverse: what stands in `extra` for a JSON value, every scalar as text."""
    match value:
        case dict():
            return {key: as_written(item) for key, item in value.items()}
        case list():
            return [as_written(item) for item in value]
        case str():
            return json.dumps(value, ensure_ascii=False) if as_json(value) != value or _LITERAL.fullmatch(value) else value
        case None:
            return None
        case _:
            return json.dumps(value)
