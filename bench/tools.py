"""The commands that are compared: tmfkit, and tools that check the same files against a JSON Schema."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

AJV = "ajv-cli@5.0.0"
_SCRIPTS = Path(sys.executable).parent
TMFKIT = str(_SCRIPTS / "tmfkit")
_CHECK_JSONSCHEMA = _SCRIPTS / "check-jsonschema"

PLAIN_SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["kind"],
    "properties": {
        "kind": {"type": "string"},
        "id": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$"},
        "name": {"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]},
        "prices": {"type": "object", "additionalProperties": {"type": "object"}},
        "characteristics": {"type": "object", "additionalProperties": {"type": ["object", "null"]}},
    },
}
"""What the other tools check where `tmfkit schema` is not there: far less than the language asks for, so it flatters them."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A command that is measured: what it checks, and the largest catalog that it is asked to read.

    `command` makes the arguments for a project folder. Above `patience` entities one run has to do; above `largest` there is none.
    """

    name: str
    does: str
    command: Callable[[Path], Sequence[str]]
    largest: int = 1_000_000
    patience: int = 1_000_000
    many_documents: bool = True


def tmfkit_tools() -> list[Tool]:
    """The commands of tmfkit itself that this version has, validate first: the others are compared with it."""
    validate = Tool("tmfkit validate", "schema, references, every rule", lambda _: [TMFKIT, "validate"])
    bundle = Tool(
        "tmfkit compile, bundle", "validate, then one file an API", lambda _: [TMFKIT, "compile", "--bundle-only"], patience=50_000
    )
    files = Tool("tmfkit compile, files", "validate, then one file a payload", lambda _: [TMFKIT, "compile"], patience=10_000)
    return [validate, bundle, files] if _output([TMFKIT, "compile", "--help"]) else [validate]


def schema_tools(schema: Path, build: Path) -> tuple[list[Tool], list[str]]:
    """The tools that know JSON Schema, and why one of them is missing."""
    tools, missing = [], []
    if _CHECK_JSONSCHEMA.exists():
        tools.append(_check_jsonschema(schema))
    else:
        missing.append("check-jsonschema is not in this virtual environment: it is one of the development tools")
    ajv, reason = _installed_ajv(build)
    if ajv:
        tools.append(_ajv(ajv, schema))
    else:
        missing.append(f"ajv-cli is not measured: {reason}")
    return tools, missing


def write_schema(path: Path) -> str:
    """Write the JSON Schema that the other tools check, and say where it comes from."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = _output([TMFKIT, "schema"])
    if text is not None and text.lstrip().startswith("{"):
        path.write_text(text, encoding="utf-8")
        return "the JSON Schema that `tmfkit schema` writes"
    path.write_text(json.dumps(PLAIN_SCHEMA), encoding="utf-8")
    return "a small JSON Schema of names and shapes (`tmfkit schema` is not there)"


def _check_jsonschema(schema: Path) -> Tool:
    def command(project: Path) -> Sequence[str]:
        files = sorted(path.relative_to(project).as_posix() for path in (project / "catalog").rglob("*.yaml"))
        return [str(_CHECK_JSONSCHEMA), "--schemafile", str(schema), *files]

    return Tool("check-jsonschema", "schema only", command, largest=10_000, patience=5_000, many_documents=False)


def _ajv(program: Path, schema: Path) -> Tool:
    draft = "draft2020" if "2020-12" in json.loads(schema.read_text(encoding="utf-8")).get("$schema", "") else "draft7"
    command = [str(program), "validate", f"--spec={draft}", "--strict=false", "-s", str(schema), "-d", "catalog/**/*.yaml"]
    return Tool("ajv-cli", "schema only", lambda _: command, patience=50_000, many_documents=False)


def _installed_ajv(build: Path) -> tuple[Path | None, str]:
    program = build / "node_modules" / ".bin" / "ajv"
    if program.exists():
        return program, ""
    npm = shutil.which("npm")
    if npm is None:
        return None, "npm is not on this machine"
    install = [npm, "install", "--no-save", "--no-audit", "--no-fund", "--silent", "--prefix", str(build), AJV]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode or not program.exists():
        return None, f"npm could not install it: {(done.stderr or done.stdout).strip()[:200]}"
    return program, ""


def _output(command: Sequence[str]) -> str | None:
    """What a command prints; None where it fails or is not there."""
    if not os.access(command[0], os.X_OK):
        return None
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else None
