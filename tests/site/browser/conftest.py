"""The browser, and the server on this machine whose pages it reads."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.site.browser.chrome import DESK, Chrome, started
from tests.site.built import Site

SCREENSHOTS = ROOT / "build" / "screenshots"


class Quiet(SimpleHTTPRequestHandler):
    """A plain server of files that keeps no log."""

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address at which the files of a folder are served while this lasts."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def address(site: Site) -> Iterator[str]:
    """Where the example operator's site is served."""
    with serving(site.folder) as found:
        yield found


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """One browser for all tests of a process, because it takes a second to start."""
    chrome = started(tmp_path_factory.mktemp("profile"))
    yield chrome
    chrome.driver.quit()


@pytest.fixture
def chrome(browser: Chrome) -> Chrome:
    """The browser on a desk, in daylight, with nothing on its mind."""
    browser.size(DESK)
    browser.prefer("light")
    browser.driver.get("about:blank")
    browser.listen()
    browser.complaints()
    browser.asked.clear()
    return browser
