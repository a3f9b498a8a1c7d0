"""The actions of orders are the same words for generators as for conditions, and options may say something for each."""

from tmfkit.generate.actions import Action, ByAction
from tmfkit.model.conditions import ACTIONS


def test_generators_and_conditions_know_the_same_actions() -> None:
    assert tuple(Action) == ACTIONS


def test_one_or_several_for_each_action() -> None:
    said = ByAction[str].model_validate({"add": "PLUG", "delete": ["CUT", "FREE"]})
    assert [said.of(action) for action in Action] == [("PLUG",), (), ("CUT", "FREE")]
