"""Examples of products of an offering: with its defaults, its boundary values, each of its terms; and values that it does not have."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, cycle, islice, product

from tmfkit.generate.items.form import Choice, Form, Rule, holds_number
from tmfkit.generate.items.values import Trait
from tmfkit.generate.text_samples import text_like
from tmfkit.model.characteristics import ValueType
from tmfkit.model.values import plain
from tmfkit.semantics.domains import Range, matches

MOST_TRIED = 2_000
"""How many combinations are tried before an example is left out."""

MOST_VALUES = 12
"""How many listed values of a characteristic get an example each."""

MOST_PARTS = 20
"""An example has at most this many parts in one role, unless more are needed."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A product as somebody could order it: the stated values of its characteristics, its term, and the offerings of its parts."""

    words: str
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    term: str | None = None
    parts: tuple[str, ...] = ()


def product_samples(form: Form, full: bool = False) -> Iterator[Sample]:
    """Products that are possible, each of them once, the plainest first; with `full` all of them state everything."""
    seen: set[tuple[object, ...]] = set()
    for words, pinned, stated in _wishes(form):
        found = _assigned(form, words, pinned, stated or full)
        if found is not None and (said := (tuple(found.values.items()), found.term, found.parts)) not in seen:
            seen.add(said)
            yield found


def plainest_sample(form: Form) -> Sample | None:
    """A product that states no more than it must; None where no example can be found."""
    return _assigned(form, "as little as possible", {}, False)


def fullest_sample(form: Form) -> Sample | None:
    """A product that states everything; None where no example can be found."""
    return _assigned(form, "everything stated", {}, True)


def breaking_sample(form: Form, rule: Rule, full: bool = False) -> Sample | None:
    """A product that breaks one rule and no other, with `full` one that states everything; None where no example can be found."""
    return _assigned(form, "a combination that is not possible", {}, full, rule)


def value_beyond(trait: Trait) -> str | bool | int | float | None:
    """A JSON value that a characteristic does not have; None where it takes anything."""
    if trait.characteristic.type is ValueType.BOOLEAN:
        return "perhaps"
    if trait.characteristic.type in (ValueType.STRING, ValueType.DATE):
        return 7 if trait.domain.anything and not trait.characteristic.pattern else "no such value"
    ends = [end for found in trait.domain.ranges for end in found[:2] if end is not None]
    numbers = [Decimal(text) for text in trait.domain.values] + ends
    tried = (plain(number) for end in numbers for number in (end + 1, end - 1))
    outside = next((text for text in tried if not trait.domain.contains(text)), None)
    return "no number" if outside is None else trait.value(outside)


def sample_values(trait: Trait) -> list[str]:
    """Some values of a characteristic, in their one spelling: its default, listed ones, and the ends of ranges."""
    domain = trait.domain
    found = [*domain.values[:MOST_VALUES], *(text for one in domain.ranges for text in _ends(one))]
    found += [text for text in _free(trait) if matches(trait.characteristic, text)] if domain.anything else []
    return list(dict.fromkeys([*([trait.default] if trait.default is not None else []), *found]))


def _free(trait: Trait) -> tuple[str, ...]:
    """Texts for what takes any text of its type."""
    if trait.characteristic.type is ValueType.DATE:
        return ("2026-01-15", "2026-12-31")
    like = trait.characteristic.pattern
    text = text_like(like) if like else None
    return (text,) if text is not None else () if like else ("example", "another example")


def sample_agrees(form: Form, sample: Sample, choices: Iterable[Choice]) -> bool:
    """Whether an example makes all of these choices."""
    return all(_is_chosen(choice, form, sample, False) for choice in choices)


def _ends(found: Range) -> Iterator[str]:
    low, high = found.low, found.high
    if low is None and high is None:
        yield "1"
    yield from (plain(end) for end in (low, high) if end is not None)


def _wishes(form: Form) -> Iterator[tuple[str, Mapping[str, tuple[str, ...]], bool]]:
    yield "as little as possible", {}, False
    yield "everything stated", {}, True
    for trait in form.traits.values():
        if not trait.is_ordered:
            continue
        known = sample_values(trait)
        yield from ((f"{trait.name}: {text}", {trait.name: found}, False) for text in known if (found := _enough(trait, text)))
        if trait.characteristic.many is not None and len(known) > 1:
            most = len(known) if trait.most is None else trait.most
            yield f"{trait.name}: several values", {trait.name: tuple(known[: max(most, trait.together)])}, False
    yield from ((f"term: {name}", {"term": (name,)}, False) for name in form.terms if name not in form.ended_terms)
    for role in form.roles.values():
        numbers = {"fewest": role.fewest, "usual": role.usual, "most": role.most}
        told = {words: number for words, number in numbers.items() if number is not None and number <= max(MOST_PARTS, role.fewest)}
        yield from ((f"{role.name}: {words}", {role.name: (str(number),)}, False) for words, number in told.items())
        if len(role.offerings) > 1 and role.most != 0:
            number = max(1, role.fewest)
            yield from ((f"{role.name}: {id}", {role.name: (str(number), id)}, False) for id in role.offerings)


