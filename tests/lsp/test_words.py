"""What may be written at a place, what a word there means, and where it is declared."""

from pathlib import Path

import pytest

from tests.lsp.projects import CURSOR, FILES, at_word, checked, pointed
from tmfkit.lsp.checker import Checked
from tmfkit.lsp.completion import offers
from tmfkit.lsp.hover import hover
from tmfkit.lsp.look import look, meaning
from tmfkit.lsp.references import definition, mentions
from tmfkit.lsp.symbols import symbols


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    return checked(tmp_path_factory.mktemp("words"))


OFFERING = "kind: ProductOffering\nid: home\nproduct: access\nterms: {a: {}, b: {}}\n"
PRODUCT = "kind: ProductSpecification\n"
SERVICE = "kind: CustomerFacingServiceSpecification\nid: internet\ncharacteristics: {kindOf: {values: [x, y]}}\n"
OFFERED = [
    ("kind: Cat‸", {"Category", "Catalog", "ResourceCategory"}),
    ("kind: ‸", {"ProductOffering", "Vocabulary", "System"}),
    ("‸", {"kind"}),
    (OFFERING + "‸", {"prices", "lifecycle", "bundle"}),
    (OFFERING + "lifecycle: ‸", {"In study", "Launched"}),
    (OFFERING + "categories: [‸]", {"broadband"}),
    (OFFERING + "categories:\n  - ‸", {"broadband"}),
    (OFFERING + "extends: ‸", {"home", "duo"}),
    (OFFERING + "channels: [webshop, ‸]", {"webshop", "retail"}),
    (OFFERING + "choices:\n  ‸", {"speed", "static"}),
    (OFFERING + "choices: {speed: [‸]}", {"100", "500"}),
    (OFFERING + "choices: {static: ‸}", {"true", "false"}),
    (OFFERING + "prices: {m: {type: ‸}}", {"recurring", "oneTime"}),
    (OFFERING + "prices: {m: {type: usage, usage: ‸}}", {"data"}),
    (OFFERING + "prices: {m: {type: usage, usage: data, when: {zone: ‸}}}", {"national", "eu"}),
    (OFFERING + "prices: {m: {type: usage, usage: data, by: [‸]}}", {"zone", "speed", "channel"}),
    (OFFERING + "prices: {m: {type: recurring, tax: ‸}}", {"vat"}),
    (OFFERING + "prices: {m: {type: recurring, when: {‸}}}", {"speed", "term", "customer"}),
    (OFFERING + "prices: {m: {type: recurring, when: {term: ‸}}}", {"a", "b"}),
    (OFFERING + "prices: {m: {type: recurring, when: {speed: [100, ‸]}}}", {"100", "500"}),
    (OFFERING + "prices: {m: {type: recurring, by: [speed, term], table: {100: {‸}}}}", {"a", "b"}),
    (OFFERING + "prices: {m: {amount: 1 EUR}, n: {type: discount, reduces: [‸]}}", {"m", "n"}),
    (OFFERING + "requires: [‸]", {"home", "duo"}),
    (OFFERING + "requires:\n  ‸", {"home", "duo"}),
    (OFFERING + "name: {‸}", {"en", "fr"}),
    ("kind: ProductOffering\nbundle:\n  ‸", {"home", "duo"}),
    ("kind: ProductOffering\nbundle: {r: {of: [home, ‸]}}", {"home", "duo"}),
    ("kind: ProductOffering\nbundle: {r: {offering: ‸}}", {"home", "duo"}),
    ("kind: ProductOffering\nbundle: {home: {}}\nprices: {d: {type: discount, reduces: [‸]}}", {"home/monthly", "d"}),
    ("kind: ProductSpecification\nservices:\n  ‸", {"internet"}),
    ("kind: ProductSpecification\nservices:\n  internet:\n    with:\n      ‸", {"rate", "ip"}),
    ("kind: ProductSpecification\nservices: {x: {service: ‸}}", {"internet"}),
    ("kind: ProductSpecification\ncharacteristics: {a: {}}\nservices: {internet: {with: {rate: {from: ‸}}}}", {"a"}),
    (PRODUCT + "characteristics: {a: {values: [p, q]}}\nservices: {internet: {with: {ip: {from: a, map: {‸}}}}}", {"p", "q"}),
    ("kind: ProductSpecification\nservices: {internet: {with: {ip: {from: a, map: {p: ‸}}}}}", {"dynamic", "fixed"}),
    ("kind: ProductSpecification\nservices: {internet: {with: {ip: ‸}}}", {"dynamic", "fixed"}),
    ("kind: ProductSpecification\ncharacteristics: {a: {type: quantity, unit: ‸}}", {"Mbit/s", "%"}),
    ("kind: ProductSpecification\ncharacteristics: {a: {values: [p, q], default: ‸}}", {"p", "q"}),
    (SERVICE + "services: {r: {when: {‸}}}", {"kindOf", "r"}),
    (SERVICE + "services: {r: {when: {kindOf: ‸}}}", {"x", "y"}),
    (SERVICE + "constraints: {c: {when: {kindOf: x}, then: {‸}}}", {"kindOf"}),
    ("kind: ResourceFacingServiceSpecification\nservices: {internet: {}}\n‸", {"controller", "resources"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), OFFERED, ids=range(len(OFFERED)))
def test_what_may_be_written_is_offered(state: Checked, text: str, wanted: set[str]) -> None:
    whole, index = pointed(text)
    found = {offer.label for offer in offers(whole, index, state.catalog).offers}
    assert wanted <= found


NOT_OFFERED = [
    (OFFERING + "‸", {"id", "product", "generator"}),
    (OFFERING + "categories: [‸]", {"home", "access"}),
    (OFFERING + "prices: {m: {type: discount, ‸}}", {"usage", "every", "type"}),
    ("kind: ProductSpecification\nservices: {x: {service: ‸}}", {"access", "home"}),
    (OFFERING + "name: Fi‸", {"Fibre"}),
    (OFFERING + "# ‸", {"prices"}),
]


@pytest.mark.parametrize(("text", "unwanted"), NOT_OFFERED, ids=range(len(NOT_OFFERED)))
def test_what_may_not_be_written_is_not(state: Checked, text: str, unwanted: set[str]) -> None:
    whole, index = pointed(text)
    assert unwanted.isdisjoint(offer.label for offer in offers(whole, index, state.catalog).offers)


WRITTEN = [
    (OFFERING + "lifec‸", "lifecycle", OFFERING + "lifecycle: ‸"),
    (OFFERING + "pric‸\n", "prices", OFFERING + "prices:‸\n"),
    (OFFERING + "categories:‸", "broadband", OFFERING + "categories: broadband‸"),
    (OFFERING + 'categories: ["bro‸"]', "broadband", OFFERING + 'categories: ["broadband‸"]'),
    (OFFERING + "life‸: Active", "lifecycle", OFFERING + "lifecycle‸: Active"),
    (f"{PRODUCT}characteristics: {{a: {{unit: ‸}}}}", "%", f'{PRODUCT}characteristics: {{a: {{unit: "%"‸}}}}'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "chosen", "after"), WRITTEN, ids=range(len(WRITTEN)))
def test_what_is_chosen_takes_the_place_of_the_word(state: Checked, text: str, chosen: str, after: str) -> None:
    whole, index = pointed(text)
    found = offers(whole, index, state.catalog)
    (offer,) = (one for one in found.offers if one.label == chosen)
    assert whole[: found.start] + offer.text + CURSOR + whole[found.end :] == after


MEANT = [
    ("offerings.yaml", "access", "product: ", "catalog/products.yaml:2:5"),
    ("offerings.yaml", "broadband", "", "catalog/products.yaml:21:5"),
    ("offerings.yaml", "webshop", "", "catalog/vocabulary.yaml:3:12"),
    ("offerings.yaml", "vat", "", "catalog/vocabulary.yaml:5:9"),
    ("offerings.yaml", "speed", "choices", "catalog/products.yaml:5:3"),
    ("offerings.yaml", "speed", "by: ", "catalog/products.yaml:5:3"),
    ("offerings.yaml", "monthly", "reduces", "catalog/offerings.yaml:11:3"),
    ("offerings.yaml", "24-months", "when: ", "catalog/offerings.yaml:8:22"),
    ("offerings.yaml", "home/monthly", "", "catalog/offerings.yaml:11:3"),
    ("offerings.yaml", "home", "bundle:", "catalog/offerings.yaml:2:5"),
    ("offerings.yaml", "second", "when: {home", "catalog/offerings.yaml:26:3"),
    ("products.yaml", "rate", "with:", "catalog/products.yaml:17:3"),
    ("products.yaml", "speed", "from: ", "catalog/products.yaml:5:3"),
    ("products.yaml", "fixed", "map: ", "catalog/products.yaml:18:26"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "word", "behind", "place"), MEANT, ids=[f"{row[1]}-{row[2]}" for row in MEANT])
def test_a_word_leads_to_where_it_is_declared(state: Checked, file: str, word: str, behind: str, place: str) -> None:
    text = FILES[file]
    found = look(text, at_word(text, word, behind=behind), state.catalog)
    assert found is not None
    assert str(definition(found, state, f"catalog/{file}")) == place
    assert hover(found, state.catalog)


def test_a_broken_document_still_knows_its_words(state: Checked) -> None:
    text = FILES["offerings.yaml"].replace("lifecycle: Active", "lifecycle: [Active", 1)
    found = look(text, at_word(text, "access"), state.catalog)
    assert found is not None
    assert str(definition(found, state, "catalog/offerings.yaml")) == "catalog/products.yaml:2:5"


def test_everything_that_has_a_name_is_found_where_it_is_named(state: Checked) -> None:
    text = FILES["products.yaml"]
    found = look(text, at_word(text, "speed"), state.catalog)
    assert found is not None
    name = meaning(found, state.catalog)
    assert name is not None
    places = [(one.file, FILES[one.file.removeprefix("catalog/")].count("\n", 0, one.start) + 1) for one in mentions(name, state)]
    assert places == [
        ("catalog/offerings.yaml", 9),
        ("catalog/offerings.yaml", 14),
        ("catalog/products.yaml", 5),
        ("catalog/products.yaml", 10),
    ]


def test_a_key_says_what_it_is_for(state: Checked) -> None:
    text = FILES["offerings.yaml"]
    found = look(text, at_word(text, "every"), state.catalog)
    assert found is not None
    assert hover(found, state.catalog).startswith("`every`: A duration")
    assert "`24 months`" in hover(found, state.catalog)


def test_a_table_file_is_where_its_name_leads(tmp_path: Path) -> None:
    text = f"{OFFERING}name: A\nlifecycle: Active\nprices: {{m: {{type: oneTime, by: [term], table: t.csv}}}}\n"
    state = checked(tmp_path, {"a.yaml": text, "t.csv": "term,amount\n"})
    found = look(text, at_word(text, "t.csv"), state.catalog)
    assert found is not None
    assert str(definition(found, state, "catalog/a.yaml")) == "catalog/t.csv:1:1"


def test_words_of_markdown_in_a_catalog_stay_words(tmp_path: Path) -> None:
    text = "kind: Category\nid: a\nname: '[x](y) <b>'\n"
    state = checked(tmp_path, {"a.yaml": text})
    found = look(text, at_word(text, "a", behind="id: "), state.catalog)
    assert found is not None
    assert hover(found, state.catalog).startswith("**\\[x\\](y) \\<b\\>**")


def test_an_outline_survives_a_document_that_is_broken() -> None:
    text = "kind: Category\nid: a\n---\nkind: Category\nid: b\nname: [\n---\nkind: Category\nid: c\n"
    assert [(one.name, one.detail) for one in symbols(text)] == [("a", "Category"), ("b", "Category"), ("c", "Category")]
    assert symbols("") == symbols("# only words\n") == ()
