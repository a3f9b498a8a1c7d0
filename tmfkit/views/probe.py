"""What a probe found out about the catalog servers of a target, for people and for scripts."""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from tmfkit.remote.experiments import Trait
from tmfkit.remote.probe import Fit, Probed
from tmfkit.tmf.profile import Profile
from tmfkit.views.columns import columns


def as_text(found: Sequence[Probed]) -> str:
    """A verdict and what it rests on, for each API."""
    return "\n\n".join("\n".join(_api(one)) for one in found)


def _api(one: Probed) -> Iterator[str]:
    yield _verdict(one)
    nearest = one.fits[0]
    facts = [
        (_label(trait.name), trait.fact + (_instead(nearest.profile, trait) if trait in nearest.differs else "")) for trait in one.traits
    ]
    yield from columns([*facts, *([("not seen", ", ".join(map(_label, one.unseen)))] if one.unseen else ())])
    if advice := _advice(one):
        yield f"  {advice}"
    for reason in one.broken:
        yield f"  an experiment did not come to an end: {reason}"
    for name in one.leftovers:
        yield f"  left there, remove it by hand: {name}"


def _verdict(one: Probed) -> str:
    if one.fitting:
        return f"{one.title} fits " + " and ".join(f"`{row.name}`: {row.title}" for row in one.fitting)
    if not one.enough:
        return f"{one.title} let too little be seen to name a profile"
    return f"{one.title} fits no profile; `{one.fits[0].profile.name}` is the nearest: {one.fits[0].profile.title}"


def _advice(one: Probed) -> str:
    """What to write in `tmfkit.yaml`; nothing where it stands there."""
    if not one.enough:
        return ""
    if not one.expected.differs:
        return f"tmfkit.yaml says so too for {one.dialect}"
    best = (one.fitting or (one.fits[0].profile,))[0]
    if best.name == one.configured.name:
        return f"tmfkit.yaml says `{best.name}` for {one.dialect}: tell whoever runs the server what differs, or publish with care"
    return f"tmfkit.yaml says `{one.configured.name}` for {one.dialect}: write `profile: {best.name}` there"


def _instead(row: Profile, trait: Trait) -> str:
    return f"; `{row.name}` says: {_word(getattr(row, trait.name))}"


def _label(name: str) -> str:
    return name.replace("_", " ")


def _word(value: Any) -> str:
    """A value of a column of the table of servers, as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


def as_json(found: Sequence[Probed]) -> str:
    """The same as data: one object for each API."""
    return orjson.dumps([_object(one) for one in found], option=orjson.OPT_INDENT_2).decode()


def _object(one: Probed) -> dict[str, Any]:
    return {
        "dialect": one.dialect,
        "title": one.title,
        "configured": one.configured.name,
        "enough": one.enough,
        "fits": [row.name for row in one.fitting],
        "nearest": _fit(one.fits[0]),
        "differs": [_trait(trait, one.configured) for trait in one.expected.differs],
        "traits": [{"name": trait.name, "value": trait.value, "fact": trait.fact} for trait in one.traits],
        "unseen": list(one.unseen),
        "broken": list(one.broken),
        "leftovers": list(one.leftovers),
    }


def _fit(fit: Fit) -> dict[str, Any]:
    return {"profile": fit.profile.name, "differs": [_trait(trait, fit.profile) for trait in fit.differs]}


def _trait(trait: Trait, profile: Profile) -> dict[str, Any]:
    return {"name": trait.name, "value": trait.value, "profile": getattr(profile, trait.name)}
