"""What an offering costs: every single price, first at a glance, then each with its table, its periods and its conditions."""

from collections.abc import Iterator, Sequence
from itertools import islice

from tmfkit.generate.prices import SinglePrice, single_prices
from tmfkit.model.audience import Section
from tmfkit.model.base import External, Key
from tmfkit.model.prices import Price, PriceType, ProductOfferingPrice
from tmfkit.model.products import ProductOffering
from tmfkit.semantics.pricing import refusals, resolved
from tmfkit.site.edition import Edition, relative
from tmfkit.site.markdown import code, heading, joined, link, plain, table
from tmfkit.site.offering.price_groups import Group, When, amount, by_name, groups, sheet
from tmfkit.site.page import Page
from tmfkit.site.phrases import Naming, duration, every, listing, measure, named, outside, sentence, vocabulary_word

ROWS_HERE = 120
"""How many rows of one price stand on the page of its offering; the rest goes on on pages of its own."""

ROWS_THERE = 400
"""How many rows such a page has."""


def section(offering: ProductOffering, edition: Edition) -> Iterator[str]:
    """The prices of an offering; nothing where the audience sees none or there are none."""
    if not offering.prices or not edition.shows(Section.PRICES):
        return
    where = edition.path(offering.key)
    prices = by_name(single_prices(offering, edition.catalog))
    yield heading(2, edition.say("prices"), "prices", searched=False)
    yield joined([_glance(offering, prices, edition)])
    for name, found in prices.items():
        if len(found) > 1:
            yield joined(_detail(name, found, edition, where))
    if edition.shows(Section.ACCOUNTING):
        yield joined([_accounting(prices, edition)])


def continued(offering: ProductOffering, edition: Edition) -> Iterator[Page]:
    """The pages on which long price tables go on."""
    if not edition.shows(Section.PRICES):
        return
    for name, found in by_name(single_prices(offering, edition.catalog)).items():
        if len(found) > ROWS_HERE:
            yield from _pages(offering, name, found, edition)


def _glance(offering: ProductOffering, prices: dict[str, list[SinglePrice]], edition: Edition) -> Iterator[str]:
    """One line for each price."""
    say = edition.say
    head = (say("price"), say("kind-of-price"), say("amount-on", day=edition.day(edition.on)), say("holds-for"), say("written-at"))
    rows = [
        _line(offering, name, prices[name], edition) if name in prices else _outside(offering, name, edition) for name in offering.prices
    ]
    shown = len(head) if edition.shows(Section.SOURCE) else len(head) - 1
    return table(head[:shown], (row[:shown] for row in rows))


def _line(offering: ProductOffering, name: str, found: Sequence[SinglePrice], edition: Edition) -> tuple[str, ...]:
    where = edition.path(offering.key)
    terms = found[0].terms
    title = named(edition, name, terms)
    shown = link(title, f"#price-{name}") if len(found) > 1 else title
    written = offering.prices[name]
    if isinstance(written.use, str):
        shared = Key(ProductOfferingPrice.KIND, written.use)
        shown += f"<br>{edition.say('shared-price')} {edition.to(shared, where)}"
    conditions = "<br>".join(_conditions(offering, found, Naming.of(offering, edition)))
    return (
        shown,
        nature(terms, edition, offering),
        _today(found, edition),
        conditions,
        edition.to_line(offering.key, ("prices", name), where),
    )


def _outside(offering: ProductOffering, name: str, edition: Edition) -> tuple[str, ...]:
    """A price whose terms are kept outside the repository: all that is known is where they are, or that no period of it is left."""
    written, where = offering.prices[name], edition.path(offering.key)
    kept = outside(edition, written.use) if isinstance(written.use, External) else edition.say("not-today")
    return named(edition, name, written), kept, "–", "", edition.to_line(offering.key, ("prices", name), where)


