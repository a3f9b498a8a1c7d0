"""What an operator says about a legacy system: its commands, its codes, what its inventory owns, and which signs end a command."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from tmfkit.api import Localized, Many, Part
from tmfkit.api import Options as CommonOptions

Action = Literal["add", "modify", "delete"]
ACTIONS: tuple[Action, ...] = ("add", "modify", "delete")


class Commands(Part):
    """The commands for one service, by action, one after the other; `without` says why there is none for an action."""

    add: Many[str] = ()
    modify: Many[str] = ()
    delete: Many[str] = ()
    without: Mapping[Action, Localized] = Field(default_factory=dict)

    def of(self, action: Action) -> tuple[str, ...]:
        """The commands of an action."""
        match action:
            case "add":
                return self.add
            case "modify":
                return self.modify
            case "delete":
                return self.delete


class Parameter(Part):
    """Something that an inventory owns and a command needs, with an example to show it by."""

    example: str
    pattern: str | None = None
    description: Localized | None = None


class Options(CommonOptions):
    """The whole agreement with the legacy system.

    `codes` are by service, characteristic (`role/name` for one of a resource) and value. `answers` are by service and characteristic:
    the pattern whose one group is what the system says. A value must not contain a sign of `forbidden`,
    unless `escape` says what stands for it.
    """

    commands: Mapping[str, Commands] = Field(default_factory=dict)
    codes: Mapping[str, Mapping[str, Mapping[str, str]]] = Field(default_factory=dict)
    inventory: Mapping[str, Parameter] = Field(default_factory=dict)
    answers: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    forbidden: str = ';,="'
    escape: Mapping[str, str] = Field(default_factory=dict)
    join: str = "&"
