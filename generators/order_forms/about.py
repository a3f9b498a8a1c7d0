"""What an order form says of its offering for those who see the whole order: dates, terms, and what goes with it."""

from collections.abc import Iterable
from typing import Any

from tmfkit.api import External, Form, Relation, length_of


def about(form: Form) -> dict[str, Any]:
    """The metadata of a form as far as they take more than a look at the offering."""
    offering = form.offering
    return {
        "name": dict(form.title.texts),
        "begins": _date(offering.valid_for.from_),
        "ends": _date(offering.valid_for.until),
        "categories": [_id(category) for category in offering.categories],
        "terms": {name: _term(name, form) for name in form.terms},
        "requires": _related(offering.requires),
        "excludes": _related(offering.excludes),
        "replaces": _related(offering.replaces),
    }


def _term(name: str, form: Form) -> dict[str, Any]:
    term, length = form.terms[name], length_of(name, form)
    said: dict[str, Any] = {"name": dict(form.speech.plain(form.term_label(name)).texts)}
    if length is not None:
        said["commitment" if term.commitment else "lasts"] = {"amount": length[0], "units": length[1]}
    return {**said, **({"renews": term.renews} if term.renews else {}), "offered": name not in form.ended_terms}


def _related(relations: Iterable[Relation]) -> list[dict[str, Any]]:
    dates = (("from", "from_"), ("until", "until"))
    return [
        {"offering": _id(one.offering), **{name: date for name, field in dates if (date := _date(getattr(one, field)))}}
        for one in relations
    ]


def _id(target: str | External) -> str:
    return target.external if isinstance(target, External) else target


def _date(moment: Any) -> str | None:
    return None if moment is None else str(moment.isoformat())
