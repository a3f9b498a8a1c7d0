"""`python -m bench.site`: how long the documentation site of a synthetic catalog takes, and how large it is. It judges nothing."""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import TypedDict

from bench.synthetic import SMALLEST, write
from bench.tools import TMFKIT

BUILD = Path(__file__).resolve().parent.parent / "build" / "bench"


class Measured(TypedDict):
    """What one size turned out to be; seconds of the clock on the wall, and bytes."""

    entities: int
    pages: int
    seconds_pages: float
    seconds_all: float
    bytes_all: int
    largest_page: str
    bytes_largest_page: int
    bytes_search: int


def main(arguments: Sequence[str]) -> int:
    """Measure each size, print a line for it, write `build/bench/site.json`."""
    parser = argparse.ArgumentParser(prog="python -m bench.site", description=__doc__)
    parser.add_argument("--sizes", default="300,1000,5000", help=f"numbers of entities, at least {SMALLEST} (default: %(default)s)")
    parser.add_argument("--builder", default="mkdocs", help="mkdocs or zensical")
    options = parser.parse_args(arguments)
    found = [measure(int(size), options.builder) for size in options.sizes.split(",")]
    BUILD.mkdir(parents=True, exist_ok=True)
    (BUILD / f"site-{options.builder}.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 0


def measure(entities: int, builder: str) -> Measured:
    """Builds the site of one catalog twice: only its Markdown, then all of it."""
    project = BUILD / f"site-{entities}-{builder}"
    shutil.rmtree(project, ignore_errors=True)
    write(project / "catalog", entities)
    (project / "tmfkit.yaml").write_text("catalog: catalog\n", encoding="utf-8")
    seconds_pages = _seconds(project, "--pages-only")
    seconds_all = _seconds(project, "--builder", builder)
    files = {path: path.stat().st_size for path in (project / "site").rglob("*") if path.is_file()}
    pages = {path: size for path, size in files.items() if path.suffix == ".html"}
    largest = max(pages, key=lambda path: (pages[path], path))
    result = Measured(
        entities=entities,
        pages=len(pages),
        seconds_pages=round(seconds_pages, 1),
        seconds_all=round(seconds_all, 1),
        bytes_all=sum(files.values()),
        largest_page=largest.relative_to(project / "site").as_posix(),
        bytes_largest_page=pages[largest],
        bytes_search=next((size for path, size in files.items() if path.name in ("search_index.json", "search.json")), 0),
    )
    shutil.rmtree(project)
    print(_line(result), flush=True)
    return result


def _seconds(project: Path, *options: str) -> float:
    started = perf_counter()
    done = subprocess.run([str(TMFKIT), "docs", *options], cwd=project, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return perf_counter() - started


def _line(one: Measured) -> str:
    return (
        f"{one['entities']:>6,} entities: {one['pages']:>6,} pages, Markdown in {one['seconds_pages']} s, "
        f"everything in {one['seconds_all']} s, "
        f"{one['bytes_all'] / 1e6:.1f} MB; largest page {one['bytes_largest_page'] / 1e3:.0f} kB ({one['largest_page']}), "
        f"search {one['bytes_search'] / 1e6:.2f} MB"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
