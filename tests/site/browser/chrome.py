"""Chromium without a window, driven as a reader would: what it shows, what it asks the network for, what its console says."""

import base64
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome as Driver
from selenium.webdriver import ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.conftest import BROWSER_TOOLS

SECONDS = 20
DESK, PHONE = (1280, 900), (390, 844)
QUIET = """--headless=new --no-sandbox --disable-gpu --disable-quic --disable-dev-shm-usage --no-first-run --no-default-browser-check
    --disable-background-networking --disable-component-update --disable-default-apps --disable-sync --disable-extensions
    --disable-domain-reliability --disable-client-side-phishing-detection --metrics-recording-only --no-pings --mute-audio
    --hide-scrollbars --disable-features=Translate,OptimizationHints,MediaRouter,InterestFeedContentSuggestions""".split()
"""A browser that asks nobody anything of its own accord, so that every request in its log is one of the page."""

AXE = """
const done = arguments[arguments.length - 1];
const failed = error => done([{id: String(error), impact: "critical", nodes: []}]);
axe.run(document, {resultTypes: ["violations"]}).then(found => done(found.violations), failed);
"""

SHOWN = """
const seen = one => one.checkVisibility({visibilityProperty: true, opacityProperty: true}) && one.getClientRects().length > 0;
return [...document.querySelectorAll(arguments[0])].some(seen);
"""


@dataclass(frozen=True)
class Barrier:
    """What axe-core found: its rule, how bad it is, and the elements."""

    rule: str
    impact: str
    elements: tuple[str, ...]


@dataclass(frozen=True)
class Chrome:
    """One browser with a profile of its own; `asked` collects every address that its pages asked for."""

    driver: Driver
    asked: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Load a page and wait until it and its scripts are ready."""
        self.driver.get(address)
        self.wait(lambda: self.run("return document.readyState") == "complete")
        self.listen()

    def wait(self, until: Callable[[], Any]) -> Any:
        """What a question answers as soon as its answer is anything but nothing."""
        return WebDriverWait(self.driver, SECONDS, poll_frequency=0.05).until(lambda _: until())

    def run(self, script: str, *arguments: Any) -> Any:
        """The value of a script in the page."""
        return self.driver.execute_script(script, *arguments)

    def all(self, selector: str) -> list[WebElement]:
        """The elements that a selector names."""
        return self.driver.find_elements("css selector", selector)

    def one(self, selector: str) -> WebElement:
        """The first element that a selector names, as soon as there is one."""
        found: WebElement = self.wait(lambda: next(iter(self.all(selector)), None))
        return found

    def shown(self, selector: str) -> bool:
        """Whether anything that a selector names takes room on the page and can be seen."""
        return bool(self.run(SHOWN, selector))

    def tell(self, command: str, **values: Any) -> Any:
        """One command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(command, values)

    def size(self, size: tuple[int, int], phone: bool = False) -> None:
        """Give the page the room of a screen."""
        width, height = size
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone)

    def prefer(self, scheme: str = "light", media: str = "") -> None:
        """Wish for a colour scheme and for nothing that moves, and for a medium such as `print`."""
        wishes = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
        self.tell("Emulation.setEmulatedMedia", media=media, features=[{"name": name, "value": value} for name, value in wishes.items()])

    def press(self, *keys: str) -> None:
        """Press keys wherever the focus is."""
        self.driver.switch_to.active_element.send_keys(*keys)

    def tab(self) -> WebElement:
        """Press the tabulator, and what has the focus then."""
        self.press(Keys.TAB)
        return self.driver.switch_to.active_element

    def listen(self) -> None:
        """Take the addresses out of the browser's log, which forgets what it gave."""
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                self.asked.append(message["params"]["request"]["url"])
            elif message["method"] == "Network.webSocketCreated":
                self.asked.append(message["params"]["url"])

    def complaints(self) -> list[str]:
        """What the console holds against the pages since it was last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def barriers(self) -> list[Barrier]:
        """What axe-core finds on the page; its script is put into the page, so that nobody has to serve it."""
        self.run((BROWSER_TOOLS / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
        found: Sequence[Mapping[str, Any]] = self.driver.execute_async_script(AXE)
        return [Barrier(one["id"], one["impact"], tuple(node["html"][:200] for node in one["nodes"])) for one in found]

    def picture(self, path: Path, whole: bool = True) -> None:
        """Write what the page looks like to a file, down to `whole` pages of it at most four screens long."""
        path.parent.mkdir(parents=True, exist_ok=True)
        size = self.tell("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 3600), "scale": 1}
        settings = {"captureBeyondViewport": True, "clip": clip} if whole else {}
        path.write_bytes(base64.b64decode(self.tell("Page.captureScreenshot", format="png", **settings)["data"]))


def started(profile: Path) -> Chrome:
    """A browser whose profile lies in a folder."""
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*QUIET, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = Driver(options=options, service=Service(shutil.which("chromedriver")))
    driver.set_script_timeout(60)
    driver.set_page_load_timeout(60)
    return Chrome(driver)