def _today(found: Sequence[SinglePrice], edition: Edition) -> str:
    """The amount of today, or the least and the greatest; and that of the next change, where one is known."""
    all_of_them = groups(found, edition.on)
    now = [one for one in all_of_them if one.period.when is When.NOW and one.period.applies_to != "existing"]
    coming = [one for one in all_of_them if one.period.when is When.COMING]
    parts = [_span(now, edition) if now else edition.say("not-today")]
    if coming:
        begins = coming[0].period.begins
        day = "" if begins is None else edition.day(begins)
        parts.append(edition.say("coming", day=day, amount=_span([one for one in coming if one.period.begins == begins], edition)))
    return "<br>".join(parts)


def _span(found: Sequence[Group], edition: Edition) -> str:
    prices = [price for group in found for price in group.prices]
    if len({amount(price, edition) for price in prices}) == 1:
        return amount(prices[0], edition)
    moneys = sorted((price for price in prices if price.money is not None), key=lambda price: price.money.amount if price.money else 0)
    if not moneys:
        return edition.say("see-table")
    return f"{amount(moneys[0], edition)} – {amount(moneys[-1], edition)}"


def _conditions(offering: ProductOffering, found: Sequence[SinglePrice], naming: Naming) -> Iterator[str]:
    """When a price counts, what closes it, and in which of the offering's terms, channels, segments and places it holds."""
    edition, terms = naming.edition, found[0].terms
    if terms.when:
        yield edition.say("if", condition=naming.condition(terms.when))
    told = {*terms.when.subjects, *terms.by}
    for refused in refusals(offering.prices[found[0].name], edition.catalog):
        yield edition.say("not-if", condition=naming.condition(refused))
        told.update(refused.subjects)
    words = edition.catalog.vocabulary
    whole = {
        "term": tuple(offering.terms),
        "channel": offering.channels or tuple(words.channels),
        "segment": offering.segments or tuple(words.segments),
        "place": offering.places or tuple(words.places),
    }
    own = {"term": "contract", "channel": "channels", "segment": "segments", "place": "places"}
    for subject, every_one in whole.items():
        held = {name for price in found for name in getattr(price, own[subject])}
        if subject not in told and held and len(held) < len(every_one):
            values = listing(edition, (naming.value(subject, name) for name in every_one if name in held), "or")
            yield edition.say("only-in", subject=naming.subject(subject), values=values)


def _detail(name: str, found: Sequence[SinglePrice], edition: Edition, where: str) -> Iterator[str]:
    """One price with all its periods; at most so many rows that the page stays light."""
    naming = Naming.of(found[0].offering, edition)
    yield heading(3, named(edition, name, found[0].terms), f"price-{name}", searched=False)
    yield _described(found[0].terms, found[0].offering, edition)
    yield from _tables(found[:ROWS_HERE], naming)
    if len(found) > ROWS_HERE:
        pages = [page.path for page in _pages(found[0].offering, name, found, edition)]
        more = listing(edition, (link(str(number), relative(path, where)) for number, path in enumerate(pages, 2)))
        yield edition.say("goes-on", count=len(found) - ROWS_HERE, pages=more)


def _described(terms: Price, offering: ProductOffering, edition: Edition) -> str:
    return ". ".join(filter(None, (edition.text(terms.description).rstrip("."), sentence(nature(terms, edition, offering))))) + "."


def _tables(prices: Sequence[SinglePrice], naming: Naming) -> Iterator[str]:
    edition = naming.edition
    for group in groups(prices, edition.on):
        if len(group.prices) == 1 and not group.prices[0].picks and group.prices[0].tier is None:
            yield edition.say("said-of", what=group.period.said(edition), said=amount(group.prices[0], edition))
            continue
        yield group.period.said(edition)
        made = sheet(group.prices, naming)
        yield joined([table(made.head, made.rows, made.right)])
        if made.closed:
            yield edition.say("not-sold")


