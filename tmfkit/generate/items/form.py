"""What can be said of one product of an offering: its characteristics, terms, parts, and the combinations that are not possible."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from tmfkit.catalog import Catalog
from tmfkit.compile.expand import limits_of
from tmfkit.generate.items.values import Trait, band_words, traits_of
from tmfkit.generate.items.words import Said, Speech, speech_of
from tmfkit.generate.prices import SinglePrice
from tmfkit.model.base import ALWAYS, External, Lifecycle, Validity, instant
from tmfkit.model.conditions import Condition, band
from tmfkit.model.products import Member, ProductOffering, ProductSpecification, Relation, Term
from tmfkit.model.tables import ELSE, Table
from tmfkit.model.values import LocalizedText, Money, parse_localized, plain
from tmfkit.semantics.conditions import texts_of
from tmfkit.semantics.configuration import Variable, variables
from tmfkit.semantics.pricing import at, refusals, resolved


@dataclass(frozen=True, slots=True)
class Role:
    """A role of a bundle: the offerings that may fill it, and how many of them."""

    name: str
    label: LocalizedText
    offerings: tuple[str, ...]
    fewest: int
    most: int | None
    usual: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What one subject (a characteristic, `term`, or a role) is: one of some values or bands, or, as `other`, none of them.

    At `shared_ends` a band begins where another one ends, to which that number belongs.
    """

    subject: str
    texts: tuple[str, ...]
    other: bool = False
    shared_ends: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """Where all of `when` holds, all of `then` must hold too; without `then` it is a combination that is not possible."""

    when: tuple[Choice, ...]
    then: tuple[Choice, ...]
    message: LocalizedText


@dataclass(frozen=True)
class Form:
    """An offering as orders and inventories see it, at the moment of a release.

    `is_sold` says that it can still be added, `is_open` that its product is described elsewhere, so that anything may be stated of it.
    """

    offering: ProductOffering
    speech: Speech
    title: LocalizedText
    traits: Mapping[str, Trait]
    terms: Mapping[str, Term]
    ended_terms: frozenset[str]
    roles: Mapping[str, Role]
    constraints: tuple[Rule, ...]
    not_sold: tuple[Rule, ...]
    excludes: tuple[tuple[str, str, LocalizedText], ...]
    titles: Mapping[str, LocalizedText]
    is_sold: bool
    is_open: bool

    def say(self, phrase: str, /, **parts: Said) -> LocalizedText:
        """A sentence about the offering."""
        return self.speech.say(phrase, offering=self.title, **parts)

    def unknown(self, ordered: bool) -> LocalizedText:
        """The sentence about a characteristic that the offering does not have, in an order or in a record."""
        names = [trait.name for trait in self.traits.values() if trait.is_ordered or not ordered]
        return self.say("unknown-characteristic", names=self.speech.listing(names, "and")) if names else self.say("no-characteristics")

    def term_label(self, name: str) -> LocalizedText:
        """How people call a term."""
        return self.terms[name].name or parse_localized(name)


def form_of(offering: ProductOffering, catalog: Catalog, moment: datetime) -> Form:
    """The form of an offering; what has ended by `moment` cannot be ordered, what begins later can: forms are there before sales begin."""
    speech = speech_of(catalog.vocabulary)
    traits = {trait.name: trait for trait in traits_of(offering, catalog)}
    ended = frozenset(name for name, term in offering.terms.items() if _is_over(term.valid_for or ALWAYS, moment, catalog))
    roles = {name: _role(name, member) for name, member in offering.bundle.items()}
    form = Form(
        offering=offering,
        speech=speech,
        title=speech.plain(offering.name or parse_localized(offering.id)),
        traits=traits,
        terms=offering.terms,
        ended_terms=ended,
        roles=roles,
        constraints=(),
        not_sold=(),
        excludes=(),
        titles={id: title_of(id, catalog) for role in roles.values() for id in role.offerings},
        is_open=offering.product is not None and catalog.get(ProductSpecification, offering.product) is None,
        is_sold=offering.lifecycle is not Lifecycle.RETIRED and not _is_over(offering.valid_for, moment, catalog),
    )
    return replace(
        form,
        constraints=tuple(rule for _, rule in _constraints(form, catalog) if rule is not None),
        not_sold=tuple(_not_sold(form, catalog, moment)),
        excludes=tuple(_excludes(form, catalog, moment)),
    )


