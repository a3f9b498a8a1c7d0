"""What the page of every entity has: where it is written, who refers to it, what it is called elsewhere."""

from collections.abc import Iterable, Iterator, Sequence

from tmfkit.model.audience import Section
from tmfkit.model.base import Entity, Key, Ref
from tmfkit.site.edition import FOLDERS, Edition
from tmfkit.site.markdown import bullets, code, heading, joined, plain, table
from tmfkit.site.phrases import listing, outside, validity

MOST_REFERRERS = 40
"""How many of one kind are named; the lists of the site have all of them."""


def facts(entity: Entity, edition: Edition, own: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The ids by which the search finds an entity, and a table of what is known of it; empty values are left out."""
    yield " · ".join(code(found) for found in (entity.id, entity.code, entity.renamed_from) if found is not None)
    yield heading(2, edition.say("at-a-glance"), "facts", searched=False)
    rows = [[edition.say(word), value] for word, value in (*own, *_common(entity, edition)) if value]
    yield joined([table([edition.say("fact"), edition.say("value")], rows)])


def _common(entity: Entity, edition: Edition) -> Iterator[tuple[str, str]]:
    """What every entity may say."""
    where = edition.path(entity.key)
    yield "id", code(entity.id)
    yield "code", code(entity.code) if entity.code is not None else ""
    yield "lifecycle", edition.say(f"lifecycle-{entity.lifecycle.name.lower()}")
    yield "version", plain(entity.version)
    yield "valid", validity(edition, entity.valid_for)
    yield "renamed-from", code(entity.renamed_from) if entity.renamed_from is not None else ""
    if entity.extends is not None:
        yield "extends", code(entity.extends)
    yield "written-at", edition.to_line(entity.key, ("id",), where)


def named(edition: Edition, kinds: Sequence[str], target: Ref, where: str) -> str:
    """A link to what a reference names; the name alone of what has no page, is missing or lies elsewhere."""
    key = edition.catalog.find(kinds, target) if isinstance(target, str) else None
    return outside(edition, target) if key is None else edition.to(key, where)


def all_named(edition: Edition, kinds: Sequence[str], targets: Iterable[Ref], where: str) -> str:
    """Links to several."""
    return listing(edition, (named(edition, kinds, target, where) for target in targets))


def referrers(key: Key, edition: Edition) -> Iterator[str]:
    """Who refers to an entity, kind by kind, and where that is written; kinds that the audience does not see are left out."""
    where = edition.path(key)
    groups: dict[str, list[Key]] = {}
    for user in edition.catalog.referrers(key):
        if edition.has_page(user) or (user.kind not in FOLDERS and edition.shows(Section.SOURCE)):
            groups.setdefault(user.kind, []).append(user)
    if not groups:
        return
    yield heading(2, edition.say("who-refers"), "referrers", searched=False)
    yield joined(
        [bullets(edition.say("said-of", what=_kind(edition, kind), said=_users(edition, users, where)) for kind, users in groups.items())]
    )


def _kind(edition: Edition, kind: str) -> str:
    return edition.say(FOLDERS[kind][0]) if kind in FOLDERS else plain(kind)


def _users(edition: Edition, users: Sequence[Key], where: str) -> str:
    shown = [_user(edition, user, where) for user in users[:MOST_REFERRERS]]
    more = len(users) - len(shown)
    return ", ".join([*shown, *([edition.say("and-more", count=more)] if more else [])])


def _user(edition: Edition, user: Key, where: str) -> str:
    """A scenario has no page: its line in the sources stands for it."""
    said = edition.to(user, where) if user.kind in FOLDERS else plain(edition.title(user))
    line = "" if edition.has_page(user) else edition.to_line(user, ("id",), where)
    return f"{said} ({line})" if line else said


def payloads(key: Key, edition: Edition) -> Iterator[str]:
    """Links to what an entity is compiled to, where the audience sees that."""
    found = edition.to_payloads(key, edition.path(key)) if edition.shows(Section.PAYLOADS) else []
    if found:
        yield heading(2, edition.say("payloads"), "payloads", searched=False)
        yield joined([bullets(found)])
