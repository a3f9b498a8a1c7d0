"""Starts the command line; answers `--version` without loading anything."""

import gc
import os
import signal
import sys
from typing import NoReturn

from tmfkit import __version__

ENVIRONMENT = 4
"""The output cannot be written."""

INTERRUPTED = 130
"""What shells make of a command that was interrupted at the keyboard."""

TERMINATED = 128 + signal.SIGTERM
"""What shells make of a command that was told to end."""

UNREAD = 141
"""What shells make of a command whose output nobody reads any more, as behind `| head`."""

_told: list[int] = []


def main() -> None:
    """The `tmfkit` command."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"tmfkit {__version__}\n")
        return
    _prepare()
    # A command ends soon: the collector would only walk over the whole catalog again and again.
    gc.disable()
    output = sys.stdout
    try:
        from tmfkit.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = INTERRUPTED
    # Typer puts another stream in the place of one that nobody reads, and calls that 1.
    _end(TERMINATED if _told else UNREAD if sys.stdout is not output else code)


def _end(code: int) -> NoReturn:
    """Ends at once, without freeing the memory of a large catalog piece by piece: the system does that faster."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except ValueError:  # closed already, as a language server does
            continue
        except BrokenPipeError:
            code = UNREAD
        except OSError:
            code = code or ENVIRONMENT
    os._exit(code)


def _ended(number: int, _: object) -> None:
    """Ends as at the keyboard: rules and generators that run just now did not end the program, so no finding is made of it."""
    _told.append(number)
    raise KeyboardInterrupt


def _prepare() -> None:
    """Ends as other commands of the shell end, and writes whatever the terminal cannot show as an escape.

    A closed pipe stays an error that can be caught, as Python has it: as a signal it would also end a publisher whose server hangs up.
    """
    signal.signal(signal.SIGTERM, _ended)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
