"""The checkers that come from npm, asked from Python: each script beside this file reads questions as JSON and writes answers."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

SCRIPTS = Path(__file__).parent
SECONDS = 120
# Salesforce's library keeps a log in the home folder and reports its use unless told otherwise.
QUIET = {"SF_DISABLE_LOG_FILE": "true", "SF_DISABLE_TELEMETRY": "true"}


class NodeError(Exception):
    """A script ended with a failure; the text is what it wrote to its error output."""


@dataclass(frozen=True)
class Feel:
    """The value of a FEEL text, and why it is null where it should not be."""

    value: Any
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """What a modelling tool reads from a file: `root` is None for what is no XML of that language."""

    root: str | None
    warnings: tuple[str, ...]


def ask(node_modules: Path, script: str, question: Any) -> Any:
    """The answer of `<script>.mjs`; it runs as if it lay beside `node_modules`, because that is where Node looks for packages."""
    program = (SCRIPTS / f"{script}.mjs").read_text(encoding="utf-8")
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", program],
        cwd=node_modules.parent,
        env=os.environ | QUIET,
        input=json.dumps(question),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    if done.returncode or done.stderr:
        raise NodeError(done.stderr or f"{script}.mjs ended with {done.returncode}")
    return json.loads(done.stdout)


def ajv_errors(
    node_modules: Path, jobs: Sequence[tuple[Mapping[str, Any], Sequence[Any]]], keywords: Sequence[str] = ()
) -> list[list[list[dict[str, Any]]]]:
    """Ajv's errors for each instance of each (schema, instances); `keywords` are annotations of our own that Ajv is to know.

    A schema that Ajv itself refuses is a NodeError.
    """
    question = {"jobs": [{"schema": schema, "instances": instances} for schema, instances in jobs], "keywords": keywords}
    answer: list[list[list[dict[str, Any]]]] = ask(node_modules, "ajv", question)
    return answer


def feel_values(node_modules: Path, expressions: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Feel]:
    """The value of each FEEL expression in its context."""
    return feel(node_modules, [{"expression": text, "context": context} for text, context in expressions])


def feel_tests(node_modules: Path, tests: Sequence[tuple[str, Any]]) -> list[Feel]:
    """Whether each value passes its unary test, the text of an input entry in a decision table."""
    return feel(node_modules, [{"unary": text, "context": {"?": value}} for text, value in tests])


def feel(node_modules: Path, questions: Sequence[Mapping[str, Any]]) -> list[Feel]:
    return [Feel(one["value"], tuple(one["warnings"])) for one in ask(node_modules, "feelin", questions)]


def moddle(node_modules: Path, language: Literal["bpmn", "dmn"], documents: Sequence[str]) -> list[Document]:
    """What the reader behind most BPMN and DMN modelling tools makes of each text."""
    answers = ask(node_modules, "moddle", [{"language": language, "xml": xml} for xml in documents])
    return [Document(one["root"], tuple(one["warnings"])) for one in answers]