def external_id(target: str | External) -> str:
    """The id of an offering, wherever it lives."""
    return target.external if isinstance(target, External) else target


def choices_of(condition: Condition, form: Form, catalog: Catalog, action: str = "add") -> tuple[Choice, ...] | None:
    """What a condition asks of a product itself; None where it asks something that neither an item nor a record says, or where it
    is about another action."""
    asked = variables(condition.subjects, form.offering, catalog)
    found = []
    for subject, wanted in condition.clauses:
        if isinstance(wanted, Validity):
            return None
        if subject == "action":
            if action not in wanted:
                return None
            continue
        if not _is_said(subject, form):
            return None
        found.append(Choice(subject, texts_of(subject, wanted, asked)))
    return tuple(found)


def charge_choices(price: SinglePrice, form: Form, catalog: Catalog) -> tuple[Choice, ...]:
    """What a single price asks of the product itself: by its cell, and by its condition as far as a record says it."""
    condition = Condition(tuple(clause for clause in price.terms.when.clauses if _is_said(clause[0], form)))
    asked = variables((pick.subject for pick in price.picks), form.offering, catalog)
    picks = (_pick(pick.subject, pick.key, (pick.key, *pick.rest), asked) for pick in price.picks if _is_said(pick.subject, form))
    return (*(choices_of(condition, form, catalog) or ()), *picks)


def choice_words(choices: Iterable[Choice], form: Form) -> LocalizedText:
    """Several choices, for people."""
    return form.speech.listing((_words(choice, form) for choice in choices), "and")


def _words(choice: Choice, form: Form) -> LocalizedText:
    if choice.subject in form.roles:
        numbers = form.speech.listing(_number_words(text, form) for text in choice.texts)
        number: Said = form.speech.say("other", values=numbers) if choice.other else numbers
        return form.say("count", number=number, role=form.roles[choice.subject].label)
    trait = form.traits.get(choice.subject)
    if trait is None:
        name, said = form.speech.say("term"), form.speech.listing(form.term_label(text) for text in choice.texts)
    else:
        name, said = trait.label, form.speech.listing(trait.value_words(text, form.speech) for text in choice.texts)
    return form.speech.say("is", name=name, value=form.speech.say("other", values=said) if choice.other else said)


def _number_words(text: str, form: Form) -> Said:
    found = band(text) if ".." in text else None
    return text if found is None else band_words(found.low, found.high, form.speech)


def _is_said(subject: str, form: Form) -> bool:
    """Whether an item or a record says it; of parts that could fill several roles nobody knows which one they fill."""
    trait, role = form.traits.get(subject), form.roles.get(subject)
    if role is not None:
        return not any(set(role.offerings) & set(other.offerings) for other in form.roles.values() if other is not role)
    return (subject == "term" and bool(form.terms)) or (trait is not None and trait.is_ordered)


def _role(name: str, member: Member) -> Role:
    offerings = tuple(dict.fromkeys(external_id(target) for target in member.offerings(name)))
    return Role(name, member.name or parse_localized(name), offerings, member.fewest, member.most, member.default)


def _is_over(validity: Validity, moment: datetime, catalog: Catalog) -> bool:
    return validity.until is not None and instant(validity.until, catalog.zone) <= moment


def unsaid_constraints(form: Form, catalog: Catalog) -> tuple[str, ...]:
    """The constraints of the product that are no rule of the form: they ask for what neither an item nor a record says."""
    return tuple(name for name, rule in _constraints(form, catalog) if rule is None)


def _constraints(form: Form, catalog: Catalog) -> Iterator[tuple[str, Rule | None]]:
    product = catalog.get(ProductSpecification, form.offering.product)
    for name, constraint in product.constraints.items() if product else ():
        when, then = (choices_of(condition, form, catalog) for condition in (constraint.when, constraint.then))
        if not (when and then):
            yield name, None
            continue
        message = constraint.description or form.say("constraint", when=choice_words(when, form), then=choice_words(then, form))
        yield name, Rule(when, then, form.speech.plain(message))


