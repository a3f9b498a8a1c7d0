"""`python -m bench.publishing`: what it costs to publish a synthetic catalog, to plan and to look for drift. It judges nothing."""

import argparse
import json
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.counting import Counted, counting
from bench.measure import Run, run
from bench.report import columns, machine, pipes
from bench.server import Server, serving
from bench.synthetic import SMALLEST, write
from bench.tools import TMFKIT
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.versions import APIS

BUILD = Path(__file__).resolve().parent.parent / "build" / "bench"
PATIENCE = 5_000
"""Entities above which everything is run once: the run in which requests are counted is timed then."""

PAGE = 1_000
"""Items of a page of the embedded catalog."""

CHANGED = 100
"""One in so many entities gets another description."""

_HEAD = ("command", "seconds", "cpu s", "server cpu s", "MB", "server MB", "requests", "writes")

DIALECTS = (Dialect.TMF620_V5, Dialect.TMF633_V4, Dialect.TMF634_V5)
PROJECT = """catalog: catalog
dialects: [tmf620-v5, tmf633-v4, tmf634-v5]
targets:
  local:
    apis:
      tmf620-v5: {url: "http://127.0.0.1:8000/productCatalogManagement/v5/", profile: embedded}
      tmf633-v4: {url: "http://127.0.0.1:8000/tmf-api/serviceCatalogManagement/v4/", profile: embedded}
      tmf634-v5: {url: "http://127.0.0.1:8000/resourceCatalog/v5/", profile: embedded}
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One command in one round; what the server took for it, and what it was asked, where that was counted."""

    name: str
    client: Run
    server_cpu: float | None
    server_mb: float | None
    requests: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Round:
    """All commands in turn on a fresh server; `items` are those that were published, `pages` the requests that listing them takes."""

    steps: tuple[Step, ...]
    items: int
    pages: int


def main(arguments: Sequence[str]) -> int:
    """Measure each size, print its table, write `publishing.json` and `publishing.md`."""
    parser = argparse.ArgumentParser(prog="python -m bench.publishing", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000", help=f"numbers of entities, at least {SMALLEST} (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=3, help=f"timed rounds up to {PATIENCE:,} entities (default: %(default)s)")
    options = parser.parse_args(arguments)
    BUILD.mkdir(parents=True, exist_ok=True)
    found = {int(size): measure(int(size), options.runs) for size in options.sizes.split(",")}
    (BUILD / "publishing.json").write_text(json.dumps([_as_json(*one) for one in found.items()], indent=2) + "\n", encoding="utf-8")
    (BUILD / "publishing.md").write_text("\n\n".join(as_text(*one, marked=True) for one in found.items()) + "\n", encoding="utf-8")
    for size, rounds in found.items():
        print(as_text(size, rounds), end="\n\n")
    return 0


def measure(entities: int, runs: int) -> tuple[Round, ...]:
    """A round in which requests are counted, then the timed ones; of a large catalog that round alone."""
    folder = BUILD / f"publishing-{entities}"
    timed = 0 if entities > PATIENCE else runs
    return tuple(_round(folder, entities, counted=number == 0) for number in range(timed + 1))


def _round(folder: Path, entities: int, *, counted: bool) -> Round:
    shutil.rmtree(folder, ignore_errors=True)
    written = write(folder / "catalog", entities)
    (folder / "tmfkit.yaml").write_text(PROJECT, encoding="utf-8")
    _tell(f"measuring: {written}" + (", requests counted" if counted else ""))
    with serving(folder / "server") as server:
        if counted:
            with counting(server.url) as counter:
                found = _steps(folder, server, counter)
        else:
            found = _steps(folder, server, Counted(server.url))
    resources = _published(folder)
    shutil.rmtree(folder)
    return Round(found, resources.total(), pages(resources))


def _steps(folder: Path, server: Server, counter: Counted) -> tuple[Step, ...]:
    def step(name: str, *words: str) -> Step:
        server.forget_peak()
        before = server.cpu()
        client = run([TMFKIT, *words, "local", "--url", counter.url], folder, folder / "log.txt")
        if client.code:
            raise SystemExit(f"{name} ended with {client.code}:\n{(folder / 'log.txt').read_text(encoding='utf-8')}")
        after = server.cpu()
        spent = None if before is None or after is None else after - before
        _tell(f"  {name}: {client.wall:.2f} s")
        return Step(name, client, spent, server.peak_mb(), counter.taken())

    first = (
        step("plan, all new", "plan"),
        step("publish, all new", "publish", "--yes"),
        step("plan, unchanged", "plan"),
        step("drift", "drift"),
    )
    change(folder / "catalog")
    return (*first, step("plan, 1 % changed", "plan"), step("publish, 1 % changed", "publish", "--yes"))


def change(catalog: Path) -> int:
    """Gives one in a hundred entities another description, always the same ones; how many that is."""
    described = re.compile(r"^description:(?:\n  en:)? (?P<text>.*)$", re.MULTILINE)
    files = sorted(path for path in catalog.rglob("*.yaml") if described.search(path.read_text(encoding="utf-8")))[::CHANGED]
    for path in files:
        text = path.read_text(encoding="utf-8")
        path.write_text(described.sub(lambda found: f"{found.group()}, said otherwise", text, count=1), encoding="utf-8")
    return len(files)


def _published(folder: Path) -> Counter[str]:
    """The items that the state knows, by resource."""
    [state] = (folder / "state").glob("*/published.jsonl")
    with state.open(encoding="utf-8") as lines:
        next(lines)
        return Counter(json.loads(line)["item"].rpartition("/")[0] for line in lines)


def pages(resources: Counter[str]) -> int:
    """The requests that listing everything takes; a list without items takes one too."""
    lists = [f"{dialect}/{entry.path}" for dialect in DIALECTS for entry in APIS[dialect].resources]
    return sum(max(1, -(-resources[name] // PAGE)) for name in lists)


def as_text(entities: int, rounds: Sequence[Round], *, marked: bool = False) -> str:
    """The table of one size, in columns or in Markdown."""
    counted, timed = rounds[0], rounds[1:] or rounds
    title = f"{'## ' if marked else ''}{entities:,} entities, {counted.items:,} items, which the server lists on {counted.pages} pages"
    times = f"Medians of {len(timed)} rounds" if len(timed) > 1 else "One round"
    table = (pipes if marked else columns)([_HEAD, *_rows(counted, timed)])
    return f"{title}\n\n{times}, whole processes on {machine()}.\n\n{table}"


def _rows(counted: Round, timed: Sequence[Round]) -> Iterator[tuple[str, ...]]:
    for number, one in enumerate(counted.steps):
        same = [round.steps[number] for round in timed]
        requests = sum(one.requests.values())
        yield (
            one.name,
            f"{median(step.client.wall for step in same):.2f}",
            f"{median(step.client.cpu for step in same):.2f}",
            _median([step.server_cpu for step in same], ".2f"),
            f"{max(step.client.largest_mb for step in same):.0f}",
            _median([step.server_mb for step in same], ".0f"),
            f"{requests:,}",
            f"{requests - one.requests.get('GET', 0):,}",
        )


def _median(values: Sequence[float | None], form: str) -> str:
    known = [value for value in values if value is not None]
    return format(median(known), form) if known else "–"


def _as_json(entities: int, rounds: Sequence[Round]) -> dict[str, Any]:
    return {"entities": entities, "machine": machine(), "rounds": [asdict(one) for one in rounds]}


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
