"""One line on a terminal that is written over and over, and taken away at the end."""

import os
import sys
from time import monotonic

ERASE = "\r\x1b[K"


def is_watched() -> bool:
    """Whether somebody sits at a terminal that can erase a line; a CI server may give commands a terminal that nobody sees."""
    return sys.stderr.isatty() and "CI" not in os.environ and os.environ.get("TERM") != "dumb"


class Line:
    """What work is at and how long it takes already; goes past all buffers, because an alarm may ring while one is being filled."""

    def __init__(self) -> None:
        self._phase = ""
        self._drawn = False
        self._began = monotonic()

    def tell(self, phase: str) -> None:
        """Hears of a phase, and shows it if there is something to be seen already."""
        self._phase = phase
        if self._drawn:
            self.draw()

    def draw(self) -> None:
        """Shows the line as it is now, as wide as the terminal at most."""
        width = os.get_terminal_size(sys.stderr.fileno()).columns or 80
        _write(ERASE + f"{self._phase} … {monotonic() - self._began:.0f} s"[: width - 1])
        self._drawn = True

    def erase(self) -> None:
        """Takes the line away."""
        if self._drawn:
            _write(ERASE)


def _write(text: str) -> None:
    os.write(sys.stderr.fileno(), text.encode())
