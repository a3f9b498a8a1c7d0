"""What the site is made of: pages of Markdown, and files that are served as they are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its path below the folder of its language (`offerings/fibre-home.md`), its title as plain text, its Markdown.

    `searched` is whether the search knows it; long tables for looking something up are found by their own pages.
    """

    path: str
    title: str
    body: str
    searched: bool = True
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages link to: a payload, a style sheet."""

    path: str
    content: bytes
