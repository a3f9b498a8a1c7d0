"""The page about the architecture names every room of the house, and every layer in its order."""

import tomllib

from tests.architecture.sources import ROOT, tool_sources

PAGE = (ROOT / "docs/explanation/architecture.md").read_text(encoding="utf-8")


def rooms() -> set[str]:
    """The packages and modules directly below `tmfkit/`, as the page writes them."""
    paths = (source.path.relative_to("tmfkit") for source in tool_sources())
    return {f"`{path.parts[0]}/`" if len(path.parts) > 1 else f"`{path}`" for path in paths} - {"`__init__.py`"}


def test_every_room_is_on_the_page() -> None:
    assert sorted(room for room in rooms() if room not in PAGE) == []


def test_the_layers_are_those_of_the_contract() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]
    names = {room.strip("`").removesuffix("/").removesuffix(".py") for room in rooms()}
    built = [[room for part in layer.split("|") if (room := part.strip(" ()")) in names] for layer in contract["layers"]]
    drawn = next(block for block in PAGE.split("```") if block.startswith("text\n")).splitlines()[1:]
    shown = [sorted(line.split("  ")[0].split(" | ")) for line in drawn if line.strip()]
    assert shown == [sorted(layer) for layer in built if layer]