def _pages(offering: ProductOffering, name: str, found: Sequence[SinglePrice], edition: Edition) -> Iterator[Page]:
    """A folder named like the offering holds what its page has no room for."""
    naming = Naming.of(offering, edition)
    stem = edition.path(offering.key).removesuffix(".md")
    rest = iter(found[ROWS_HERE:])
    number = 2
    while part := list(islice(rest, ROWS_THERE)):
        path = f"{stem}/{name}-{number}.md"
        title = edition.say("page-of", title=f"{edition.title(offering.key)} – {_raw(name, found[0], edition)}", number=number)
        yield Page(path, title, joined([edition.to(offering.key, path), *_tables(part, naming)]), searched=False)
        number += 1


def _raw(name: str, price: SinglePrice, edition: Edition) -> str:
    return edition.raw(price.terms.name) or name


def nature(terms: Price, edition: Edition, offering: ProductOffering | None = None) -> str:
    """What kind of price it is: `recurring, per month, in advance`; what a discount reduces is named by the words of the offering."""
    return ", ".join((*_nature(terms, edition, offering), *_life(terms, edition)))


def _reduced(name: str, offering: ProductOffering | None, edition: Edition) -> str:
    """The words of a price that a discount reduces: `Monthly fee`, or `Fibre Home – Monthly fee` of a member."""
    member, _, price = name.rpartition("/")
    owner = edition.catalog.get(ProductOffering, member) if member else offering
    found = owner.prices.get(price) if owner is not None else None
    terms = resolved(found, edition.catalog) if found is not None else None
    if owner is None or terms is None:
        return code(name)
    said = named(edition, price, terms)
    return f"{plain(edition.title(owner.key))} – {said}" if member else said


def _nature(terms: Price, edition: Edition, offering: ProductOffering | None) -> Iterator[str]:
    say = edition.say
    if terms.type is not None:
        yield say(f"price-is-{terms.type.value}")
    if terms.every is not None:
        yield every(edition, terms.every)
    if terms.type is PriceType.RECURRING:
        yield say(f"charged-{terms.charged}")
    if terms.usage is not None:
        yield say("of-usage", usage=named(edition, terms.usage, edition.catalog.vocabulary.usage.get(terms.usage)))
    if terms.per is not None:
        yield say("per-portion", portion=measure(edition, terms.per))
    if terms.count is not None:
        yield say("for-each-of", subject=code(terms.count))
    if terms.reduces:
        yield say("off", prices=listing(edition, (_reduced(name, offering, edition) for name in terms.reduces)))
    if terms.tiers:
        yield say(f"tiers-{terms.tier_mode}")
    for word, quantity in (("first", terms.first), ("increment", terms.increment), ("minimum", terms.minimum)):
        if quantity is not None:
            yield say(f"usage-{word}", quantity=measure(edition, quantity))


def _life(terms: Price, edition: Edition) -> Iterator[str]:
    say = edition.say
    if terms.rollover is not None:
        most = say("rollover-max", quantity=measure(edition, terms.rollover.max)) if terms.rollover.max is not None else ""
        yield say("rollover", period=duration(edition, terms.rollover.for_)) + most
    if terms.shared:
        yield say("shared-by", roles=listing(edition, map(plain, terms.shared)))
    if terms.for_ is not None:
        yield say("lasting", period=duration(edition, terms.for_))
    if terms.after is not None:
        yield say("beginning", period=duration(edition, terms.after))


def _accounting(prices: dict[str, list[SinglePrice]], edition: Edition) -> Iterator[str]:
    """Under which codes each price is charged, taxed and booked."""
    rows = [
        (named(edition, name, terms), *(code(said) if said else "" for said in (terms.charge_code, terms.tax, terms.gl_account)))
        for name, found in prices.items()
        if (terms := found[0].terms).charge_code or terms.tax or terms.gl_account
    ]
    if rows:
        yield heading(3, edition.say("accounting"), "accounting", searched=False)
        yield ""
        yield from table([edition.say(word) for word in ("price", "charge-code", "tax", "gl-account")], rows)


def audience_words(offering: ProductOffering, edition: Edition, subject: str, names: Sequence[str]) -> str:
    """The channels, segments or places in which it is sold, in words."""
    return listing(edition, (vocabulary_word(edition, subject, name) for name in names))
