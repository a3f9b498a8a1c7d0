"""`tmfkit schema`: the language as a JSON Schema for editors."""

import json
from pathlib import Path
from typing import Annotated

import typer

Out = Annotated[Path | None, typer.Option("--out", "-o", help="Write it to a file instead of standard output.")]


def schema(out: Out = None) -> None:
    """Write the JSON Schema of the language, for editors that complete and check YAML.

    Example: tmfkit schema --out catalog.schema.json
    """
    from tmfkit.files import write_file
    from tmfkit.model.schema import language_schema

    text = json.dumps(language_schema(), indent=2, ensure_ascii=False)
    if out is None:
        print(text)
        return
    write_file(out, f"{text}\n".encode())
    print(f"wrote {out}")
