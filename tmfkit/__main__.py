"""Starts the command line; answers `--version` without loading anything."""

import gc
import sys

from tmfkit import __version__


def main() -> None:
    """The `tmfkit` command."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"tmfkit {__version__}\n")
        return
    # A command ends soon: the collector would only walk over the whole catalog again and again.
    gc.disable()
    from tmfkit.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
