"""What the benchmark of publishing says is what it measured, and what it counts is what was asked."""

from collections import Counter
from pathlib import Path
from urllib.request import urlopen

import pytest

from bench.counting import counting
from bench.measure import Run
from bench.publishing import PAGE, Round, Step, as_text, change, pages
from bench.synthetic import write
from tests.live.servers import serving
from tmfkit.remote.profiles import PROFILES
from tmfkit.tmf.versions import APIS

ENTITIES = 300
LISTS = 13


def a_step(name: str, wall: float, **requests: int) -> Step:
    return Step(name, Run(wall, wall, 50, None, 0), 0.5, 70, requests)


def rounds(*walls: float) -> list[Round]:
    counted = Round((a_step("plan", 99, GET=13, POST=0), a_step("publish", 99, GET=20, POST=1_200)), 1_200, 14)
    return [counted, *(Round((a_step("plan", wall), a_step("publish", wall * 10)), 1_200, 14) for wall in walls)]


def test_one_in_a_hundred_is_changed_and_always_the_same(tmp_path: Path) -> None:
    contents = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        write(folder, ENTITIES)
        before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
        assert change(folder) == 3
        assert len([path for path in before if path.read_bytes() != before[path]]) == 3
        contents.append({path.relative_to(folder): path.read_bytes() for path in before})
    assert contents[0] == contents[1]


@pytest.mark.parametrize(("items", "more"), [(0, 0), (1, 0), (PAGE, 0), (PAGE + 1, 1), (3 * PAGE, 2)])
def test_every_list_takes_a_page_and_a_long_one_more(items: int, more: int) -> None:
    assert pages(Counter({"tmf620-v5/productOffering": items})) == LISTS + more


def test_times_are_those_of_the_rounds_in_which_nothing_was_counted() -> None:
    text = as_text(1_000, rounds(1, 5, 2))
    assert "Medians of 3 rounds" in text
    assert [line.split() for line in text.splitlines() if line.startswith(("plan ", "publish "))] == [
        ["plan", "2.00", "2.00", "0.50", "50", "70", "13", "0"],
        ["publish", "20.00", "20.00", "0.50", "50", "70", "1,220", "1,200"],
    ]


def test_a_large_catalog_has_one_round_alone() -> None:
    text = as_text(10_000, rounds(), marked=True)
    assert "One round" in text
    assert "| plan | 99.00 |" in text


def test_every_request_is_counted_and_passed_on() -> None:
    with serving(PROFILES["embedded"]) as server, counting(server.url) as counter:
        for dialect in server.catalogs:
            with urlopen(counter.url + APIS[dialect].base_path + APIS[dialect].resources[0].path) as answer:
                assert answer.read() == b"[]"
        assert counter.taken() == {"GET": 3}
        assert counter.taken() == {}
        assert len(server.seen) == 3
