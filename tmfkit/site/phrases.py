"""How values of the catalog are said on a page, in its language: amounts, periods, conditions, feeds. All is Markdown already."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from tmfkit.model.base import Described, External, Key, Ref, Validity
from tmfkit.model.characteristics import Characteristic, ValueType, text_of
from tmfkit.model.conditions import FACTS, Condition, band
from tmfkit.model.problems import NotUnderstood
from tmfkit.model.products import Member, ProductOffering, Term
from tmfkit.model.tables import ELSE
from tmfkit.model.values import Duration, Money, Quantity
from tmfkit.model.values import plain as number
from tmfkit.semantics.configuration import characteristics_of, spelled
from tmfkit.site.edition import Edition
from tmfkit.site.markdown import code, plain
from tmfkit.site.words import TABLE


def money(edition: Edition, amount: Money) -> str:
    """`39.90 EUR`, with a comma where the language has one; the sign of the currency stays on its line."""
    digits = f"{amount.amount:f}"
    return plain(digits.replace(".", edition.say("decimal-point"))) + "&nbsp;" + plain(amount.currency)


def measure(edition: Edition, found: Quantity | Decimal) -> str:
    """`10 GB`, or a bare number."""
    if isinstance(found, Decimal):
        return plain(number(found).replace(".", edition.say("decimal-point")))
    return plain(number(found.amount).replace(".", edition.say("decimal-point"))) + "&nbsp;" + plain(found.unit)


def duration(edition: Edition, found: Duration) -> str:
    """`24 months`."""
    return edition.say(f"duration-{found.unit}{'' if found.amount == 1 else 's'}", count=found.amount)


def every(edition: Edition, found: Duration) -> str:
    """`per month`, `every 3 months`."""
    return edition.say(f"every-{found.unit}") if found.amount == 1 else edition.say("each", period=duration(edition, found))


def interval(edition: Edition, begins: datetime | date | None, ends: datetime | date | None) -> str:
    """`from 2026-01-15 until 2027-01-01`; empty for what always holds."""
    parts = (("from", begins), ("until", ends))
    return " ".join(edition.say(f"span-{word}", day=edition.day(moment)) for word, moment in parts if moment is not None)


def validity(edition: Edition, found: Validity | None) -> str:
    """When something holds; empty for what always does."""
    return "" if found is None else interval(edition, found.from_, found.until)


def listing(edition: Edition, texts: Iterable[str], last: str = "and") -> str:
    """`a, b and c`."""
    found = list(texts)
    return f" {edition.say(last)} ".join(filter(None, (", ".join(found[:-1]), *found[-1:])))


def named(edition: Edition, name: str, described: Described | None) -> str:
    """The words of a named part, its name where it has none."""
    return plain(edition.raw(described.name) if described is not None and described.name is not None else name)


def sentence(text: str) -> str:
    """A text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def role_name(edition: Edition, role: str, member: Member) -> str:
    """What a role of a bundle is called: by its own name, or by that of the only offering that can fill it."""
    targets = member.offerings(role)
    if member.name is None and len(targets) == 1 and isinstance(targets[0], str):
        return plain(edition.title(Key(ProductOffering.KIND, targets[0])))
    return named(edition, role, member)


def vocabulary_word(edition: Edition, subject: str, name: str) -> str:
    """What a channel, a segment or a place is called."""
    words = edition.catalog.vocabulary
    known: Mapping[str, Described] = {"channel": words.channels, "segment": words.segments, "place": words.places}.get(subject, {})
    return named(edition, name, known.get(name))


def outside(edition: Edition, target: Ref) -> str:
    """The name of what lies outside the repository, or of what is missing in it."""
    if isinstance(target, External):
        shown = plain(edition.raw(target.name)) if target.name is not None else code(target.external)
        return f"{shown} ({edition.say('elsewhere-kept')})"
    return code(target)


