"""A plan as JSON, for programs; it says the same as a saved plan, and cannot be applied."""

from __future__ import annotations

import json
from collections import Counter

from tmfkit.plan.file import plan_data
from tmfkit.plan.steps import Plan
from tmfkit.views.plan_words import VERBS


def as_json(plan: Plan) -> str:
    """`{"target", "pending", "held", "counts", "steps", …}`."""
    found = Counter(step.action for step in plan.steps)
    numbers = {action.value: found[action] for action in VERBS if found[action]}
    head = {"pending": plan.pending, "held": plan.held, "counts": {**numbers, "unchanged": plan.unchanged}}
    said = {name: value for name, value in plan_data(plan).items() if name not in ("format", "formatVersion", "unchanged")}
    return json.dumps({**head, **said}, indent=2, ensure_ascii=False)
