"""What an operator may say about runbooks: whom to tell, what is done besides, and words in more languages."""

from collections.abc import Mapping

from pydantic import Field

from tmfkit.api import ByAction, Localized
from tmfkit.api import Options as CommonOptions


class Steps(ByAction[Localized]):
    """What is done for one service besides what its specification says."""


class Options(CommonOptions):
    """Whom to tell when the work cannot be done, steps by service, and the fixed words of a page by language."""

    escalation: Localized | None = None
    steps: Mapping[str, Steps] = Field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
