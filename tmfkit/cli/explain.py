"""`tmfkit explain`: what a code means, where an entity's values come from, and why something cannot be ordered."""

from pathlib import Path
from typing import Annotated

import typer

from tmfkit.cli.house import show_page
from tmfkit.cli.naming import NameArgument, catalog_of, entity_called, known_code
from tmfkit.cli.options import Format, PlainFormat, PlainFormatOption, ProjectOption, coloured, opened
from tmfkit.cli.situation import ChannelOption, ChooseOption, DayOption, PlaceOption, SegmentOption, TermOption, situation_of

NOT_ORDERABLE = 5
SOLD = "ProductOffering"

Orderable = Annotated[bool, typer.Option("--orderable", help="Can an offering be ordered? Tells everything that stands in the way.")]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="With --orderable: end with 5 when it cannot be ordered.")]


def explain(
    name: NameArgument,
    project: ProjectOption = Path(),
    form: PlainFormatOption = PlainFormat.TEXT,
    orderable: Orderable = False,
    on: DayOption = None,
    channel: ChannelOption = None,
    segment: SegmentOption = None,
    place: PlaceOption = None,
    term: TermOption = None,
    choose: ChooseOption = [],  # noqa: B006
    exit_code: ExitCode = False,
) -> None:
    """Explain a code, or an entity: its values and where each is written, who uses it, what it is made of, its prices.

    Example: tmfkit explain fibre-home --orderable --channel webshop --on 2026-12-01
    """
    from tmfkit.semantics.orderable import orderable as answer_to
    from tmfkit.views import code_page, explain_json, explain_text, orderable_text
    from tmfkit.views.explain import explanation

    is_text, colour = form is PlainFormat.TEXT, coloured()
    if code := known_code(name):
        print(code_page.as_text(code) if is_text else explain_json.code(code))
        return
    opened_project = opened(project, Format(form))
    if show_page(name, opened_project, text=is_text):
        return
    catalog = catalog_of(opened_project)
    key = entity_called(name, catalog, SOLD if orderable else "")
    situation = situation_of(on, {"channel": channel, "segment": segment, "place": place, "term": term}, choose, catalog)
    if not orderable:
        found = explanation(key, catalog, situation)
        print(explain_text.as_text(found, colour=colour) if is_text else explain_json.entity(found))
        return
    if key.kind != SOLD:
        raise typer.BadParameter(f"`{name}` is a {key.kind}; only a {SOLD} can be ordered")
    answer = answer_to(key, catalog, situation)
    arguments = (key, answer, situation, catalog)
    print(orderable_text.as_text(*arguments, colour=colour) if is_text else explain_json.answer(*arguments))
    raise typer.Exit(NOT_ORDERABLE if exit_code and not answer.can_be_ordered else 0)
