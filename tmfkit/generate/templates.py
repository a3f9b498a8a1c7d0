"""The templates of a generator: looked for where generators are, filled in a sandbox, escaped by the kind of file that they make."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

SUFFIX = ".j2"
ESCAPED = (".xml", ".dmn", ".bpmn", ".html", ".svg")
"""The endings (before `.j2`) of templates whose variables are escaped as XML."""


class Templates:
    """The templates of one generator; the first of some folders that has one provides it."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """`folders` are `templates/<generator>` of the project, of the package that offers the generator, and of tmfkit."""
        self.folders = tuple(folders)

    def render(self, name: str, variables: Mapping[str, Any]) -> str:
        """One template, filled. Raises what Jinja raises: `TemplateError` with the file and line."""
        return self._environment.get_template(name).render(variables)

    @cached_property
    def _environment(self) -> "SandboxedEnvironment":
        from jinja2 import FileSystemLoader, StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader([str(folder) for folder in self.folders]),
            undefined=StrictUndefined,
            autoescape=_is_escaped,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        environment.filters |= {"json": as_json, "csv": as_csv, "md": as_markdown}
        del environment.filters["random"], environment.globals["lipsum"]  # a file depends on the catalog alone
        return environment


def _is_escaped(name: str | None) -> bool:
    return name is not None and name.removesuffix(SUFFIX).endswith(ESCAPED)


def as_json(value: Any, indent: int = 2, margin: int = 0) -> str:
    """A value as JSON in the order of its keys; `margin` is by how many spaces its second and further lines are moved."""
    text = json.dumps(value, ensure_ascii=False, indent=indent or None)
    return text.replace("\n", "\n" + " " * margin) if margin else text


def as_csv(values: Sequence[Any]) -> str:
    """One row of CSV (RFC 4180) without its line end. What a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([_plain_cell(value) for value in values])
    return out.getvalue()


def _plain_cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).isdecimal()


def as_markdown(text: Any) -> str:
    """A text that Markdown shows as it is, in a table too."""
    shown = str(text).replace("&", "&amp;").replace("<", "&lt;").replace("\\", "\\\\")
    for sign in "`*_{}[]()#+-.!|~>":
        shown = shown.replace(sign, f"\\{sign}") if sign in "`*_[]|~#" else shown
    return " ".join(shown.split())
