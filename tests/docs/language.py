"""Makes the reference of the language: every kind and part, key by key."""

from collections.abc import Iterator

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tests.architecture.sources import ROOT
from tests.docs.words import owner_of, parts_in, title_of, value_of
from tmfkit.load.parse import NAMELESS
from tmfkit.model.base import Entity, External, Step, spelling
from tmfkit.model.kinds import KINDS
from tmfkit.model.prices import KEYS_OF, PriceType

HEAD = """# The language, key by key

This page is made from the code; [the guide](language-guide.md) explains values, conditions, tables and the rest with examples.

One YAML document is one entity, and a file may hold many. Keys that are not listed here are errors. **Bold** keys are mandatory.
"by name" is a mapping whose keys are names that the catalog gives; a list of names is short for names without settings.
"or a list" means that one value needs no brackets.
"""

PRICE_TYPES = """### Which keys a price may have

All prices may have {common}. The rest depends on the type:
"""

WORDS: dict[str, dict[str, str]] = yaml.safe_load((ROOT / "docs/reference/language-keys.yaml").read_text(encoding="utf-8"))
"""The sentence for each key, under the part that declares it."""


def page() -> str:
    """The whole page."""
    return "\n".join(_lines())


def declared() -> set[tuple[str, str]]:
    """Every key of the language with the part that declares it."""
    models: list[type[BaseModel]] = [row.model for row in KINDS.values()]
    return {(owner_of(model, name), spelling(name)) for model in (*models, *_parts()) for name in model.model_fields}


def _lines() -> Iterator[str]:
    yield HEAD
    yield "## Keys of every entity\n"
    yield from _table(Entity, list(Entity.model_fields))
    yield "\n## Kinds\n"
    for name, row in KINDS.items():
        yield from _kind(name, row.model, row.folder)
    yield "## Parts\n"
    for part in sorted(_parts(), key=title_of):
        yield from _part(part)
        if title_of(part) == "Price":
            yield from _price_types()


def _kind(name: str, model: type[Entity], folder: str) -> Iterator[str]:
    own = [field for field in model.model_fields if owner_of(model, field) != "Entity"]
    yield f"### {name}\n"
    yield f"{_first_sentence(model)} Its home is `{_home(name, folder)}`.\n"
    if not any(owner_of(model, field) == "PriceTerms" for field in own):
        yield from _table(model, own) if own else ["It has no keys of its own."]
        yield ""
        return
    yield "It has the keys of a [price](#price) but `use`.\n"


def _home(name: str, folder: str) -> str:
    """Acceptances stand beside the catalog."""
    return f"{folder}/" if name == "Acceptance" else f"catalog/{folder and f'{folder}/'}"


def _part(part: type[BaseModel]) -> Iterator[str]:
    yield f"### {title_of(part)}\n"
    yield f"{_first_sentence(part)}\n"
    yield from _table(part, list(part.model_fields))
    yield ""


def _table(model: type[BaseModel], names: list[str]) -> Iterator[str]:
    yield "| key | value | meaning |"
    yield "| --- | --- | --- |"
    for name in names:
        field = model.model_fields[name]
        sentence = WORDS.get(owner_of(model, name), {}).get(spelling(name), "")
        key = f"**`{spelling(name)}`**" if _mandatory(model, name, field) else f"`{spelling(name)}`"
        yield f"| {key} | {_value(model, field)} | {_cell(sentence)} |"


def _value(model: type[BaseModel], field: FieldInfo) -> str:
    return "the value in question" if issubclass(model, Step) and field.alias == "is" else _cell(value_of(field))


def _mandatory(model: type[BaseModel], name: str, field: FieldInfo) -> bool:
    return field.is_required() or (model is Entity and name == "name" and bool(NAMELESS))


def _price_types() -> Iterator[str]:
    common = frozenset.intersection(*KEYS_OF.values())
    yield PRICE_TYPES.format(common=", ".join(f"`{key}`" for key in sorted(common & _price_keys())))
    yield "| type | keys besides |"
    yield "| --- | --- |"
    for kind in PriceType:
        yield f"| `{kind}` | {', '.join(f'`{key}`' for key in sorted(KEYS_OF[kind] - common))} |"
    yield ""


def _price_keys() -> set[str]:
    price = next(part for part in _parts() if title_of(part) == "Price")
    return {spelling(name) for name in price.model_fields}


def _parts() -> list[type[BaseModel]]:
    """Every part that may stand somewhere in an entity; dated steps of all values count once."""
    found: dict[type[BaseModel], None] = {External: None}
    waiting: list[type[BaseModel]] = [row.model for row in KINDS.values()]
    while waiting:
        fields = waiting.pop().model_fields.values()
        fresh = [part for field in fields for part in parts_in(field.annotation) if part not in found]
        found |= dict.fromkeys(fresh)
        waiting += fresh
    return list({title_of(part): part for part in reversed(found)}.values())


def _first_sentence(model: type[BaseModel]) -> str:
    words = next(base.__doc__ for base in model.__mro__ if base.__doc__)
    return f"{words.strip().splitlines()[0].partition('. ')[0].removesuffix('.')}."


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
