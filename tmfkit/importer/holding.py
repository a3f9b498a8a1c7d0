"""When a price holds: the values, terms and places that its payload names, as far as every offering that uses it has them."""

from collections.abc import Mapping, Sequence

from tmfkit.importer.characteristic import fits, values_of
from tmfkit.importer.draft import Draft
from tmfkit.importer.identify import text_of
from tmfkit.importer.words import Words
from tmfkit.model.base import Key
from tmfkit.source.document import Data


def conditions(draft: Draft, users: Sequence[Draft], specifications: Mapping[Key, dict[str, Data]], words: Words) -> dict[str, Data]:
    """The `when` of a price; what an offering that uses it does not have stays in `extra`, and is doubted."""
    found = {**_values(draft, users, specifications), **_terms(draft, users)}
    places = [(path, words.word(draft, "places", value, path)) for path, value in draft.objects("place")]
    known = [word for _, word in places if word and users and all(_lists(user, word) for user in users)]
    if places and len(known) == len(places):
        found["place"] = _one_or_many(list(known))
    elif places:
        _doubt(draft, "place", "the places where it holds are not those of an offering that uses it")
    return found


def _lists(user: Draft, word: str) -> bool:
    """Whether an offering is sold at a place; one that names none is sold everywhere."""
    places = user.data.get("places")
    return word in places if isinstance(places, list) else True


def _values(draft: Draft, users: Sequence[Draft], specifications: Mapping[Key, dict[str, Data]]) -> dict[str, Data]:
    found: dict[str, Data] = {}
    for path, use in draft.objects("prodSpecCharValueUse"):
        name = text_of(use.get("name")).strip()
        texts = [text_of(value.get("value")).strip() for _, value in values_of(use, path)]
        if texts and "" not in texts and users and all(_has(user, name, texts, specifications) for user in users):
            found[name] = _one_or_many(list(dict.fromkeys(texts)))
        else:
            draft.notebook.doubt(path, f"the values of `{name}` for which it holds are not those of an offering that uses it; {_KEPT}")
    return found


def _has(user: Draft, name: str, texts: list[str], specifications: Mapping[Key, dict[str, Data]]) -> bool:
    specification = specifications.get(Key("ProductSpecification", str(user.data.get("product"))))
    parts = specification.get("characteristics") if specification else None
    part = parts.get(name) if isinstance(parts, dict) else None
    choices = user.data.get("choices")
    chosen = choices.get(name) if isinstance(choices, dict) else None
    return part is not None and all(fits(part, text) and (chosen is None or text in chosen) for text in texts)


def _terms(draft: Draft, users: Sequence[Draft]) -> dict[str, Data]:
    names = [text_of(term.get("name")).strip() for _, term in draft.objects("productOfferingTerm")]
    if not names:
        return {}
    if users and all(isinstance(terms := user.data.get("terms"), dict) and name in terms for user in users for name in names):
        return {"term": _one_or_many(list(names))}
    _doubt(draft, "productOfferingTerm", "the terms under which it holds are not those of an offering that uses it")
    return {}


_KEPT = "they are kept in `extra`, and the price holds without them"


def _doubt(draft: Draft, key: str, what: str) -> None:
    draft.notebook.doubt((key,), f"{what}; {_KEPT}")


def _one_or_many(values: list[Data]) -> Data:
    return values[0] if len(values) == 1 else values
