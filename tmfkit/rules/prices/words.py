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
from tmfkit.model.base import Entity, Validity
from tmfkit.model.kinds import KINDS
from tmfkit.model.prices import PriceTerms
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.parts import conditions_of, has_prices, terms_of
from tmfkit.rules.texts import bare_texts, texts_of
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
    if all(known.issuperset(map(_LANGUAGE, text.texts)) for text in bare_texts(entity)):
        return
    for path, text in texts_of(entity):
        for language in text.languages:
            if language not in known:
                help = did_you_mean(language, known) or f"its languages are {', '.join(sorted(known - {''}))}"
                yield Finding((*path, language), f"the vocabulary declares no language called `{language}`", help, at_key=True)


_LANGUAGE = itemgetter(0)

RULE = NeighbourRule("TK211", "vocabulary", tuple(kind.model for kind in KINDS.values()), check)
