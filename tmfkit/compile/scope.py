"""What the conditions and tables of a price ask about, and how TMF620 says the answer: characteristics, terms and places."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tmfkit.catalog import Catalog
from tmfkit.compile.bundle import Settings
from tmfkit.compile.characteristics import Narrowing
from tmfkit.compile.expand import Pick, Variant, key_words, limits_of
from tmfkit.compile.wording import period, reference, text
from tmfkit.model.base import Described
from tmfkit.model.characteristics import Characteristic, ValueType
from tmfkit.model.conditions import FACTS
from tmfkit.model.prices import PriceTerms
from tmfkit.model.problems import NotUnderstood
from tmfkit.model.products import ProductOffering, ProductSpecification, Term
from tmfkit.model.tables import ELSE
from tmfkit.semantics.configuration import characteristics_of, spelled
from tmfkit.semantics.domains import domain_of
from tmfkit.tmf.common import CharacteristicUse, Duration, OfferingTerm, Ref

SAYABLE_FACTS = frozenset(("term", "place"))
"""The facts that a price of TMF620 has fields for."""

PLACE_TYPE = "GeographicLocation"
SPECIFICATION = ("ProductSpecification",)


@dataclass(frozen=True, slots=True)
class Scope:
    """The surroundings of a price: the offering whose words it uses (for a shared price, the first that uses it), and its product."""

    catalog: Catalog
    settings: Settings
    offering: ProductOffering | None
    characteristics: Mapping[str, Characteristic]
    product: Ref | None
    narrowings: dict[str, Narrowing] = field(default_factory=dict)

    def narrowing(self, name: str) -> Narrowing:
        """What narrows one of the characteristics."""
        if name not in self.narrowings:
            self.narrowings[name] = Narrowing(name, self.characteristics[name], self.product)
        return self.narrowings[name]

    @property
    def terms(self) -> Mapping[str, Term]:
        """The terms of the offering."""
        return self.offering.terms if self.offering else {}

    def says(self, subject: str) -> bool:
        """Whether TMF620 has a field for what is asked."""
        return subject in SAYABLE_FACTS if subject in FACTS else subject in self.characteristics


def scope_of(offering: ProductOffering | None, catalog: Catalog, settings: Settings) -> Scope:
    """The surroundings of an offering's prices."""
    if offering is None or offering.product is None:
        return Scope(catalog, settings, offering, {}, None)
    product = catalog.get(ProductSpecification, offering.product)
    parts = product.characteristics if product else {}
    return Scope(catalog, settings, offering, parts, reference(catalog, SPECIFICATION, offering.product))


def answers(scope: Scope, terms: PriceTerms, variant: Variant) -> dict[str, tuple[str, ...]]:
    """What each subject may be for a single price to hold; a subject whose values cannot be listed is left out."""
    found = {subject: values for subject, values in terms.when.clauses if isinstance(values, tuple)}
    for pick in variant.picks:
        values = others(scope, pick) if pick.key == ELSE else (pick.key,)
        if values is not None:
            found[pick.subject] = values
    return found


def others(scope: Scope, pick: Pick) -> tuple[str, ...] | None:
    """What `else` covers, where that is a closed set."""
    if pick.subject == "term":
        return tuple(name for name in scope.terms if name not in pick.rest) if scope.terms else None
    if pick.subject == "place":
        known = (scope.offering.places if scope.offering else ()) or tuple(scope.catalog.vocabulary.places)
        return tuple(name for name in known if name not in pick.rest) if known else None
    if pick.subject not in scope.characteristics or scope.offering is None:
        return None
    part = characteristics_of(scope.offering, scope.catalog)[pick.subject]
    domain = domain_of(part)
    return domain.without(_spellings(part, pick.rest)).values if domain.is_listed else None


def _spellings(part: Characteristic, texts: tuple[str, ...]) -> Iterator[str]:
    for said in texts:
        try:
            yield spelled(part, said)
        except NotUnderstood:
            continue


def uses(scope: Scope, found: Mapping[str, tuple[str, ...]], variant: Variant) -> tuple[CharacteristicUse, ...]:
    """The characteristics among the answers."""
    ends = {pick.subject: pick.shared_ends for pick in variant.picks if pick.rest and pick.key != ELSE}
    asked = ((name, values) for name, values in found.items() if name not in FACTS and name in scope.characteristics)
    made = (scope.narrowing(name).to(values, ends.get(name, frozenset())) for name, values in asked)
    return tuple(one for one in made if one is not None)


def terms_of(scope: Scope, found: Mapping[str, tuple[str, ...]]) -> tuple[OfferingTerm, ...]:
    """The terms among the answers; one that the offering does not describe (as for a shared price) is known by its name alone."""
    return tuple(
        offering_term(name, scope.terms[name], scope.settings) if name in scope.terms else OfferingTerm(name=name)
        for name in found.get("term", ())
    )


def offering_term(name: str, term: Term, settings: Settings) -> OfferingTerm:
    """A term; it is called by its key, as orders call it."""
    length = term.commitment or term.lasts
    return OfferingTerm(
        name=name,
        description=text(term.description) or text(term.name),
        duration=Duration(length.amount, length.unit) if length else None,
        valid_for=period(term.valid_for, settings.zone),
    )


def words(ids: tuple[str, ...], declared: Mapping[str, Described], type: str = "") -> tuple[Ref, ...]:
    """References to words of the vocabulary, with their names."""
    return tuple(Ref(id=id, name=word_name(id, declared), referred_type=type) for id in ids)


def word_name(id: str, declared: Mapping[str, Described]) -> str:
    """What people call a word of the vocabulary."""
    word = declared.get(id)
    return word.name.default if word is not None and word.name is not None else id


def label(scope: Scope, pick: Pick) -> str:
    """What people read for one key of a cell, distinct from that of the keys beside it."""
    if pick.key == ELSE:
        return f"other {pick.subject}"
    if limits_of(pick.key) is not None:
        part = scope.characteristics.get(pick.subject)
        return f"{key_words(pick.key)} {part.unit if part is not None and part.unit else pick.subject}"
    if pick.subject in FACTS:
        return _fact_label(scope, pick.subject, pick.key)
    part = scope.characteristics.get(pick.subject)
    return _value_label(pick.subject, part, pick.key) if part is not None else f"{pick.subject} {pick.key}"


def _fact_label(scope: Scope, subject: str, key: str) -> str:
    vocabulary = scope.catalog.vocabulary
    match subject:
        case "term":
            name = scope.terms[key].name if key in scope.terms else None
            return name.default if name is not None else key.replace("-", " ")
        case "channel":
            return word_name(key, vocabulary.channels)
        case "segment":
            return word_name(key, vocabulary.segments)
        case "place":
            return word_name(key, vocabulary.places)
        case _:
            return f"{subject} {key}"


def _value_label(subject: str, part: Characteristic, key: str) -> str:
    written = (part.values or {}).get(key)
    if written is not None and written.default != key:
        return written.default
    match part.type:
        case ValueType.QUANTITY:
            return key if not key.replace(".", "").isdigit() else f"{key} {part.unit}"
        case ValueType.STRING | ValueType.DATE:
            return key
        case _:
            return f"{subject} {key}"
