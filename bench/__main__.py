"""`python -m bench`: measures cold runs of tmfkit beside comparable tools, and writes down what it found. It judges nothing."""

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.compare import Row, compare, prepare
from bench.report import Report, as_json, as_markdown, as_text
from bench.synthetic import SMALLEST, Layout
from bench.tools import TMFKIT, Tool, schema_tools, tmfkit_tools, write_schema

BUILD = Path(__file__).resolve().parent.parent / "build" / "bench"


def main(arguments: Sequence[str]) -> int:
    """Measure, print, write `results.json` and `results.md`; 0 when everything could be measured that is there."""
    options = _options(arguments)
    if not Path(TMFKIT).exists():
        print("tmfkit is not installed in this virtual environment: run `make bench`", file=sys.stderr)
        return 4
    report = measure(options.sizes, options.layout, options.runs, options.seed)
    BUILD.mkdir(parents=True, exist_ok=True)
    (BUILD / "results.json").write_text(as_json(report), encoding="utf-8")
    (BUILD / "results.md").write_text(as_markdown(report), encoding="utf-8")
    print(as_text(report))
    print("Written to build/bench/results.json and results.md beside it.")
    return 0


def measure(sizes: Sequence[int], layouts: Sequence[Layout], rounds: int, seed: int) -> Report:
    """All commands on all sizes and layouts."""
    schema = BUILD / "schema.json"
    origin = write_schema(schema)
    others, notes = schema_tools(schema, BUILD)
    tools = [*tmfkit_tools(), *others]
    notes += [
        f"check-jsonschema and ajv-cli check {origin}.",
        "Exit code 1 means findings, a higher one that the command failed: the files in `build/bench/logs` say why.",
    ]
    rows: list[Row] = []
    for layout in layouts:
        fitting = [tool for tool in tools if layout == "file" or tool.many_documents]
        notes += [f"{tool.name} reads one document a file only." for tool in tools if tool not in fitting]
        for size in sizes:
            rows += _rows([tool for tool in fitting if size <= tool.largest], size, layout, rounds, seed)
            notes += [
                f"{tool.name} is not run above {tool.largest:,} entities: it would take minutes." for tool in fitting if size > tool.largest
            ]
    return Report(tuple(rows), tuple(dict.fromkeys(notes)))


def _rows(tools: Sequence[Tool], size: int, layout: Layout, rounds: int, seed: int) -> list[Row]:
    project = BUILD / f"project-{size}-{layout}"
    _tell(f"writing {size:,} entities ...")
    catalog = prepare(project, size, layout, seed)
    _tell(f"measuring: {catalog}")
    rows = list(compare(tools, project, catalog, layout, rounds, _tell))
    shutil.rmtree(project)
    return rows


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure tmfkit beside comparable tools on a synthetic catalog.")
    parser.add_argument("--sizes", type=_sizes, default=[1_000, 10_000, 100_000], help="numbers of entities, as in 1000,10000")
    parser.add_argument("--runs", type=_positive, default=3, help="timed runs of each command (default 3); one more watches the memory")
    parser.add_argument(
        "--layout", choices=("file", "fifty", "both"), default="file", help="entities a file: one (default), fifty, or each in turn"
    )
    parser.add_argument("--seed", type=int, default=1, help="another seed, another catalog")
    parser.add_argument("--quick", action="store_true", help="one timed run of 1,000 entities")
    options = parser.parse_args(arguments)
    options.layout = ["file", "fifty"] if options.layout == "both" else [options.layout]
    if options.quick:
        options.sizes, options.runs = [1_000], 1
    return options


def _sizes(text: str) -> list[int]:
    sizes = sorted({int(part.replace("_", "")) for part in text.split(",")})
    if sizes[0] < SMALLEST:
        raise argparse.ArgumentTypeError(f"a synthetic catalog has at least {SMALLEST} entities")
    return sizes


def _positive(text: str) -> int:
    if int(text) < 1:
        raise argparse.ArgumentTypeError("at least one run is needed")
    return int(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
