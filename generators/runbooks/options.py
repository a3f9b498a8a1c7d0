"""What an operator may say about runbooks: whom to tell, what is done besides, and words in more languages."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from tmfkit.api import Localized, LocalizedText, Many, Part
from tmfkit.api import Options as CommonOptions

Action = Literal["add", "modify", "delete"]
ACTIONS: tuple[Action, ...] = ("add", "modify", "delete")


class Steps(Part):
    """What is done for one service besides what its specification says."""

    add: Many[Localized] = ()
    modify: Many[Localized] = ()
    delete: Many[Localized] = ()

    def of(self, action: Action) -> tuple[LocalizedText, ...]:
        """The steps of an action."""
        match action:
            case "add":
                return self.add
            case "modify":
                return self.modify
            case "delete":
                return self.delete


class Options(CommonOptions):
    """Whom to tell when the work cannot be done, steps by service, and the fixed words of a page by language."""

    escalation: Localized | None = None
    steps: Mapping[str, Steps] = Field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
