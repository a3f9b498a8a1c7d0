"""Runs the rules of plugins: what they find counts like any finding, and one that fails is named while the rest goes on."""

import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from tmfkit.catalog import Catalog
from tmfkit.check.engine import inspect_entity, located
from tmfkit.diagnostics.model import Diagnostic, Related, Severity
from tmfkit.load.load import Inspect, SpanOf
from tmfkit.load.parse import Declaration
from tmfkit.model.base import Entity, Key
from tmfkit.rules.base import CatalogRule, EntityRule, Finding, NeighbourRule, Place, Rule
from tmfkit.rules.plugins import FAULT, NONE, SETTINGS_FILE, Plugins, in_one_line, one_line
from tmfkit.source.text import whole_file

SECONDS = 5.0
"""Processor time that a rule has for one entity."""

SECONDS_FOR_ALL = 30.0
"""Processor time that a rule has for the whole catalog."""

MOST_FINDINGS = 1000
"""What a rule may find in one entity."""

MOST_FINDINGS_OF_ALL = 100_000
"""What a rule may find in the whole catalog."""

WHOLE = Key("", "")


@dataclass(frozen=True, slots=True)
class Stumble(Diagnostic):
    """A rule that failed, and on which entity; its place is found only when it is certain that it will be shown."""

    rule: str = ""
    key: Key = WHOLE


class _TooLong(BaseException):
    """Rings in a rule that does not end; no `except Exception` of a plugin catches it."""


class _Unfit(Exception):
    """What a rule gave is no finding about this catalog."""


@dataclass(frozen=True)
class Guests:
    """The rules of plugins that speak in one check; `stopped` are those that did not end once and are asked no more."""

    plugins: Plugins
    silent: frozenset[str]
    stopped: set[str] = field(default_factory=set)

    def entity(self, declaration: Declaration, span_of: SpanOf) -> Iterator[Diagnostic]:
        """What they find in one entity alone."""
        entity = declaration.entity
        if entity is None or declaration.broken or entity.abstract:
            return
        key = declaration.key
        for rule in self._asked(EntityRule, entity):
            yield from self._found(rule, key, partial(rule.check, entity), partial(_own, rule, key, span_of))

    def neighbours(self, catalog: Catalog, keys: Sequence[Key]) -> list[Diagnostic]:
        """What they find in some entities together with those around them."""
        found: list[Diagnostic] = []
        for key in keys if self.has(NeighbourRule) else ():
            entity = catalog.entity(key)
            for rule in self._asked(NeighbourRule, entity) if entity is not None else ():
                found += self._found(rule, key, partial(rule.check, entity, catalog), partial(_placed, rule, key, catalog))
        return found

    def whole(self, catalog: Catalog) -> Iterator[Diagnostic]:
        """What they find in the catalog as a whole."""
        for rule in self._speaking(CatalogRule):
            yield from self._found(rule, WHOLE, partial(rule.check, catalog), partial(_placed, rule, WHOLE, catalog))

    def has(self, kind: type[Rule]) -> bool:
        """Whether any of them is of a kind of rule."""
        return any(True for _ in self._speaking(kind))

    def _asked(self, kind: type[Any], entity: Entity) -> Iterator[Any]:
        return (rule for rule in self._speaking(kind) if any(entity.KIND == model.KIND for model in rule.models))

    def _speaking(self, kind: type[Any]) -> Iterator[Any]:
        return (rule for rule in self.plugins.rules if isinstance(rule, kind) and rule.code not in self.silent | self.stopped)

    def _found(self, rule: Rule, key: Key, check: Callable[[], Any], place: Callable[[Any], Diagnostic]) -> list[Diagnostic]:
        seconds, most = (SECONDS_FOR_ALL, MOST_FINDINGS_OF_ALL) if key is WHOLE else (SECONDS, MOST_FINDINGS)
        found: list[Diagnostic] = []
        try:
            with redirect_stdout(sys.stderr), _within(seconds):
                for finding in check() or ():
                    found.append(place(finding))
                    if len(found) > most:
                        raise _TooLong(f"it finds more than {most:,} things")
        except KeyboardInterrupt:
            raise
        except _TooLong as error:
            self.stopped.add(rule.code)
            return [self._stumble(rule, key, f"{error}, and is stopped")]
        except _Unfit as error:
            return [*found, self._stumble(rule, key, str(error))]
        except BaseException as error:
            return [*found, self._stumble(rule, key, in_one_line(error, rule.check.__code__.co_filename if _has_code(rule) else ""))]
        return found

    def _stumble(self, rule: Rule, key: Key, why: str) -> Stumble:
        on = "the whole catalog" if key is WHOLE else f"{key.kind} `{key.id}`"
        message = f"the rule {rule.code} ({rule.name}) of {self.plugins.plugin(rule.code)} fails on {on}: {why}"
        help = f"tell those who wrote it; `severity: {{{rule.code}: off}}` under `rules` goes without it"
        return Stumble(FAULT, Severity.ERROR, message, whole_file(SETTINGS_FILE), help=help, rule=rule.code, key=key)


