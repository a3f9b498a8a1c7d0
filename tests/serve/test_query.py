"""Filters, orders and selections of lists: what each spelling finds, what is refused, and laws that hold for all of them."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.architecture.sources import ROOT
from tmfkit.serve import query as limits
from tmfkit.serve.query import Query, Unanswerable, asked
from tmfkit.serve.terms import Operator, Term

FIBRE: dict[str, Any] = {
    "id": "fibre-home",
    "href": "http://127.0.0.1/productOffering/fibre-home",
    "@type": "ProductOffering",
    "name": "Fibre, home",
    "isBundle": False,
    "lastUpdate": "2026-01-15T12:00:00Z",
    "validFor": {"startDateTime": "2026-01-15T00:00:00+02:00"},
    "price": {"value": 49.9, "unit": "EUR"},
    "note": None,
    "rank": "10",
    "version": "2.0",
    "channel": [{"id": "webshop", "@type": "ChannelRef"}, {"id": "retail", "rank": [1, 2.5]}],
}


def matches(query: str) -> bool:
    return asked(parameters(query)).accepts(FIBRE)


def parameters(query: str) -> list[tuple[str, str]]:
    """As a web server reads an address that is not escaped."""
    return [(name, value) for part in query.split("&") if part for name, _, value in [part.partition("=")]]


FOUND = [
    "",
    "id=fibre-home",
    "@type=ProductOffering",
    "id=mobile,fibre-home",
    "id=mobile;id=fibre-home",
    "name=Fibre, home",
    "name.eq=Fibre, home",
    "isBundle=false",
    "price.value=49.90",
    "price.value=4.99e1",
    "price.unit=EUR&price.value=49.9",
    "price.value.gt=49&price.value.lt=50",
    "price.value.gte=49.9&price.value.lte=49.90",
    "price.value>49",
    "price.value>=49.9",
    "price.value<=49.9",
    "price.value!=50",
    "price.value.ne=50",
    "colour.ne=red",
    "note.ne=x",
    "channel.id=retail",
    "channel.id=webshop&channel.id=retail",
    "channel.rank=2.5",
    "channel.rank.lt=2",
    "lastUpdate=2026-01-15T14:00:00+02:00",
    "lastUpdate=2026-01-15T14:00:00 02:00",
    "lastUpdate.gt=2026-01-15",
    "lastUpdate.lt=2026-01-15T13:00:00Z",
    "validFor.startDateTime=2026-01-14T22:00:00Z",
    "validFor.startDateTime.lt=2026-01-15",
    "rank.gt=9",
    "version.gte=2",
    "name.regex=^Fib",
    "name.regex=(home|away)$",
    "name*=fibre|Fibre",
    "name.gt=Fibra",
    "name.lt=Fibre, z",
]

NOT_FOUND = [
    "id=mobile",
    "id=FIBRE-HOME",
    "id=fibre-home&id=mobile",
    "id=",
    "name=Fibre",
    "colour=red",
    "colour=",
    "colour.gt=1",
    "colour.regex=.*",
    "note=null",
    "note=",
    "price=49.9",
    "price.value=NaN",
    "price.value.gt=Infinity",
    "price.value.lt=Infinity",
    "price.value.gt=1e9999",
    "price.value=4_9.9",
    "isBundle=0",
    "isBundle.lt=1",
    "rank=10.0",
    "rank.gt=nine",
    "name.regex=^home",
    "price.value.regex=49",
    "channel.id.ne=retail",
    "channel.0.id=webshop",
    "lastUpdate.gt=2026-13-45",
    "id.name=x",
]

REFUSED = [
    ("offset=-1", "offset"),
    ("offset=1.5", "offset"),
    ("offset=٣", "offset"),
    ("limit=x", "limit"),
    ("limit=", "limit"),
    ("limit=99999999999", "limit"),
    ("limit=1&limit=2", "limit"),
    ("name.regex=(a", "name.regex"),
    ("name.regex=(?=a)", "name.regex"),
    ("name.regex=a{1000}{1000}", "name.regex"),
    (f"name.regex={'a' * 300}", "name.regex"),
    ("=x", ""),
    (".gt=x", ".gt"),
    ("a..b=x", "a..b"),
    (">=5", ">"),
    ("filter=$[?(@.id=='x')]", "filter"),
    ("fields=a..b", "fields"),
    ("sort=-", "sort"),
    (f"{'.'.join('a' * 20)}=x", ".".join("a" * 20)),
    (f"id={','.join(map(str, range(300)))}", "id"),
    ("&".join(f"a{index}=1" for index in range(60)), ""),
    (f"id={'a' * 10_000}", ""),
    (f"sort={','.join('abcdefghijkl')}", "sort"),
]


@pytest.mark.parametrize("query", FOUND)
def test_found(query: str) -> None:
    assert matches(query)


@pytest.mark.parametrize("query", NOT_FOUND)
def test_not_found(query: str) -> None:
    assert not matches(query)


@pytest.mark.parametrize(("query", "parameter"), REFUSED, ids=[query[:40] for query, _ in REFUSED])
def test_refused_with_the_parameter_and_a_reason(query: str, parameter: str) -> None:
    with pytest.raises(Unanswerable) as refused:
        asked(parameters(query))
    assert refused.value.parameter == parameter
    assert len(str(refused.value)) > 10


@pytest.mark.parametrize(
    ("query", "offset", "limit"), [("", 0, None), ("offset=0&limit=0", 0, 0), ("offset=20&limit=10", 20, 10), ("limit=007", 0, 7)]
)
def test_pages(query: str, offset: int, limit: int | None) -> None:
    read = asked(parameters(query))
    assert (read.offset, read.limit) == (offset, limit)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["b", "a", "c", "d"]),
        ("-name", ["c", "a", "b", "d"]),
        ("+name", ["b", "a", "c", "d"]),
        (" name", ["b", "a", "c", "d"]),
        ("price.value", ["c", "a", "b", "d"]),
        ("-price.value,name", ["b", "a", "c", "d"]),
        ("kind,-name", ["c", "a", "b", "d"]),
        ("lastUpdate", ["c", "b", "a", "d"]),
        ("colour", ["a", "b", "c", "d"]),
        ("", ["a", "b", "c", "d"]),
    ],
)
def test_orders(sort: str, expected: list[str]) -> None:
    bodies: list[dict[str, Any]] = [
        {"id": "a", "name": "N", "kind": "x", "price": {"value": 9}, "lastUpdate": "2026-01-01T10:00:00Z"},
        {"id": "b", "name": "M", "kind": "x", "price": [{"value": 10.0}], "lastUpdate": "2026-01-01T11:00:00+02:00"},
        {"id": "c", "name": "O", "kind": "x", "price": {"value": -1}, "lastUpdate": "2025-12-31"},
        {"id": "d", "kind": None},
    ]
    query = asked(parameters(f"sort={sort}"))
    assert [body["id"] for body in query.arranged(bodies)] == expected


ALWAYS = ("id", "href", "@type")
FIELDS: list[tuple[str, dict[str, Any]]] = [
    ("fields=none", {}),
    ("fields=name", {"name": "Fibre, home"}),
    ("fields=name,isBundle", {"name": "Fibre, home", "isBundle": False}),
    ("fields=name&fields=isBundle", {"name": "Fibre, home", "isBundle": False}),
    ("fields=colour", {}),
    ("fields=price.unit", {"price": {"unit": "EUR"}}),
    ("fields=price.unit,price", {"price": FIBRE["price"]}),
    ("fields=price,price.unit", {"price": FIBRE["price"]}),
    ("fields=channel.rank", {"channel": [{"id": "webshop", "@type": "ChannelRef"}, {"id": "retail", "rank": [1, 2.5]}]}),
    ("fields=channel.none", {"channel": [{"id": "webshop", "@type": "ChannelRef"}, {"id": "retail"}]}),
    ("fields=note", {"note": None}),
]


@pytest.mark.parametrize(("query", "expected"), FIELDS)
def test_selections_keep_what_says_which_item_it_is(query: str, expected: dict[str, Any]) -> None:
    address = {name: FIBRE[name] for name in ALWAYS}
    assert asked(parameters(query)).shown(FIBRE, ALWAYS) == address | expected


@pytest.mark.parametrize("query", ["", "fields="])
def test_without_a_selection_all_is_shown(query: str) -> None:
    assert asked(parameters(query)).shown(FIBRE, ALWAYS) == FIBRE


def test_a_database_gets_only_what_it_answers_alike() -> None:
    query = asked(
        parameters("name=a,b&id=x&version.gt=1&channel.id=webshop&lastUpdate=2026-01-15&name=2026-01-15&id.ne=y&colour=red&name=")
    )
    able, rest = query.split({"id", "name", "version", "lastUpdate"})
    assert able == (Term(("name",), Operator.EQUAL, ("a,b", "a", "b")), Term(("id",), Operator.EQUAL, ("x",)))
    assert len(rest) == 7


def test_a_pattern_takes_linear_time() -> None:
    body = {"name": "a" * 100_000 + "!"}
    assert not asked([("name.regex", "^(a+)+$")]).accepts(body)


def test_the_cost_grows_with_what_is_asked() -> None:
    costs = [asked(parameters(query)).cost for query in ("", "id=a", "id=a&name=b", "id=a,b&name.regex=x")]
    assert costs == sorted(set(costs))


def test_many_alternatives_and_many_values_do_not_multiply() -> None:
    body = {"a": [f"2026-01-{number}" for number in range(50_000)]}
    query = asked([("a", ",".join(f"w{number}" for number in range(190)))])
    begun = time.process_time()
    assert not query.accepts(body)
    assert time.process_time() - begun < 2


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["2026-01-15", "10", "1e3"])
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2))
BODIES = st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES, max_size=3)
WORDS = st.text(max_size=12) | st.sampled_from(["10", "-1.5", "2026-01-15", "true", "NaN", "1e400", "9999-12-31T23:59:59-14:00"])
NAMES = st.sampled_from(["a", "b", "a.b", "a.b.a", "a.gt", "a.lte", "b.ne", "a>", "a.b<", "a.regex", "c!"]) | st.text(max_size=6)


@given(st.lists(st.tuples(NAMES | st.sampled_from(limits.NAMED), WORDS), max_size=5), BODIES)
def test_whatever_is_asked_is_answered_or_refused(pairs: list[tuple[str, str]], body: dict[str, Any]) -> None:
    try:
        query = asked(pairs)
    except Unanswerable:
        return
    query.accepts(body)
    bodies: list[dict[str, Any]] = [body, {"a": 1}, {"b": "x"}]
    query.arranged(bodies)
    query.shown(body, ALWAYS)


@given(st.sampled_from(["a", "b", "a.b"]), WORDS, BODIES)
def test_unequal_is_the_contrary_of_equal(name: str, word: str, body: dict[str, Any]) -> None:
    assert asked([(name, word)]).accepts(body) is not asked([(f"{name}.ne", word)]).accepts(body)


@given(st.sampled_from(["a", "b"]), WORDS, LEAVES)
def test_of_less_equal_and_more_at_most_one_holds(name: str, word: str, value: Any) -> None:
    assert sum(asked([(f"{name}.{operator}", word)]).accepts({name: value}) for operator in ("lt", "gt")) <= 1
    both = [asked([(f"{name}.{operator}", word)]).accepts({name: value}) for operator in ("lte", "gte")]
    strict = [asked([(f"{name}.{operator}", word)]).accepts({name: value}) for operator in ("lt", "gt")]
    assert all(loose or not tight for loose, tight in zip(both, strict, strict=True))


@given(st.lists(BODIES, max_size=6), st.sampled_from(["a", "-a", "a,-b", "a.b"]))
def test_an_order_loses_nothing_and_is_found_again(bodies: list[dict[str, Any]], sort: str) -> None:
    query: Query = asked([("sort", sort)])
    once = query.arranged(bodies)
    assert sorted(map(id, once)) == sorted(map(id, bodies))
    assert list(map(id, query.arranged(once))) == list(map(id, once))


def test_the_limits_are_those_of_the_page() -> None:
    page = (ROOT / "docs" / "reference" / "embedded-catalog-queries.md").read_text(encoding="utf-8")
    told = [line.split("|")[2].strip() for line in page.rpartition("| --- | --- |\n")[2].splitlines()]
    said = (limits.MOST_LETTERS, limits.MOST_TERMS, limits.MOST_CHOICES, limits.MOST_KEYS, limits.MOST_FIELDS, limits.DEEPEST)
    assert told == [f"{number:,}" for number in (*said, limits.LONGEST_PATTERN)]