def _not_sold(form: Form, catalog: Catalog, moment: datetime) -> Iterator[Rule]:
    """The combinations that the price tables close at a moment, as far as an order states what they ask about."""
    told: dict[tuple[Choice, ...], None] = {}
    for written in form.offering.prices.values():
        price = resolved(written, catalog)
        table = at(price.table, moment, "new", catalog) if price else None
        if price is None or table is None or any(refusals(written, catalog)):
            continue
        when = choices_of(price.when, form, catalog)
        if when is None or not (price.valid_for or ALWAYS).holds(moment, catalog.zone):
            continue
        for closed in _closed(table, price.by, form, variables(price.by, form.offering, catalog)):
            told.setdefault((*when, *closed))
    for choices in told:
        yield Rule(choices, (), form.say("not-sold", what=choice_words(choices, form)))


def _closed(table: Table[Money | None], by: tuple[str, ...], form: Form, asked: Mapping[str, Variable]) -> Iterator[tuple[Choice, ...]]:
    """Each closed part of a table by the fewest keys that tell it. What an order does not say must not matter: such levels are passed
    over where all their keys agree, and a table where that cannot be seen is left to the price quote."""
    said = [_is_said(subject, form) for subject in by]
    first = said.index(False) if False in said else len(by)
    if any(key == ELSE or ".." in key for cell in table.cells for key in cell.keys[first:]):
        return
    levels = [level for level, one in enumerate(said) if one]
    rows = [(tuple(cell.keys[level] for level in levels), cell.value is None) for cell in table.cells if len(cell.keys) == len(by)]
    yield from _prefixes(rows, 0, [by[level] for level in levels], asked, ())


def _prefixes(
    rows: list[tuple[tuple[str, ...], bool]], level: int, by: list[str], asked: Mapping[str, Variable], path: tuple[Choice, ...]
) -> Iterator[tuple[Choice, ...]]:
    if all(closed for _, closed in rows):
        if path:
            yield path
        return
    if level == len(by):
        return
    keys = tuple(dict.fromkeys(row[level] for row, _ in rows))
    for key in keys:
        below = [row for row in rows if row[0][level] == key]
        yield from _prefixes(below, level + 1, by, asked, (*path, _pick(by[level], key, keys, asked)))


def _pick(subject: str, key: str, beside: tuple[str, ...], asked: Mapping[str, Variable]) -> Choice:
    """What a key of a table says beside the other keys of its level."""
    others = texts_of(subject, tuple(other for other in beside if other not in (key, ELSE)), asked)
    if key == ELSE:
        return Choice(subject, others, other=True)
    ends = {plain(limits.high) for other in others if (limits := limits_of(other)) is not None and limits.high is not None}
    return Choice(subject, texts_of(subject, (key,), asked), shared_ends=frozenset((*ends, *(text for text in others if ".." not in text))))


def _excludes(form: Form, catalog: Catalog, moment: datetime) -> Iterator[tuple[str, str, LocalizedText]]:
    """The pairs of possible parts of a bundle that may not be there together."""
    ids = {id for role in form.roles.values() for id in role.offerings}
    told: set[frozenset[str]] = set()
    for id in sorted(ids):
        member = catalog.get(ProductOffering, id)
        for relation in member.excludes if member else ():
            other = external_id(relation.offering)
            pair = frozenset((id, other))
            if other in ids and len(pair) == 2 and pair not in told and holds_at(relation, moment, catalog):
                told.add(pair)
                yield id, other, form.say("excludes", one=form.titles[id], other=form.titles[other])


def holds_at(relation: Relation, moment: datetime, catalog: Catalog) -> bool:
    """Whether a relation between offerings holds at a moment."""
    return Validity.model_construct(from_=relation.from_, until=relation.until).holds(moment, catalog.zone)


def title_of(id: str, catalog: Catalog) -> LocalizedText:
    """The name of an offering, else its id."""
    found = catalog.get(ProductOffering, id)
    return found.name if found is not None and found.name is not None else parse_localized(id)


def holds_number(choice: Choice, number: Decimal) -> bool:
    """Whether a number is what a choice about a role says."""
    inside = False
    for text in choice.texts:
        found = band(text) if ".." in text else None
        if found is None:
            inside = inside or plain(number) == text
        elif found.holds(number):
            inside = inside or not (found.low == number and plain(number) in choice.shared_ends)
    return inside is not choice.other