NOBODY = Guests(NONE, frozenset())


def inspector(guests: Guests) -> Inspect:
    """What looks at each entity while it is at hand: the rules of tmfkit, then those of plugins."""
    own = partial(inspect_entity, silent=guests.silent)
    return partial(_both, own, guests) if guests.has(EntityRule) else own


def settled(catalog: Catalog, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Findings in which every rule that failed is named once, at the first entity on which it did, whatever worked on it."""
    rest: list[Diagnostic] = []
    failed: dict[str, list[Stumble]] = {}
    for finding in found:
        if isinstance(finding, Stumble):
            failed.setdefault(finding.rule, []).append(finding)
        else:
            rest.append(finding)
    return [*rest, *(_first(catalog, stumbles) for stumbles in failed.values())]


def _first(catalog: Catalog, stumbles: Sequence[Stumble]) -> Diagnostic:
    first, others = min(stumbles, key=lambda one: one.key), len({one.key for one in stumbles}) - 1
    span = catalog.span(first.key, ("id",)) if first.key in catalog.summaries else first.primary
    more = f"; so it does on {others:,} more" if others else ""
    return replace(first, primary=span, message=first.message + more)


def _both(own: Inspect, guests: Guests, declaration: Declaration, span_of: SpanOf) -> Iterator[Diagnostic]:
    yield from own(declaration, span_of)
    yield from guests.entity(declaration, span_of)


def _own(rule: Rule, key: Key, span_of: SpanOf, given: Any) -> Diagnostic:
    finding = _understood(given)
    for whose in (finding.key or key, *(place.key for place in finding.related)):
        if whose != key:
            raise _Unfit(f"its finding is about {_called(whose)}, which a rule that looks at one entity alone does not see")
    related = tuple(Related(place.message, span_of(place.path, False)) for place in finding.related)
    span = span_of(finding.path, finding.at_key)
    return Diagnostic(rule.code, rule.severity, finding.message, span, finding.note, finding.help, related)


def _placed(rule: Rule, key: Key, catalog: Catalog, given: Any) -> Diagnostic:
    finding = _understood(given)
    about = finding.key or key
    if about is WHOLE:
        raise _Unfit("its finding does not say which entity it is about")
    for whose in (about, *(place.key for place in finding.related)):
        if whose not in catalog.summaries:
            raise _Unfit(f"its finding is about {_called(whose)}, which is not there")
    return located(catalog, rule.code, rule.severity, about, finding)


def _understood(finding: Any) -> Finding:
    if not isinstance(finding, Finding):
        raise _Unfit(f"it gives a {type(finding).__name__} where a Finding is due")
    texts = (finding.message, finding.help, finding.note)
    if not all(map(_is_text, texts)) or not finding.message.strip():
        raise _Unfit("its finding has no message, or texts that are none")
    if not _are_places(finding.related):
        raise _Unfit("what its finding is related to is no tuple of places")
    if not all(_is_path(path) for path in (finding.path, *(place.path for place in finding.related))):
        raise _Unfit("the path of its finding is no tuple of names, as in `('prices', 'monthly')`")
    related = tuple(replace(place, message=one_line(place.message)) for place in finding.related)
    message, help, note = map(one_line, texts)
    return replace(finding, message=message, help=help, note=note, related=related)


def _is_text(text: Any) -> bool:
    return isinstance(text, str)


def _are_places(related: Any) -> bool:
    return isinstance(related, tuple) and all(isinstance(place, Place) and isinstance(place.message, str) for place in related)


def _is_path(path: Any) -> bool:
    return isinstance(path, tuple) and all(isinstance(step, str | int) for step in path)


def _called(key: Any) -> str:
    return f"{key.kind} `{key.id}`" if isinstance(key, Key) else "something that is no Key"


def _has_code(rule: Rule) -> bool:
    return hasattr(rule.check, "__code__")


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Rings when a rule has had its processor time, and again until it ends; only a main thread of Unix has such a clock.

    Not a thread, because a process that forks must have no others; not the alarm, which is that of the progress line.
    """
    if not hasattr(signal, "SIGVTALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return
    armed = [True]

    def ring(*_: object) -> None:
        if armed:
            raise _TooLong(f"it does not end within {seconds:g} seconds")

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, seconds)
    try:
        yield
    finally:
        armed.clear()
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
