"""Documents that are made from the code: compared with what the code says now, or written anew with `--update-goldens`."""

from collections.abc import Callable

import pytest

from tests.architecture.sources import ROOT


@pytest.fixture
def generated(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a document below `docs/`; with `--update-goldens`, write that document instead."""
    update = bool(request.config.getoption("--update-goldens"))

    def check(name: str, text: str) -> None:
        path = ROOT / "docs" / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return
        assert path.is_file(), f"docs/{name} is not there yet: run pytest tests/docs --update-goldens"
        assert text == path.read_text(encoding="utf-8"), f"docs/{name} is out of date: run pytest tests/docs --update-goldens"

    return check
