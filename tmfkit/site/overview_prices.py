"""What things cost, side by side: the offerings of a category under each of their terms, and the price list to print."""

from collections.abc import Iterator
from decimal import Decimal

from tmfkit.generate.prices import SinglePrice, single_prices
from tmfkit.model.audience import Section
from tmfkit.model.base import Key
from tmfkit.model.groupings import Category
from tmfkit.model.prices import PriceType
from tmfkit.model.products import ProductOffering
from tmfkit.site.edition import Edition, relative
from tmfkit.site.markdown import link, plain
from tmfkit.site.offering.bills import Sums
from tmfkit.site.offering.samples import costed
from tmfkit.site.overview import Block, Row, listing
from tmfkit.site.page import Page
from tmfkit.site.phrases import Naming, every, measure, money

PRICE_LIST = "price-list.md"
COMPARISON = "comparison/index.md"


def pages(edition: Edition) -> Iterator[Page]:
    """The comparison of each category and the price list; nothing where the audience is not shown prices."""
    if not (edition.shows(Section.PRICES) and edition.shows(Section.OFFERINGS)):
        return
    compared = [page for id, found in sold(edition).items() for page in _comparison(edition, id, found)]
    firsts = [page for page in compared if page.path.startswith("comparison/")]
    yield from compared
    rows = [_link(page) for page in firsts]
    yield from listing(edition, COMPARISON, edition.say("comparison"), [Block("", [edition.say("category")], rows)])
    yield from _price_list(edition)


def paths(edition: Edition) -> Iterator[tuple[str, str]]:
    """The words and pages that `pages` begins with, as far as something is sold."""
    if any(True for found in sold(edition).values() for offering in found for _ in _prices(edition, offering)):
        yield "price-list", PRICE_LIST
    if any(id for id in sold(edition)):
        yield "comparison", COMPARISON


def sold(edition: Edition) -> dict[str, list[ProductOffering]]:
    """The offerings that are on sale, by the ids of their categories; an empty id for those without."""
    found: dict[str, list[ProductOffering]] = {}
    for offering in edition.every(ProductOffering):
        if edition.is_sold(offering) and offering.sellable:
            for category in offering.categories or ("",):
                found.setdefault(category if isinstance(category, str) else category.external, []).append(offering)
    return dict(sorted(found.items()))


def _link(compared: Page) -> Row:
    return lambda page: (link(plain(compared.title), relative(compared.path, page)),)


def _comparison(edition: Edition, id: str, found: list[ProductOffering]) -> Iterator[Page]:
    if not id:
        return
    category = Key(Category.KIND, id)
    head = [edition.say(word) for word in ("offering", "term", "monthly", "on-first-bill")]
    rows = [row for offering in found for row in _terms(edition, offering)]
    where = f"comparison/{edition.path(category).rpartition('/')[2]}"
    note = plain(edition.say("comparison-note", day=edition.on.date().isoformat()))
    title = edition.say("comparison-of", name=edition.title(category))
    yield from listing(edition, where, title, [Block("", head, rows, frozenset((2, 3)))], note)


def _terms(edition: Edition, offering: ProductOffering) -> Iterator[Row]:
    """A row for each term under which an offering can be had, with its cheapest configuration."""
    best: dict[str, Sums] = {}
    for one in costed(offering, edition.catalog, edition.on):
        term, found = one.chosen.get("term", ""), one.sums
        if term not in best or _rank(found) < _rank(best[term]):
            best[term] = found
    order = [*offering.terms, *sorted(best.keys() - offering.terms.keys())]
    yield from (_row(edition, offering, term, best[term]) for term in order if term in best)


def _rank(found: Sums) -> tuple[Decimal, Decimal]:
    return found.monthly.amount, found.first.amount


def _row(edition: Edition, offering: ProductOffering, term: str, found: Sums) -> Row:
    name = plain(_term(edition, offering, term, ())) if term else "–"
    return lambda page: (edition.to(offering.key, page), name, money(edition, found.monthly), money(edition, found.first))


def _term(edition: Edition, offering: ProductOffering, term: str, above: tuple[str, ...]) -> str:
    """What a term is called; that of a bundle may be one of its members."""
    if term in offering.terms:
        return edition.raw(offering.terms[term].name) or term
    for role, member in offering.bundle.items():
        for target in member.offerings(role):
            found = edition.catalog.get(ProductOffering, target)
            if found is not None and found.id not in above:
                name = _term(edition, found, term, (*above, offering.id))
                if name != term:
                    return name
    return term


def _price_list(edition: Edition) -> Iterator[Page]:
    head = [edition.say(word) for word in ("offering", "price", "for-what", "amount")]
    told: set[Key] = set()
    blocks = []
    for id, found in sold(edition).items():
        fresh = [offering for offering in found if offering.key not in told]
        told.update(offering.key for offering in fresh)
        rows = [row for offering in fresh for row in _prices(edition, offering)]
        heading = edition.title(Key(Category.KIND, id)) if id else edition.say("no-category")
        blocks.append(Block(heading, head, rows, frozenset((3,))))
    note = plain(edition.say("price-list-note", day=edition.on.date().isoformat()))
    yield from listing(edition, PRICE_LIST, edition.say("price-list"), blocks, note)


def _prices(edition: Edition, offering: ProductOffering) -> Iterator[Row]:
    """The single prices that hold for new customers on the day; the offering is named beside the first."""
    first = True
    for price in single_prices(offering, edition.catalog):
        begun = price.begins is None or price.begins <= edition.on
        over = price.ends is not None and price.ends <= edition.on
        if begun and not over and price.applies_to != "existing":
            yield _price(edition, offering, price, first)
            first = False


def _price(edition: Edition, offering: ProductOffering, price: SinglePrice, first: bool) -> Row:
    name = plain(edition.raw(price.terms.name) or price.name)
    what = ", ".join(_picked(edition, price))
    return lambda page: (edition.to(offering.key, page) if first else "", name, what, _said(edition, price))


def _picked(edition: Edition, price: SinglePrice) -> Iterator[str]:
    """What the price is for: the cell of its table, its tier, its conditions."""
    naming = Naming.of(price.offering, edition)
    yield from (naming.value(pick.subject, pick.key) for pick in price.picks)
    if price.tier is not None and price.tier.up_to is not None:
        yield f"≤&nbsp;{measure(edition, price.tier.up_to)}"
    elif price.tier is not None and price.above is not None:
        yield f"&gt;&nbsp;{measure(edition, price.above)}"
    if price.terms.when:
        yield naming.condition(price.terms.when)


def _said(edition: Edition, price: SinglePrice) -> str:
    """The amount with its period or unit."""
    terms = price.terms
    said = "–" if price.money is None else money(edition, price.money)
    if price.type is PriceType.ALLOWANCE and terms.quantity is not None:
        said = measure(edition, terms.quantity)
    elif price.percent is not None:
        said = f"{measure(edition, price.percent)}&nbsp;%"
    if price.type is PriceType.DISCOUNT:
        said = f"–&nbsp;{said}"
    if terms.every is not None:
        return f"{said} {every(edition, terms.every)}"
    return said if terms.per is None else f"{said} / {measure(edition, terms.per)}"
