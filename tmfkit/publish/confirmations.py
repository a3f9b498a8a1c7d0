"""Which system has confirmed that it runs which release: recorded when somebody says so, never assumed."""

import json
from collections.abc import Mapping
from pathlib import Path

from tmfkit.errors import TmfkitError
from tmfkit.files import write_file

FILE = "confirmed.json"


def confirmations(state: Path) -> Mapping[str, str]:
    """The release that each system confirmed last, by the id of the system."""
    file = state / FILE
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise TmfkitError(f"{file} cannot be read: {_reason(error)}", "mend it, or delete it and let the systems confirm again") from None
    if not isinstance(said, dict) or not all(isinstance(one, str) for one in said.values()):
        raise TmfkitError(f"{file} is no mapping of systems to releases", "mend it, or delete it and let the systems confirm again")
    return said


def confirmed(state: Path, system: str, release: str) -> None:
    """Records that a system runs a release."""
    found = {**confirmations(state), system: release}
    state.mkdir(parents=True, exist_ok=True)
    write_file(state / FILE, (json.dumps(dict(sorted(found.items())), ensure_ascii=False, indent=1) + "\n").encode())


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror or "no reason is given").lower() if isinstance(error, OSError) else "it is not JSON"
