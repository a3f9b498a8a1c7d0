"""The project's own files, found through git and read once, for the tests about how the code is written."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the repository root, its text and its syntax tree."""

    path: PurePosixPath
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    def within(self, folder: str) -> bool:
        return self.path.is_relative_to(folder)

    def at(self, node: ast.expr | ast.stmt, what: str) -> str:
        return f"{self.path}:{node.lineno}: {what}"


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is in git or would be added to it."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = (ROOT / name for name in sorted(set(listed.split("\0"))) if name)
    return tuple(path for path in paths if path.is_file() and not path.is_symlink())


@cache
def python_sources() -> tuple[Source, ...]:
    """Every Python file of the project, empty ones left out."""
    return tuple(read(path) for path in project_files() if path.suffix == ".py" and path.stat().st_size)


def tool_sources() -> tuple[Source, ...]:
    """The Python files of the tool itself."""
    return tuple(source for source in python_sources() if source.within("tmfkit"))


def read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(PurePosixPath(path.relative_to(ROOT).as_posix()), text, ast.parse(text))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def strings(tree: ast.AST) -> Iterator[ast.Constant]:
    """Every text in the code that is not a docstring, the fixed parts of f-strings too."""
    documentation = {id(text) for text in map(docstring_node, ast.walk(tree)) if text}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node


def docstring_node(node: ast.AST) -> ast.Constant | None:
    if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or not node.body:
        return None
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return first.value
    return None
