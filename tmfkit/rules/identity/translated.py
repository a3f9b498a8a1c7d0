"""A text that is written in several languages is written in all of them.

A name is one text for everybody, or has one for each language of the vocabulary. Where one is missing, the web shop of that language
shows another one's words, or nothing.

Fails:
```yaml
kind: Vocabulary
languages: [en, fr]
---
kind: Category
id: broadband
name: {en: Broadband}
```

Passes:
```yaml
kind: Vocabulary
languages: [en, fr]
---
kind: Category
id: broadband
name: {en: Broadband, fr: Internet fixe}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Entity
from tmfkit.model.kinds import KINDS
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.texts import bare_texts, texts_of


def check(entity: Entity, catalog: Catalog) -> Iterator[Finding]:
    """Texts that lack a language of the vocabulary."""
    languages = catalog.vocabulary.languages
    number = len(languages)
    if number < 2 or not any(len(text.texts) < number and text.texts[0][0] for text in bare_texts(entity)):
        return
    for path, text in texts_of(entity):
        missing = [language for language in languages if language not in text.languages]
        if missing and any(language in languages for language in text.languages):
            said = " and ".join(f"`{language}`" for language in missing)
            help = f"add it, as in `{missing[0]}: …`, or write one text for all languages"
            yield Finding(path, f"this text is missing in {said}", help, at_key=True)


RULE = NeighbourRule("TK109", "every-language", tuple(kind.model for kind in KINDS.values()), check, Severity.WARNING)
