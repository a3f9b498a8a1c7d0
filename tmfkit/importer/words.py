"""The vocabulary that payloads imply: the channels, segments, places, taxes and usages that they name."""

from typing import Any

from tmfkit.importer.draft import Draft
from tmfkit.importer.identify import slug, text_of
from tmfkit.importer.names import part_name, visible
from tmfkit.model.landscape import Vocabulary
from tmfkit.model.units import UNITS
from tmfkit.source.document import Data, Path

_UNITS = {"minute": "min", "minutes": "min", "second": "s", "seconds": "s", "hour": "h", "hours": "h", "sms": "message", "gigabyte": "GB"}


class Words:
    """Collects words, or, where the project has a vocabulary already, keeps to it."""

    def __init__(self, existing: Vocabulary | None) -> None:
        self.existing = existing
        self.data: dict[str, dict[str, Data]] = {}

    def word(self, draft: Draft, field: str, value: dict[str, Any], path: Path) -> str:
        """The word for a channel, segment or place: its id; empty where the project's vocabulary does not know it."""
        id, name = text_of(value.get("id")).strip(), text_of(value.get("name")).strip()
        return self._kept(draft, field, id, {"name": name} if name and name != id else {}, path) if id else ""

    def tax(self, draft: Draft, category: str, rate: Data, path: Path) -> str:
        """The word for a tax; empty where it has another rate already."""
        declared = self.data.get("taxes", {}).get(category)
        if declared is not None and declared != rate:
            draft.notebook.doubt(path, f"the tax `{category}` has another rate elsewhere; this one is kept in `extra`")
            return ""
        return self._kept(draft, "taxes", category, rate, path)

    def usage(self, draft: Draft, unit: str, path: Path) -> str:
        """The word for what a usage price meters: payloads say the unit alone, so the usage is named after it."""
        said = unit if unit in UNITS else _UNITS.get(unit.casefold(), "unit")
        if self.existing is not None:
            known = [name for name, usage in self.existing.usage.items() if usage.unit == said]
            word = known[0] if known else ""
        else:
            word = f"usage-{slug(said) or 'unit'}"
            self.data.setdefault("usage", {})[word] = {"unit": said}
        if word:
            draft.notebook.doubt(path, f"it does not say what is metered; it is taken as `{word}`")
        return word

    def _kept(self, draft: Draft, field: str, word: str, settings: Data, path: Path) -> str:
        if part_name(word) != word:
            draft.notebook.doubt(path, f"`{visible(word)}` cannot be a word of the vocabulary; it is kept in `extra`")
            return ""
        if self.existing is not None:
            if word in getattr(self.existing, field) or not getattr(self.existing, field):
                return word
            draft.notebook.doubt(path, f"`{word}` is not among the {field} of the vocabulary; it is kept in `extra`")
            return ""
        self.data.setdefault(field, {}).setdefault(word, settings)
        return word

    def entity(self) -> dict[str, Data]:
        """The vocabulary to write; empty where nothing is to be declared."""
        if not self.data:
            return {}
        order = ("channels", "segments", "places", "taxes", "usage")
        return {"kind": Vocabulary.KIND, "id": "vocabulary", **{field: dict(self.data[field]) for field in order if field in self.data}}
