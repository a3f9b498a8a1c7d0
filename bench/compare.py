"""Runs every command on the same catalog in turn, so that a machine that slows down slows all of them."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.measure import Run, run
from bench.synthetic import Layout, Written, write
from bench.tools import Tool

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One command on one catalog: its timed runs, and the run in which its memory was watched."""

    tool: Tool
    catalog: Written
    layout: Layout
    runs: tuple[Run, ...]
    memory: Run

    @property
    def wall(self) -> float:
        """Median seconds from start to end."""
        return median(one.wall for one in self.runs)

    @property
    def cpu(self) -> float:
        """Median seconds of processor time, all processes together."""
        return median(one.cpu for one in self.runs)

    @property
    def largest_mb(self) -> float:
        """Peak memory of the largest single process in any run, in megabytes."""
        return max(one.largest_mb for one in (*self.runs, self.memory))

    @property
    def code(self) -> int:
        """The highest exit code of the timed runs: 1 says findings, more says that a run failed."""
        return max((one.code for one in self.runs), key=abs)

    @property
    def finished(self) -> bool:
        """Whether the command did its work, with findings or without: a time to failure is no measurement."""
        return self.code in (0, 1)

    def as_json(self) -> dict[str, Any]:
        """All figures, for those who compare releases."""
        return {
            "tool": self.tool.name,
            "does": self.tool.does,
            "layout": self.layout,
            "catalog": asdict(self.catalog),
            "wallMedian": self.wall,
            "cpuMedian": self.cpu,
            "largestProcessMB": self.largest_mb,
            "allProcessesMB": self.memory.together_mb,
            "exitCode": self.code,
            "runs": [asdict(one) for one in self.runs],
        }


def prepare(project: Path, entities: int, layout: Layout, seed: int) -> Written:
    """A project with a synthetic catalog and nothing else."""
    shutil.rmtree(project, ignore_errors=True)
    written = write(project / "catalog", entities, layout, seed)
    (project / "tmfkit.yaml").write_text("catalog: catalog\n", encoding="utf-8")
    return written


def compare(tools: Sequence[Tool], project: Path, catalog: Written, layout: Layout, rounds: int, tell: Tell) -> Iterator[Row]:
    """A first round in which memory is watched and files get warm, then the timed rounds, each command in turn."""
    logs = project.parent / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    commands = {tool.name: tool.command(project) for tool in tools}
    memory: dict[str, Run] = {}
    timed: dict[str, list[Run]] = {tool.name: [] for tool in tools}
    for number in range(rounds + 1):
        for tool in tools:
            hurried = catalog.entities > tool.patience
            if hurried and number > 0:
                continue
            cool(project)
            log = logs / f"{tool.name.replace(' ', '-').replace(',', '')}-{catalog.entities}-{layout}.txt"
            found = run(commands[tool.name], project, log, watch_memory=number == 0)
            memory.setdefault(tool.name, found)
            if number > 0 or hurried:
                timed[tool.name].append(found)
            tell(f"  {tool.name}: {found.wall:.2f} s" + (" (memory watched)" if number == 0 else ""))
    cool(project)
    for tool in tools:
        yield Row(tool, catalog, layout, tuple(timed[tool.name]), memory[tool.name])


def cool(project: Path) -> None:
    """Remove whatever a run left behind, caches too: every run begins with the catalog alone."""
    for path in project.iterdir():
        if path.name in ("catalog", "tmfkit.yaml"):
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def paired(row: Row, base: Row) -> float:
    """How many times as long as `base` a command takes: the median over the rounds, or of medians where it ran only once."""
    if len(row.runs) == len(base.runs):
        return median(mine.wall / other.wall for mine, other in zip(row.runs, base.runs, strict=True))
    return row.wall / base.wall
