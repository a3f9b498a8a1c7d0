"""Rules of others: from installed packages that offer some, and from files that somebody names; never from the project by itself."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache, cached_property, partial
from importlib.metadata import EntryPoint, distributions
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

from tmfkit.diagnostics.codes import is_foreign
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.model.base import Entity
from tmfkit.rules.base import CatalogRule, EntityRule, NeighbourRule, Rule
from tmfkit.rules.sets import RuleSet, levels
from tmfkit.source.text import whole_file

GROUP = "tmfkit.rules"
"""The group of entry points; each names a rule, several rules, or a module whose `RULES` or `RULE` they are."""

FAULT = "TK099"
SETTINGS_FILE = "tmfkit.yaml"
MOST_RULES = 1000
SHAPE = "two to eight capital letters that do not begin with TK, and three digits, as in `NL001`"
KINDS_OF_RULES = (EntityRule, NeighbourRule, CatalogRule)


@dataclass(frozen=True)
class Plugins:
    """The rules of others that can be used, which plugin each code is from, and what is wrong with the rest."""

    rules: tuple[Rule, ...] = ()
    origins: tuple[str, ...] = ()
    """The plugin of each rule, in the same order."""
    faults: tuple[Diagnostic, ...] = ()

    @cached_property
    def sets(self) -> Mapping[str, Mapping[RuleSet, Severity | None]]:
        """Every rule's severity in every set; a plugin's rule speaks everywhere, and is stricter where others are."""
        return {rule.code: dict(zip(RuleSet, levels(rule.code, rule.severity, {}), strict=True)) for rule in self.rules}

    def rule(self, code: str) -> Rule | None:
        """The rule that has a code."""
        return next((rule for rule in self.rules if rule.code == code), None)

    def plugin(self, code: str) -> str:
        """The plugin that a code is from."""
        return next((origin for rule, origin in zip(self.rules, self.origins, strict=True) if rule.code == code), "")


NONE = Plugins()


@dataclass(frozen=True, slots=True)
class Offer:
    """What a plugin is called, and how to get hold of what it offers."""

    name: str
    load: Callable[[], Any]


def plugins(files: Sequence[Path] = ()) -> Plugins:
    """The rules of installed packages, and those of some files."""
    found = installed()
    return gathered([Offer(f"the file {file}", partial(_executed, file)) for file in files], found) if files else found


@cache
def installed() -> Plugins:
    """The rules that installed packages offer; looked for and imported once."""
    return gathered(_offers())


def gathered(offers: Iterable[Offer], before: Plugins = NONE) -> Plugins:
    """The rules of some plugins behind those that are there already; of two with one code, the second is not used."""
    rules, origins, faults = list(before.rules), list(before.origins), list(before.faults)
    for offer in offers:
        for thing in _things(offer):
            origin = dict(zip((rule.code for rule in rules), origins, strict=True))
            if isinstance(thing, Diagnostic):
                faults.append(thing)
            elif thing.code in origin:
                faults.append(_taken(thing, offer, origin[thing.code]))
            else:
                rules.append(thing)
                origins.append(offer.name)
    return Plugins(tuple(rules), tuple(origins), tuple(faults))


def in_one_line(error: BaseException, file: str = "") -> str:
    """What an exception says, on one line, and the line of the plugin where it was raised."""
    try:
        text = one_line(str(error))
    except Exception:
        text = ""
    line = _line(error, file)
    return type(error).__name__ + (f": {text[:200]}" if text else "") + (f" (line {line} of {Path(file).name})" if line else "")


def one_line(text: str) -> str:
    """A text of a plugin as it can be shown everywhere: on one line, without signs that command a terminal."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in " ".join(text.split()))


def _line(error: BaseException, file: str) -> int:
    line, trace = 0, error.__traceback__
    while trace is not None:
        line = trace.tb_lineno if file and trace.tb_frame.f_code.co_filename == file else line
        trace = trace.tb_next
    return line


def _offers() -> Iterator[Offer]:
    """The folder in which a command is started is no installed package, even when Python looks there for modules."""
    here = {"", os.getcwd()}
    seen: dict[str, list[EntryPoint]] = {}
    for distribution in distributions(path=[folder for folder in sys.path if folder not in here]):
        points = [point for point in distribution.entry_points if point.group == GROUP]
        if points:
            seen.setdefault(re.sub(r"[-_.]+", "-", distribution.name).lower(), points)
    for package, found in sorted(seen.items()):
        yield from (Offer(f"{package} (`{point.name}`)", point.load) for point in sorted(found, key=lambda point: point.name))


def _executed(file: Path) -> ModuleType:
    """The module that a file makes; written nowhere, and under a name that nothing else has."""
    module = ModuleType(f"tmfkit_rules_file_{abs(hash(file.resolve()))}")
    module.__file__ = str(file)
    sys.modules[module.__name__] = module
    exec(compile(file.read_bytes(), str(file), "exec"), module.__dict__)
    return module


def _things(offer: Offer) -> Iterator[Rule | Diagnostic]:
    try:
        with redirect_stdout(sys.stderr):
            things = _members(offer.load())
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        yield _fault(f"the rules of {offer.name} cannot be loaded: {in_one_line(error)}", "mend the plugin, or take it away")
        return
    if not things:
        yield _fault(f"{offer.name} offers no rule", "it names one rule, a list of rules, or a module with `RULES`")
    for thing in things:
        why = _unfit(thing)
        yield _fault(f"a rule of {offer.name} cannot be used: {why}", "mend the plugin, or take it away") if why else thing


def _members(thing: Any) -> Sequence[Any]:
    if isinstance(thing, ModuleType):
        thing = getattr(thing, "RULES", None) or getattr(thing, "RULE", None) or ()
    return (thing,) if isinstance(thing, KINDS_OF_RULES) else tuple(islice(thing, MOST_RULES))


def _unfit(rule: Any) -> str:
    """Why something that a plugin offers is no rule that can run; empty where it is one."""
    if not isinstance(rule, KINDS_OF_RULES):
        return f"`{type(rule).__name__}` is no EntityRule, NeighbourRule or CatalogRule"
    code, name, severity, check, models = (getattr(rule, field, None) for field in ("code", "name", "severity", "check", "models"))
    if not isinstance(code, str) or not is_foreign(code):
        return f"`{str(code)[:40]}` is no code for it, which is {SHAPE}"
    if not isinstance(name, str) or not name.strip():
        return f"{code} has no name"
    if not isinstance(severity, Severity):
        return f"the severity of {code} is none"
    if not callable(check):
        return f"{code} has no function that checks"
    if isinstance(rule, CatalogRule) or (isinstance(models, tuple) and models and all(map(_is_kind, models))):
        return ""
    return f"{code} does not say which kinds of entities it looks at"


def _is_kind(model: Any) -> bool:
    return isinstance(model, type) and issubclass(model, Entity) and hasattr(model, "KIND")


def _taken(rule: Rule, offer: Offer, origin: str) -> Diagnostic:
    twice = f"{offer.name} has two rules with the code {rule.code}"
    message = twice if origin == offer.name else f"{offer.name} and {origin} both have a rule with the code {rule.code}"
    return _fault(f"{message}; only the first is used", "give each its own code")


def _fault(message: str, help: str) -> Diagnostic:
    return Diagnostic(FAULT, Severity.ERROR, message, whole_file(SETTINGS_FILE), help=help)
