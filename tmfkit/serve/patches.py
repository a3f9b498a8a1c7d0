"""Changes of an item in the four forms that the APIs know: merged, listed as operations, and those with selections."""

import copy
from typing import Any, cast

from jsonpatch import JsonPatch, JsonPatchException, JsonPatchTestFailed
from jsonpointer import JsonPointer, JsonPointerException

from tmfkit.compile.encode import compact
from tmfkit.serve.errors import bad, taken
from tmfkit.serve.exchange import Body
from tmfkit.serve.json_text import alike
from tmfkit.serve.selections import plain, too_much
from tmfkit.serve.settings import Limits
from tmfkit.tmf.rest import JSON_PATCH, MERGE_PATCH, PLAIN_JSON, QUERY_PATCH

PATCH_TYPES = (PLAIN_JSON, MERGE_PATCH, JSON_PATCH, QUERY_PATCH)
"""The media types of a change; every dialect takes all of them, whatever its text names."""

_CODE = "invalidPatch"
_UNFIT = (JsonPatchException, JsonPointerException, TypeError, KeyError, IndexError, ValueError, AttributeError, RecursionError)
_SPREAD = 10
"""To how many plain operations each operation with a selection may come, taken together."""


def patched(item: Body, patch: Any, media_type: str, limits: Limits) -> Body:
    """The item as a patch makes it; the one given stays as it is. Raises `Fault` where the patch cannot be applied to it."""
    if media_type in (PLAIN_JSON, MERGE_PATCH):
        if not isinstance(patch, dict):
            raise bad(_CODE, "a merge patch of an item is an object")
        return cast(Body, merged(item, patch))
    operations = [patch] if isinstance(patch, dict) and media_type == QUERY_PATCH else patch
    if not isinstance(operations, list) or not all(isinstance(operation, dict) for operation in operations):
        raise bad(_CODE, "a JSON patch is a list of operations")
    if len(operations) > limits.operations:
        raise bad(_CODE, f"a patch has at most {limits.operations} operations")
    changed = _carried_out(copy.deepcopy(item), operations, media_type == QUERY_PATCH, limits)
    if not isinstance(changed, dict):
        raise bad(_CODE, "a patch cannot replace a whole item")
    return changed


def merged(target: Any, patch: Any) -> Any:
    """RFC 7386: objects merge, a null takes an attribute away, everything else replaces what stands there."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def _carried_out(item: Any, operations: list[Body], selecting: bool, limits: Limits) -> Any:
    """Copies are measured before they are made: a few of them would make more than any machine holds."""
    steps, size, elements = limits.operations * _SPREAD, limits.body, limits.passed
    for operation in operations:
        plain_ones, passed = plain(operation, item, elements) if selecting else ([operation], 0)
        steps, elements = steps - len(plain_ones), elements - passed
        size -= sum(_copied(item, one) for one in plain_ones[0 if len(plain_ones) == 1 else 1 :])
        if steps < 0 or size < 0:
            raise too_much()
        for one in plain_ones:
            item = _one(item, copy.deepcopy(one) if selecting else one)
    return item


def _copied(item: Any, operation: Body) -> int:
    """How many bytes an operation adds beside those that came with the patch."""
    try:
        match operation:
            case {"op": "copy", "from": str(source)}:
                return len(compact(JsonPointer(source).get(item, None)))
            case {"op": "add" | "replace", "value": value}:
                return len(compact(value))
            case _:
                return 0
    except JsonPointerException:  # carrying it out tells why
        return 0
    except (TypeError, RecursionError):
        raise bad(_CODE, "the patch nests the item too deeply") from None


def _one(item: Any, operation: Body) -> Any:
    try:
        changed = JsonPatch(cast(Any, [operation])).apply(item, in_place=True)
        if operation["op"] == "test" and not alike(JsonPointer(operation["path"]).get(changed), operation["value"]):
            raise JsonPatchTestFailed
        return changed
    except JsonPatchTestFailed:
        raise taken(f"the {_named(operation)} fails: another value stands there") from None
    except _UNFIT:
        raise bad(_CODE, f"the {_named(operation)} cannot be carried out on this item") from None


def _named(operation: Body) -> str:
    return f"operation `{operation.get('op', '')}` at `{operation.get('path', '')}`"[:200]
