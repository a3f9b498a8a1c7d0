"""What is sent where: which value of a product fills which characteristic of a service, and so on down to resources."""

from collections.abc import Iterator, Mapping, Sequence

from tmfkit.catalog import Catalog
from tmfkit.model.base import Entity, External
from tmfkit.model.services import RESOURCES, SERVICES, Feed, ResourceFacingServiceSpecification, ServiceUse
from tmfkit.model.values import plain as number
from tmfkit.semantics.feeds import Characterised, Feeding, Use, is_characterised, is_feeding, target_of, uses_of
from tmfkit.site.edition import Edition
from tmfkit.site.markdown import code, heading, joined, plain, table
from tmfkit.site.phrases import Naming, listing, named
from tmfkit.site.relations import named as linked

MOST_ROWS = 24
"""How many rows of a map or a table are told."""

MOST_SENDERS = 12
"""How many of those that feed one characteristic are named."""


def sent(entity: Feeding, edition: Edition) -> Iterator[str]:
    """One part for each role: what fills it, when, how many, and what is sent to it."""
    uses = uses_of(entity)
    if not uses:
        return
    kinds = RESOURCES if isinstance(entity, ResourceFacingServiceSpecification) else SERVICES
    yield heading(2, edition.say("what-is-sent"), "sent", searched=False)
    for role, use in uses.items():
        yield heading(3, named(edition, role, use), f"role-{role}", searched=False)
        yield ", ".join(_terms(entity, role, use, kinds, edition)) + "."
        yield joined([_feeds(entity, use, _target(role, use, kinds, edition.catalog), edition)])


def _terms(entity: Feeding, role: str, use: Use, kinds: Sequence[str], edition: Edition) -> Iterator[str]:
    naming = Naming(edition, entity.characteristics)
    yield linked(edition, kinds, target_of(role, use), edition.path(entity.key))
    if use.when:
        yield edition.say("needed-if", condition=naming.condition(use.when))
    if use.unless:
        yield edition.say("not-needed-if", condition=naming.condition(use.unless))
    if use.count is not None:
        yield edition.say("as-many-as", subject=naming.subject(use.count))
    if isinstance(use, ServiceUse) and use.shared is not None:
        yield edition.say("shared-in-bundle")


def _target(role: str, use: Use, kinds: Sequence[str], catalog: Catalog) -> Characterised | None:
    target = target_of(role, use)
    key = None if isinstance(target, External) else catalog.find(kinds, target)
    found: Entity | None = catalog.entity(key) if key is not None else None
    return found if found is not None and is_characterised(found) else None


def _feeds(entity: Feeding, use: Use, target: Characterised | None, edition: Edition) -> Iterator[str]:
    naming = Naming(edition, target.characteristics if target is not None else {})
    rows = [[naming.subject(name), words(feed, name, Naming(edition, entity.characteristics), naming)] for name, feed in use.with_.items()]
    return table([edition.say("characteristic"), edition.say("gets")], rows)


def words(feed: Feed, name: str, source: Naming, target: Naming) -> str:
    """Where a value comes from: `always gpon`, `Download speed: 100 → lp-100`."""
    edition = source.edition
    if feed.constant:
        return edition.say("always", value=listing(edition, (target.value(name, text) for text in feed.constant)))
    if feed.table is not None:
        return _table(feed, name, source, target)
    if feed.from_ is None:
        return ""
    said = source.subject(feed.from_)
    if feed.map is not None:
        pairs = [(source.value(feed.from_, before), target.value(name, after)) for before, after in feed.map.items()]
        pairs += [(edition.say("any-other"), target.value(name, feed.else_))] if feed.else_ is not None else []
        return f"{said}:{_few([f'{before} → {after}' for before, after in pairs], edition)}"
    if feed.per is not None:
        return edition.say(f"one-for-each-{feed.round}", subject=said, per=plain(number(feed.per)))
    return said


def _table(feed: Feed, name: str, source: Naming, target: Naming) -> str:
    rows: list[str] = []
    for cell in feed.table.cells if feed.table is not None else ():
        keys = (source.value(subject, key) for subject, key in zip(feed.by, cell.keys, strict=False))
        rows.append(f"{', '.join(keys)} → {target.value(name, cell.value)}")
    return f"{listing(source.edition, map(source.subject, feed.by))}:{_few(rows, source.edition)}"


def _few(rows: Sequence[str], edition: Edition) -> str:
    more = [edition.say("and-more", count=len(rows) - MOST_ROWS)] if len(rows) > MOST_ROWS else []
    return "<br>".join(("", *rows[:MOST_ROWS], *more))


def arriving(entity: Characterised, edition: Edition) -> Mapping[str, str]:
    """Where the values of each characteristic come from: who sends them, in the words of the sender."""
    found: dict[str, list[str]] = {}
    where = edition.path(entity.key)
    for key in edition.catalog.referrers(entity.key):
        sender = edition.catalog.entity(key)
        if sender is None or not is_feeding(sender):
            continue
        for role, use in uses_of(sender).items():
            if target_of(role, use) != entity.id:
                continue
            for name, feed in use.with_.items():
                found.setdefault(name, []).append(_from(feed, sender, name, entity, edition, where))
    return {name: "<br>".join(_shown(senders, edition)) for name, senders in found.items()}


def _from(feed: Feed, sender: Feeding, name: str, entity: Characterised, edition: Edition, where: str) -> str:
    link = edition.to(sender.key, where)
    if feed.constant:
        return f"{link}: {words(feed, name, Naming(edition, sender.characteristics), Naming(edition, entity.characteristics))}"
    return f"{link}: {listing(edition, map(code, feed.sources))}"


def _shown(senders: Sequence[str], edition: Edition) -> list[str]:
    more = [edition.say("and-more", count=len(senders) - MOST_SENDERS)] if len(senders) > MOST_SENDERS else []
    return [*senders[:MOST_SENDERS], *more]
