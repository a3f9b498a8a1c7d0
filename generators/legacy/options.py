"""What an operator says about a legacy system: its commands, its codes, what its inventory owns, and which signs end a command."""

from collections.abc import Mapping

from pydantic import Field

from tmfkit.api import Action, ByAction, Localized, Part
from tmfkit.api import Options as CommonOptions


class Commands(ByAction[str]):
    """The commands for one service, by action, one after the other; `without` says why there is none for an action."""

    without: Mapping[Action, Localized] = Field(default_factory=dict)


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
