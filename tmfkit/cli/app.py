"""The commands, and how each kind of failure ends."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from tmfkit import __version__
from tmfkit.cli import (
    adopt,
    build,
    changelog,
    check_changes,
    compile,
    confirm,
    diff,
    docs,
    drift,
    eject,
    explain,
    fmt,
    generate,
    graph,
    import_,
    init,
    lsp,
    plan,
    post_review,
    probe,
    publish,
    retire,
    review,
    rollback,
    schema,
    serve,
    validate,
)
from tmfkit.errors import TmfkitError

BUG, ENVIRONMENT = 3, 4

app = typer.Typer(
    name="tmfkit",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(asked: bool) -> None:
    if asked:
        print(f"tmfkit {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", "-V", help="Print the version and end.", callback=_print_version, is_eager=True)]


@app.callback()
def main(version: Version = False) -> None:
    """A telecom operator's product catalog as code."""


app.command("init")(init.init)
app.command("validate")(validate.validate)
app.command("compile")(compile.compile_catalog)
app.command("build")(build.build)
app.command("diff")(diff.diff)
app.command("check-changes")(check_changes.check_changes)
app.command("changelog")(changelog.changelog)
app.command("review")(review.review)
app.command("post-review")(post_review.post_review)
app.command("generate")(generate.generate)
app.command("docs")(docs.docs)
app.command("plan")(plan.plan)
app.command("publish")(publish.publish)
app.command("drift")(drift.drift)
app.command("adopt")(adopt.adopt)
app.command("rollback")(rollback.rollback)
app.command("retire")(retire.retire)
app.command("confirm")(confirm.confirm)
app.command("probe")(probe.probe)
app.command("serve")(serve.serve)
app.command("eject")(eject.eject)
app.command("import")(import_.import_)
app.command("schema")(schema.schema)
app.command("lsp")(lsp.lsp)
app.command("fmt")(fmt.fmt)
app.command("explain")(explain.explain)
app.command("graph")(graph.graph)


def run(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code: 4 for a wrong environment, 3 for a bug, else what the command says."""
    try:
        return app(list(arguments), prog_name="tmfkit", standalone_mode=True) or 0
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except TmfkitError as error:
        print(f"tmfkit: {error.message}" + (f"\n  {error.hint}" if error.hint else ""), file=sys.stderr)
        return ENVIRONMENT
    except OSError as error:
        print(f"tmfkit: cannot write the output: {(error.strerror or str(error)).lower()}", file=sys.stderr)
        return ENVIRONMENT
    except Exception as error:
        if os.environ.get("TMFKIT_DEBUG"):
            raise
        print(f"tmfkit: this is a bug in tmfkit, not in your catalog: {type(error).__name__}: {error}", file=sys.stderr)
        print("  TMFKIT_DEBUG=1 shows where; please report it", file=sys.stderr)
        return BUG
