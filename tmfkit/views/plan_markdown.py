"""A plan as Markdown, for the comment of a pull request or the page of a release."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tmfkit.plan.steps import Plan, Step
from tmfkit.tmf.roles import called
from tmfkit.tmf.versions import APIS
from tmfkit.views.github_text import Block, bold, code, fitted, plain, some, table
from tmfkit.views.plan_words import VERBS, change, counts, passes, way_out

CHANGES = 6
"""So many changes of one item are told in its row."""


def as_markdown(plan: Plan) -> str:
    """What holds the plan back first, then a table for each API; never longer than a comment may be."""
    return fitted(list(_blocks(plan)))


def _blocks(plan: Plan) -> Iterator[Block]:
    yield Block((f"### Plan for {plain(plan.target)}, release {plain(plan.release)}",))
    if not plan.pending:
        yield Block((f"Nothing to do: {plan.unchanged:,} items are as the catalog wants them.",))
    else:
        yield Block((f"{counts(plan)[0].upper()}{counts(plan)[1:]}.", *(f"{line[0].upper()}{line[1:]}." for line in passes(plan))))
    yield from _held(plan)
    for dialect, api in APIS.items():
        if steps := [step for step in plan.steps if step.address.dialect is dialect]:
            yield Block((f"#### {api.title}",))
            yield table(("", "Item", "What changes"), _rows(steps))
    if plan.notes:
        yield Block(("#### Notes",), tuple(f"- {plain(note)}" for note in plan.notes))


def _held(plan: Plan) -> Iterator[Block]:
    troubles = tuple(f"- {bold('cannot be published')}: {plain(trouble)}" for trouble in plan.troubles)
    brakes = tuple(
        f"- {bold(stop.brake.value)}, {'allowed' if stop.lifted else 'held'}: {plain(stop.message)}"
        + ("" if stop.lifted else f"; {_code_kept(way_out(stop, plan.target))}")
        for stop in plan.stops
    )
    if troubles or brakes:
        yield Block(("#### What holds it back",), (*troubles, *brakes))


def _code_kept(text: str) -> str:
    """A sentence of ours: what stands between backticks stays code."""
    parts = text.split("`")
    return "".join(f"`{part}`" if index % 2 else _outside(part) for index, part in enumerate(parts))


def _outside(part: str) -> str:
    """With the spaces at its ends, which stand beside code."""
    return " " * part.startswith(" ") + plain(part) + " " * part.endswith(" ")


def _rows(steps: Sequence[Step]) -> Iterator[tuple[str, str, str]]:
    for action, verb in VERBS.items():
        for step in steps:
            if step.action is action:
                told = [plain(step.note)] if step.note else []
                told += [some([plain(change(field)) for field in step.fields], CHANGES, "<br>")] if step.fields else []
                yield verb, f"{code(called(step.address))} {plain(step.name)}", "<br>".join(told)
