"""What can be ordered for a product in each of its statuses: every status and action is decided, with the reason."""

from typing import Any

from tmfkit.api import Action, Form

NONE = "none"
"""There is no product yet."""

PENDING, ACTIVE, SUSPENDED, ENDING = ("created", "pendingActive"), "active", "suspended", "pendingTerminate"
OVER = ("cancelled", "terminated", "aborted")
STATUSES = (*PENDING, ACTIVE, SUSPENDED, ENDING, *OVER)
"""The statuses of TMF637 v4, whose own file spells the last one with a space behind it."""

IN_USE = (ACTIVE, SUSPENDED, ENDING)
"""The statuses of a product that somebody has: its record is complete."""


def lifecycle(form: Form) -> dict[str, dict[str, Any]]:
    """Status by status and action by action: whether it is possible, and why (not)."""
    table = {NONE: _row((form.is_sold, _new(form)), (False, "life-not-there"), (False, "life-not-there"), form)}
    for status in PENDING:
        table[status] = _row((False, "life-there"), (False, "life-pending"), (False, "life-pending"), form)
    table[ACTIVE] = _row((False, "life-there"), (True, "life-change"), (True, "life-end"), form)
    table[SUSPENDED] = _row((False, "life-there"), (False, "life-suspended"), (True, "life-end"), form)
    table[ENDING] = _row((False, "life-there"), (False, "life-ending"), (False, "life-ending"), form)
    for status in OVER:
        table[status] = _row((form.is_sold, _new(form)), (False, "life-over"), (False, "life-over"), form)
    return table


def _new(form: Form) -> str:
    if not form.is_sold:
        return "life-none-retired"
    return "life-none" if form.offering.sellable else "life-none-part"


def _row(add: tuple[bool, str], modify: tuple[bool, str], delete: tuple[bool, str], form: Form) -> dict[str, Any]:
    cells = zip(Action, (add, modify, delete), strict=True)
    return {action.value: {"possible": possible, "why": dict(form.say(phrase).texts)} for action, (possible, phrase) in cells}
