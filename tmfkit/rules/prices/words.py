"""Channels, segments, places, taxes, usage and languages are words of the vocabulary.

A set that the vocabulary declares is closed: a word outside it is a typing error that would make a customer group, a tax or a
meter of its own in some system. What a usage price meters must always be declared, for its unit is there and nowhere else.

Fails:
```yaml
kind: Vocabulary
channels: {webshop: {}, retail: {}}
---
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
channels: [webshop, retial]
```

Passes:
```yaml
kind: Vocabulary
channels: {webshop: {}, retail: {}}
---
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
channels: [webshop, retail]
```
"""

from collections.abc import Collection, Iterator
from operator import itemgetter

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.model.base import Described, Entity, Validity
from tmfkit.model.kinds import KINDS
from tmfkit.model.prices import PriceTerms
from tmfkit.model.products import ProductOffering
from tmfkit.model.values import LocalizedText
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.parts import characteristics, conditions_of, has_prices, terms_of
from tmfkit.rules.vocabulary import SETS, words_of
from tmfkit.source.document import Path


def check(entity: Entity, catalog: Catalog) -> Iterator[Finding]:
    """Words that the vocabulary does not know."""
    if catalog.vocabulary.languages:
        yield from _languages(entity, frozenset(("", *catalog.vocabulary.languages)))
    if type(entity) is ProductOffering:
        for fact, field in SETS.items():
            for index, word in enumerate(getattr(entity, field)):
                yield from _word(fact, word, words_of(fact, catalog), (field, index))
    if has_prices(entity):
        for path, terms in terms_of(entity):
            yield from _price(path, terms, catalog)
    for path, condition, _, _ in conditions_of(entity):
        for fact, wanted in condition.clauses:
            if fact in SETS and not isinstance(wanted, Validity):
                for index, word in enumerate(wanted):
                    yield from _word(fact, word, words_of(fact, catalog), (*path, fact, index))


def _price(path: Path, terms: PriceTerms, catalog: Catalog) -> Iterator[Finding]:
    if terms.tax is not None:
        yield from _word("tax", terms.tax, catalog.vocabulary.taxes, (*path, "tax"))
    if terms.usage is None:
        return
    metered = catalog.vocabulary.usage.get(terms.usage)
    if metered is None:
        help = did_you_mean(terms.usage, catalog.vocabulary.usage) or f"add it there, as in `usage: {{{terms.usage}: {{unit: GB}}}}`"
        yield Finding((*path, "usage"), f"the vocabulary declares no usage called `{terms.usage}`", help)
        return
    for where, condition in (("when", terms.when), ("unless", terms.unless)):
        for name, known in metered.dimensions.items():
            for index, word in enumerate(condition.values(name)):
                yield from _word(name, word, known, (*path, where, name, index))


def _word(what: str, word: str, declared: Collection[str], path: Path) -> Iterator[Finding]:
    if declared and word not in declared:
        help = did_you_mean(word, declared) or f"it declares {', '.join(f'`{known}`' for known in declared)}"
        yield Finding(path, f"the vocabulary declares no {what} called `{word}`", help)


def _languages(entity: Entity, known: frozenset[str]) -> Iterator[Finding]:
    if _is_known(entity, known):
        return
    for path, text in _foreign(entity, known):
        for language in text.languages:
            if language not in known:
                help = did_you_mean(language, known) or f"its languages are {', '.join(sorted(known - {''}))}"
                yield Finding((*path, language), f"the vocabulary declares no language called `{language}`", help, at_key=True)


def _is_known(entity: Entity, known: frozenset[str]) -> bool:
    """Whether all texts are in known languages: the quick way to see that nothing is wrong."""
    if not _speaks(entity, known) or not all(_speaks(part, known) for part in characteristics(entity).values()):
        return False
    if type(entity) is not ProductOffering:
        labels = (text for part in characteristics(entity).values() if part.values for text in part.values.values())
        return all(known.issuperset(map(_LANGUAGE, text.texts)) for text in labels)
    return all(_speaks(part, known) for parts in (entity.terms, entity.prices, entity.bundle) for part in parts.values())


def _speaks(part: Described | Entity, known: frozenset[str]) -> bool:
    name, description = part.name, part.description
    return (name is None or known.issuperset(map(_LANGUAGE, name.texts))) and (
        description is None or known.issuperset(map(_LANGUAGE, description.texts))
    )


def _foreign(entity: Entity, known: frozenset[str]) -> Iterator[tuple[Path, LocalizedText]]:
    """The texts of an entity that are in some language outside the known ones."""
    parts: list[tuple[Path, Described | Entity]] = [((), entity)]
    parts += ((("characteristics", name), one) for name, one in characteristics(entity).items())
    if type(entity) is ProductOffering:
        for field in ("terms", "prices", "bundle"):
            parts += (((field, name), part) for name, part in getattr(entity, field).items())
    for path, part in parts:
        for field, text in (("name", part.name), ("description", part.description)):
            if text is not None and not known.issuperset(map(_LANGUAGE, text.texts)):
                yield (*path, field), text
    for name, characteristic in characteristics(entity).items():
        for value, text in (characteristic.values or {}).items():
            if not known.issuperset(map(_LANGUAGE, text.texts)):
                yield ("characteristics", name, "values", value), text


_LANGUAGE = itemgetter(0)

RULE = NeighbourRule("TK211", "vocabulary", tuple(kind.model for kind in KINDS.values()), check)