def _assigned(form: Form, words: str, pinned: Mapping[str, tuple[str, ...]], full: bool, broken: Rule | None = None) -> Sample | None:
    """The first example with what is pinned that breaks no rule, or only the one that is to be broken."""
    rules = (*form.constraints, *form.not_sold)
    involved = {choice.subject for rule in rules for choice in (*rule.when, *rule.then)}
    subjects = [trait.name for trait in form.traits.values() if trait.is_ordered]
    options = [_options(form.traits[name], pinned.get(name), full, name in involved) for name in subjects]
    terms: list[str | None] = [pinned.get("term", (name,))[0] for name in form.terms if name not in form.ended_terms]
    counts = [[pinned[name]] if name in pinned else _counts(form, name, name in involved) for name in form.roles]
    choices = product(product(*counts), terms or [None], product(*options))
    for numbers, term, values in islice(choices, MOST_TRIED):
        stated = {name: value for name, value in zip(subjects, values, strict=True) if value}
        sample = Sample(words, stated, term, tuple(_parts(form, dict(zip(form.roles, numbers, strict=True)))))
        if any(_apart(one, other, form) for one, other in combinations(dict.fromkeys(sample.parts), 2)):
            continue
        if [rule for rule in rules if _breaks(rule, form, sample)] == ([] if broken is None else [broken]):
            return sample
    return None


def _options(trait: Trait, pinned: tuple[str, ...] | None, full: bool, involved: bool) -> list[tuple[str, ...]]:
    if pinned:
        return [pinned]
    stated = [found for text in sample_values(trait) if (found := _enough(trait, text))]
    if trait.is_asked or (full and stated):
        return stated if involved else stated[:1]
    return [(), *stated] if involved else [()]


def _enough(trait: Trait, text: str) -> tuple[str, ...]:
    """A value with as many others as it takes; nothing where there are not so many."""
    found = (text, *(other for other in sample_values(trait) if other != text))[: trait.together]
    return found if len(found) == trait.together else ()


def _counts(form: Form, name: str, involved: bool) -> list[tuple[str, ...]]:
    role = form.roles[name]
    usual = role.fewest
    if not involved:
        return [(str(usual),)]
    top = min(role.most if role.most is not None else role.fewest + MOST_PARTS, role.fewest + MOST_PARTS)
    return [(str(number),) for number in range(usual, top + 1)]


def _parts(form: Form, numbers: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The offerings that fill the roles; where there is a choice, none that exclude each other."""
    chosen: list[str] = []
    roles = sorted(numbers.items(), key=lambda role: len(form.roles[role[0]].offerings))
    for name, (number, *wanted) in roles:
        free = [id for id in form.roles[name].offerings if not any(_apart(id, other, form) for other in chosen)]
        wheel = cycle([*wanted, *(id for id in free if id not in wanted)] or form.roles[name].offerings)
        taken: list[str] = []
        for _ in range(int(number)):
            taken.append(
                next((id for id in islice(wheel, len(free) + 1) if not any(_apart(id, other, form) for other in taken)), next(wheel))
            )
        chosen += taken
    yield from chosen


def _apart(one: str, other: str, form: Form) -> bool:
    return any({one, other} == {first, second} for first, second, _ in form.excludes)


def _breaks(rule: Rule, form: Form, sample: Sample) -> bool:
    if not all(_is_chosen(choice, form, sample, False) for choice in rule.when):
        return False
    return not rule.then or not all(_is_chosen(choice, form, sample, True) for choice in rule.then)


def _is_chosen(choice: Choice, form: Form, sample: Sample, unknown: bool) -> bool:
    """Whether an example agrees with a choice; `unknown` is the answer about what a qualification has yet to find out."""
    if choice.subject in form.roles:
        return holds_number(choice, Decimal(sum(id in form.roles[choice.subject].offerings for id in sample.parts)))
    trait = form.traits.get(choice.subject)
    if trait is None:
        return (sample.term in choice.texts) is not choice.other
    values: Iterable[str] = sample.values.get(trait.name, ())
    if not values and trait.characteristic.set_by != "customer":
        return unknown
    return any(_is_among(text, choice, trait) for text in values or ([trait.default] if trait.default is not None else []))


def _is_among(text: str, choice: Choice, trait: Trait) -> bool:
    kept = trait.domain.only(choice.texts).contains(text) and text not in choice.shared_ends
    return (kept or text in choice.texts) is not choice.other