@dataclass(frozen=True)
class Naming:
    """What the subjects of conditions and tables are called around one entity, and what their values are."""

    edition: Edition
    characteristics: Mapping[str, Characteristic] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    roles: Mapping[str, Member] = field(default_factory=dict)

    @classmethod
    def of(cls, offering: ProductOffering, edition: Edition) -> "Naming":
        """The names around an offering."""
        return cls(edition, characteristics_of(offering, edition.catalog), offering.terms, offering.bundle)

    def subject(self, name: str) -> str:
        """What is asked about."""
        if name in FACTS and f"fact-{name}" in TABLE:
            return self.edition.say(f"fact-{name}")
        if name in self.roles:
            return role_name(self.edition, name, self.roles[name])
        return named(self.edition, name, self.characteristics.get(name))

    def head(self, name: str) -> str:
        """What is asked about, at the head of a column."""
        return sentence(self.subject(name))

    def value(self, subject: str, text: str) -> str:
        """One of the values of a subject."""
        if text == ELSE:
            return self.edition.say("any-other")
        if subject == "term":
            return named(self.edition, text, self.terms.get(text))
        if subject in FACTS and f"{subject}-is-{text}" in TABLE:
            return self.edition.say(f"{subject}-is-{text}")
        found = self.characteristics.get(subject)
        if found is not None and subject not in FACTS:
            return self.characteristic_value(found, text)
        return _banded(self.edition, text) or vocabulary_word(self.edition, subject, text)

    def characteristic_value(self, found: Characteristic, text: str) -> str:
        """A value of a characteristic: its label, or itself with its unit."""
        unit = f"&nbsp;{plain(found.unit)}" if found.unit is not None else ""
        between = _banded(self.edition, text)
        if between:
            return between + unit
        try:
            spelling = spelled(found, text)
            labels = {spelled(found, value): label for value, label in (found.values or {}).items()}
        except NotUnderstood:
            return plain(text)
        label = labels.get(spelling)
        said = self.edition.raw(label) if label is not None else ""
        if said and said not in (spelling, text) and said not in (found.values or {}):
            return plain(said)
        if found.type is ValueType.BOOLEAN:
            return self.edition.say(f"is-{spelling}")
        return plain(spelling) + unit

    def condition(self, when: Condition) -> str:
        """`term is 24 months and sales channel is Web shop or Retail shops`."""
        return listing(self.edition, self._clauses(when))

    def _clauses(self, when: Condition) -> Iterator[str]:
        for subject, wanted in when.clauses:
            if isinstance(wanted, Validity):
                yield f"{self.subject(subject)} {validity(self.edition, wanted)}"
            else:
                values = listing(self.edition, (self.value(subject, text) for text in wanted), "or")
                yield self.edition.say("is", subject=self.subject(subject), values=values)


def _banded(edition: Edition, text: str) -> str:
    """`10 to 50` for the band `10..50`; empty for what is none."""
    found = band(text) if ".." in text else None
    if found is None:
        return ""
    low, high = ("" if end is None else plain(number(end)) for end in (found.low, found.high))
    if low and high:
        return edition.say("between", low=low, high=high)
    return edition.say("at-least", low=low) if low else edition.say("at-most", high=high)


def possible(edition: Edition, found: Characteristic) -> str:
    """The values that a characteristic can have, its default in bold."""
    naming = Naming(edition)
    standard = text_of(found.standard) if found.standard is not None else None
    if found.values:
        return ", ".join(_marked(naming, found, text, standard) for text in found.values)
    said = _range(naming, found) or edition.say(f"any-{found.type.value}")
    if found.pattern is not None:
        said += f", {edition.say('like')} {code(found.pattern)}"
    return said + (f"; **{naming.characteristic_value(found, standard)}**" if standard is not None else "")


def _marked(naming: Naming, found: Characteristic, text: str, standard: str | None) -> str:
    said = naming.characteristic_value(found, text)
    return f"**{said}**" if spelled(found, text) == standard else said


def _range(naming: Naming, found: Characteristic) -> str:
    if found.lowest is None and found.highest is None:
        return "" if found.type is not ValueType.BOOLEAN else f"{naming.edition.say('is-true')}, {naming.edition.say('is-false')}"
    ends = ("" if end is None else text_of(end) for end in (found.lowest, found.highest))
    return naming.characteristic_value(found, "..".join(ends)) if found.type is not ValueType.DATE else plain(" – ".join(ends))
