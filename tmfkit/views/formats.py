"""The forms in which findings are written."""

from enum import StrEnum


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"


class PlainFormat(StrEnum):
    """The forms of what is no list of findings alone."""

    TEXT = "text"
    JSON = "json"


class PlanFormat(StrEnum):
    """The forms of a plan."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
