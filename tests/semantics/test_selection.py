"""What can be had together: what the solver says is what trying everything says, and the lines that it names are needed."""

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalogs import validated
from tmfkit.catalog import Catalog
from tmfkit.model.products import ProductOffering
from tmfkit.semantics.selection import Selection, selection_of

IDS = ("a", "b", "c", "d")
BASE = "kind: ProductSpecification\nid: access\nname: Access\n"


def catalog_of(**offerings: str) -> Catalog:
    """Offerings by id, each with what is written about it; one without a bundle sells the product."""
    text = BASE
    for id, rest in offerings.items():
        sold = "" if "bundle:" in rest else "product: access\n"
        text += f"---\nkind: ProductOffering\nid: {id}\nname: {id}\nlifecycle: Active\n{sold}{rest}\n"
    return validated(text).value


def asked(catalog: Catalog, id: str) -> Selection:
    offering = catalog.get(ProductOffering, id)
    assert offering is not None
    found = selection_of(offering, catalog)
    assert found is not None
    return found


def words(catalog: Catalog, id: str) -> list[str]:
    return [line.words for line in asked(catalog, id).clash(id)]


@pytest.mark.parametrize(
    ("bundle", "others", "expected"),
    [
        ("{a: {}, b: {}}", {"a": "", "b": ""}, []),
        ("{a: {}, b: {}}", {"a": "excludes: [b]", "b": ""}, ["`x` contains `a`", "`x` contains `b`", "`a` excludes `b`"]),
        ("{a: {}, b: {min: 0, max: 1}}", {"a": "excludes: [b]", "b": ""}, []),
        ("{a: {}, g: {of: [b, c]}}", {"a": "excludes: [b]", "b": "", "c": ""}, []),
        (
            "{a: {}, g: {of: [b, c]}}",
            {"a": "excludes: [b, c]", "b": "", "c": ""},
            ["`x` contains `a`", "`x` contains `b` or `c`", "`a` excludes `b`", "`a` excludes `c`"],
        ),
        (
            "{g: {of: [b, c], min: 2, max: 2}, a: {}}",
            {"a": "requires: [b, c]", "b": "excludes: [c]", "c": ""},
            ["`x` contains `a`", "`b` excludes `c`", "`a` requires `b`", "`a` requires `c`"],
        ),
        ("{g: {of: [b, c], min: 2, max: 2}}", {"b": "excludes: [c]", "c": ""}, []),
        ("{a: {}}", {"a": "requires: {b: {until: 2027-01-01}}", "b": "excludes: [a]"}, []),
        ("{a: {}}", {"a": "excludes: {b: {from: 2027-01-01}}\nrequires: [b]", "b": ""}, []),
        ("{a: {}, g: {of: [b, {external: X}]}}", {"a": "excludes: [b]", "b": ""}, []),
    ],
)
def test_bundles(bundle: str, others: dict[str, str], expected: list[str]) -> None:
    assert words(catalog_of(x=f"bundle: {bundle}", **others), "x") == expected


def test_an_offering_alone_asks_nothing() -> None:
    catalog = catalog_of(a="excludes: [b]", b="")
    offering = catalog.get(ProductOffering, "a")
    assert offering is not None
    assert selection_of(offering, catalog) is None


def test_a_role_takes_no_more_kinds_than_its_greatest_number() -> None:
    catalog = catalog_of(x="bundle: {g: {of: [a, b, c], max: 1}}", a="requires: [b]", b="", c="")
    options = {option.target: option for option in asked(catalog, "x").options("x")}
    assert asked(catalog, "x").clash("x", taking=options["a"]) == (), "what is required may be had beside the bundle"


def test_nothing_is_asked_about_far_too_many() -> None:
    chained = {f"o{number}": f"requires: [o{number + 1}]" for number in range(600)}
    catalog = catalog_of(**chained, o600="")
    offering = catalog.get(ProductOffering, "o0")
    assert offering is not None
    assert selection_of(offering, catalog) is None


RELATIONS = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(["requires", "excludes"]), st.sampled_from(IDS)), max_size=6)
ROLES = st.lists(st.tuples(st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True), st.integers(0, 1)), min_size=1, max_size=3)


@settings(max_examples=120)
@given(relations=RELATIONS, roles=ROLES)
def test_the_solver_agrees_with_trying_everything(relations: list[tuple[str, str, str]], roles: list[tuple[list[str], int]]) -> None:
    facts = sorted({(one, what, other) for one, what, other in relations if one != other})
    texts = {
        id: "\n".join(
            f"{what}: [{', '.join(other for one, said, other in facts if (one, said) == (id, what))}]"
            for what in ("requires", "excludes")
            if any((one, said) == (id, what) for one, said, _ in facts)
        )
        for id in IDS
    }
    bundle = ", ".join(f"r{index}: {{of: [{', '.join(of)}], min: {least}, max: 9}}" for index, (of, least) in enumerate(roles))
    catalog = catalog_of(x=f"bundle: {{{bundle}}}", **texts)
    lines = asked(catalog, "x").clash("x")
    needs = [f"`x` contains {' or '.join(f'`{one}`' for one in of)}" for of, least in roles if least]
    every = {**dict.fromkeys(needs), **{f"`{one}` {what} `{other}`": None for one, what, other in facts}}
    assert bool(lines) is not _can_be(list(every))
    if lines:
        named = [line.words for line in lines]
        assert not _can_be(named)
        for line in named:
            assert _can_be([other for other in named if other != line]), f"{line} is not needed"


def _can_be(lines: list[str]) -> bool:
    """Whether some set of offerings satisfies all lines."""
    return any(all(_holds(line, chosen) for line in lines) for chosen in map(set, _subsets()))


def _subsets() -> chain[tuple[str, ...]]:
    return chain.from_iterable(combinations(IDS, size) for size in range(len(IDS) + 1))


def _holds(line: str, chosen: set[str]) -> bool:
    subject, verb, *rest = line.replace("`", "").split()
    if verb == "contains":
        return bool(chosen.intersection(rest))
    return subject not in chosen or (rest[0] in chosen) is (verb == "requires")
