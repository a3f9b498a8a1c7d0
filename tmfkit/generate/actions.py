"""What an order does to a product or a service, and what an operator says for each of these actions."""

from enum import StrEnum
from typing import Generic, TypeVar

from tmfkit.model.base import Many, Part

T = TypeVar("T")


class Action(StrEnum):
    """What an order item asks for, in the words of TMF622 and of conditions."""

    ADD = "add"
    MODIFY = "modify"
    DELETE = "delete"


class ByAction(Part, Generic[T]):
    """Options by action: one thing or several for each, in their order."""

    add: Many[T] = ()
    modify: Many[T] = ()
    delete: Many[T] = ()

    def of(self, action: Action) -> tuple[T, ...]:
        """What is said for an action."""
        match action:
            case Action.ADD:
                return self.add
            case Action.MODIFY:
                return self.modify
            case Action.DELETE:
                return self.delete
