"""What goes wrong outside the catalog: a missing folder, a full disk, a network that is down."""


class TmfkitError(Exception):
    """A wrong environment. Never raised for a wrong catalog, which is a `Diagnostic`."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
