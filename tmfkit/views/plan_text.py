"""A plan for somebody at a terminal: API by API what would be done, then what holds it back and what to do about that."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from textwrap import wrap

from tmfkit.plan.steps import Action, Plan, Step
from tmfkit.tmf.references import noun
from tmfkit.tmf.versions import APIS
from tmfkit.views.columns import WIDTH
from tmfkit.views.diagnostics_text import printable
from tmfkit.views.plan_words import SIGNS, VERBS, change, counts, entity, hosts, passes, place, some, way_out

MANY = 12
"""So many changes of one item, and so many new items of one sort, are named; the others are counted."""

MOST = 60
"""So many items with changes are shown of one API."""

_PERCENT = re.compile(r"(?<=\d) %")
_COLOURS = {"+": "32", "~": "33", "-": "31", "!": "1;31"}


def as_text(plan: Plan, *, colour: bool = False) -> str:
    """The whole plan; one line where there is nothing to do."""
    return "\n".join(_painted(line, colour) for line in _lines(plan))


def _lines(plan: Plan) -> Iterator[str]:
    for dialect, title in ((dialect, api.title) for dialect, api in APIS.items()):
        if steps := [step for step in plan.steps if step.address.dialect is dialect]:
            yield title
            yield from _api(steps)
            yield ""
    yield from _remarks("note", plan.notes)
    yield from _brakes(plan)
    yield from _remarks("cannot be published", plan.troubles)
    if not plan.pending:
        yield f"nothing to do: {place(plan.target, hosts(plan))} has {_number(plan.unchanged, 'item')} as the catalog wants them"
        return
    yield f"plan for {place(plan.target, hosts(plan))}, release {plan.release}: {counts(plan)}"
    yield from passes(plan)


def _api(steps: Sequence[Step]) -> Iterator[str]:
    room = MOST
    for action in VERBS:
        found = [step for step in steps if step.action is action]
        alone = [step for step in found if _is_told_alone(step)]
        yield from _together(action, [step for step in found if not _is_told_alone(step)])
        for step in alone[: max(room, 0)]:
            yield from _alone(step)
        if len(alone) > max(room, 0):
            yield f"  {SIGNS[action]} {VERBS[action]} {_number(len(alone) - max(room, 0), 'more item')}"
        room -= len(alone)


def _is_told_alone(step: Step) -> bool:
    match step.action:
        case Action.CREATE:
            return False
        case Action.ADOPT:
            return not step.server_id
        case Action.RETIRE:
            return bool(step.note)
        case _:
            return bool(step.fields or step.note)


def _together(action: Action, steps: Sequence[Step]) -> Iterator[str]:
    """Items of which there is no more to say than that they come or go, by sort."""
    sorts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for step in sorted(steps, key=lambda step: step.address):
        sorts[noun(step.address.dialect, step.address.resource), step.note].append(step.address.id)
    for (sort, note), ids in sorts.items():
        yield from _wrapped(f"  {SIGNS[action]} {VERBS[action]} {len(ids):,} {sort}: {some(ids, MANY)}", 6)
        if note:
            yield from _wrapped(f"      {note}", 6)


def _alone(step: Step) -> Iterator[str]:
    yield f"  {SIGNS[step.action]} {VERBS[step.action]} {entity(step)}"
    if step.note:
        yield from _wrapped(f"      {step.note}", 6)
    for field in step.fields[:MANY]:
        yield f"      {change(field)}"
    if len(step.fields) > MANY:
        yield f"      and {_number(len(step.fields) - MANY, 'more change')}"


def _brakes(plan: Plan) -> Iterator[str]:
    for stop in plan.stops:
        head = f"{stop.brake.value} is allowed" if stop.lifted else f"held back ({stop.brake.value})"
        yield from _wrapped(f"{head}: {stop.message}", 2)
        if not stop.lifted:
            yield from _wrapped(f"  {way_out(stop, plan.target)}", 2)
    if plan.stops:
        yield ""


def _remarks(word: str, remarks: Sequence[str]) -> Iterator[str]:
    for remark in remarks:
        yield from _wrapped(f"{word}: {remark}", 2)
    if remarks:
        yield ""


def _wrapped(text: str, indent: int) -> list[str]:
    """The lines of a text; a number stays with its percent sign."""
    whole = _PERCENT.sub("\N{NO-BREAK SPACE}%", printable(text))
    lines = wrap(whole, WIDTH, subsequent_indent=" " * indent, break_on_hyphens=False, break_long_words=False)
    return [line.replace("\N{NO-BREAK SPACE}%", " %") for line in lines]


def _number(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _painted(line: str, colour: bool) -> str:
    tint = _COLOURS.get(line.strip()[:1]) if line.startswith("  ") else None
    return f"\x1b[{tint}m{line}\x1b[0m" if colour and tint else line
