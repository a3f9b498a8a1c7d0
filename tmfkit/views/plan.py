"""A plan in each of its forms."""

from __future__ import annotations

from typing import assert_never

from tmfkit.plan.steps import Plan
from tmfkit.views.formats import PlanFormat as PlanFormat
from tmfkit.views.plan_json import as_json
from tmfkit.views.plan_markdown import as_markdown
from tmfkit.views.plan_text import as_text


def shown(plan: Plan, form: PlanFormat, *, colour: bool = False) -> str:
    """The plan in one of its forms."""
    match form:
        case PlanFormat.TEXT:
            return as_text(plan, colour=colour)
        case PlanFormat.JSON:
            return as_json(plan)
        case PlanFormat.MARKDOWN:
            return as_markdown(plan)
        case _:
            assert_never(form)
