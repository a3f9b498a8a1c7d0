"""Lays an operator's own additions over a payload, and finds the smallest additions that a foreign payload needs.

The importer keeps what the language does not know as `residue`; the compiler lays it over the body with `merge_extra`.
Items of a list are the same when they have the same `id` or, where ids are not given throughout, the same `name`.
"""

from __future__ import annotations

from typing import Any

_NOTHING = object()
_KEYS = ("id", "name")


def merge_extra(body: dict[str, Any], extra: dict[str, Any]) -> dict[str, Any]:
    """A new body with `extra` laid over it.

    Mappings merge; lists whose items all have a text `id` or `name` merge item by item, new items at the end;
    every other list (an empty one too) and every scalar replaces what stands there.
    """
    merged = dict(body)
    for key, value in extra.items():
        merged[key] = _merge(body[key], value) if key in body else value
    return merged


def residue(source: dict[str, Any], body: dict[str, Any]) -> dict[str, Any] | None:
    """The smallest extra with which `merge_extra(body, extra)` holds every leaf of `source` at its path; None when none is needed.

    An empty list counts as a leaf; an empty mapping only asks that a mapping stands there.
    """
    missing = _missing_of_mapping(source, body)
    return None if missing is _NOTHING else missing


def _merge(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return merge_extra(old, new)
    if isinstance(old, list) and isinstance(new, list) and (key := _shared_key(old, new)):
        return _merge_items(old, new, key)
    return new


def _merge_items(old: list[Any], new: list[Any], key: str) -> list[Any]:
    merged = {item[key]: item for item in old}
    for item in new:
        name = item[key]
        merged[name] = merge_extra(merged[name], item) if name in merged else item
    return list(merged.values())


def _shared_key(old: list[Any], new: list[Any]) -> str | None:
    """The key by which the items of two lists can be told apart, or None."""
    if not new:
        return None
    return next((key for key in _KEYS if _tells_apart(old, key) and _tells_apart(new, key)), None)


def _tells_apart(items: list[Any], key: str) -> bool:
    names = [item.get(key) for item in items if isinstance(item, dict)]
    return len(names) == len(items) and all(isinstance(name, str) for name in names) and len(set(names)) == len(names)


def _missing(source: Any, body: Any) -> Any:
    if isinstance(source, dict) and isinstance(body, dict):
        return _missing_of_mapping(source, body)
    if isinstance(source, list) and isinstance(body, list):
        return _missing_of_list(source, body)
    return _NOTHING if _is_same_leaf(source, body) else source


def _is_same_leaf(source: Any, body: Any) -> bool:
    """Whether two scalars are the same JSON value: 1 and 1.0 are, 1 and true are not."""
    if isinstance(source, (dict, list)) or isinstance(body, (dict, list)):
        return False
    return bool(source == body) and isinstance(source, bool) == isinstance(body, bool)


def _missing_of_mapping(source: dict[str, Any], body: dict[str, Any]) -> Any:
    extra = {}
    for key, value in source.items():
        missing = _missing(value, body[key]) if key in body else value
        if missing is not _NOTHING:
            extra[key] = missing
    return extra or _NOTHING


def _missing_of_list(source: list[Any], body: list[Any]) -> Any:
    if key := _shared_key(body, source):
        return _missing_items(source, body, key)
    if not source:
        return source if body else _NOTHING
    enough = len(source) <= len(body) and all(_missing(one, other) is _NOTHING for one, other in zip(source, body, strict=False))
    return _NOTHING if enough else source


def _missing_items(source: list[Any], body: list[Any], key: str) -> Any:
    known = {item[key]: item for item in body}
    extra = []
    for item in source:
        missing = _missing(item, known[item[key]]) if item[key] in known else item
        if missing is not _NOTHING:
            extra.append({key: item[key], **missing})
    if extra and _shared_key(body, extra) != key:
        extra.append(_reminder(source, extra, key))
    return extra or _NOTHING


def _reminder(source: list[Any], extra: list[Any], key: str) -> dict[str, Any]:
    """An item that says nothing new, but keeps `key` the one by which the items are told apart."""
    said = {item[key] for item in extra}
    return next({key: item[key]} for item in source if item[key] not in said)
