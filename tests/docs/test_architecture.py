"""The page about the architecture names every room of the house, and every layer in its order."""

import tomllib

from tests.architecture.sources import ROOT, project_files

PAGE = (ROOT / "docs/explanation/architecture.md").read_text(encoding="utf-8")


def rooms() -> set[str]:
    """The packages and modules directly below `tmfkit/`, as the page writes them."""
    paths = [path.relative_to(ROOT / "tmfkit") for path in project_files() if path.suffix == ".py" and path.is_relative_to(ROOT / "tmfkit")]
    return {f"`{path.parts[0]}/`" if len(path.parts) > 1 else f"`{path}`" for path in paths} - {"`__init__.py`"}


def test_every_room_is_on_the_page() -> None:
    assert sorted(room for room in rooms() if room not in PAGE) == []


def test_the_layers_are_those_of_the_contract() -> None:
    """Rooms that the contract foresees and nobody has built yet may be left out of the drawing."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]
    foreseen = [{part.strip(" ()") for part in layer.split("|")} for layer in contract["layers"]]
    drawing = next(block for block in PAGE.split("```") if block.startswith("text\n")).splitlines()[1:]
    drawn = [set(line.split("  ")[0].split(" | ")) for line in drawing if line.strip()]
    assert [layer for layer in drawn if not any(layer <= row for row in foreseen)] == []
    built = {room.strip("`").removesuffix("/").removesuffix(".py") for room in rooms()}
    assert [layer & built for layer in drawn if layer & built] == [row & built for row in foreseen if row & built]
