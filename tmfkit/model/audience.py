"""Who a site is for, and what of the catalog they are shown: a table in `tmfkit.yaml`, with four audiences to begin with."""

from enum import StrEnum

from pydantic import Field

from tmfkit.model.base import Many, Part
from tmfkit.model.values import Text


class Section(StrEnum):
    """What a site can show."""

    OFFERINGS = "offerings"
    PRICES = "prices"
    ACCOUNTING = "accounting"
    SPECIFICATIONS = "specifications"
    DECOMPOSITION = "decomposition"
    SERVICES = "services"
    RESOURCES = "resources"
    SYSTEMS = "systems"
    PAYLOADS = "payloads"
    SOURCE = "source"


class Audience(Part):
    """What one audience is shown, and in which states of their life offerings have to be for it; all where nothing is written."""

    shows: Many[Section] = tuple(Section)
    lifecycle: Many[Text] = ()


_SELLING = (Section.OFFERINGS, Section.PRICES, Section.SPECIFICATIONS)

AUDIENCES = {
    "sales": Audience.model_construct(shows=_SELLING, lifecycle=("Active", "Launched")),
    "care": Audience.model_construct(
        shows=(*_SELLING, Section.DECOMPOSITION, Section.SERVICES), lifecycle=("Active", "Launched", "Retired")
    ),
    "network": Audience.model_construct(
        shows=(
            Section.OFFERINGS,
            Section.SPECIFICATIONS,
            Section.DECOMPOSITION,
            Section.SERVICES,
            Section.RESOURCES,
            Section.SYSTEMS,
            Section.SOURCE,
        )
    ),
    "finance": Audience.model_construct(shows=(Section.OFFERINGS, Section.PRICES, Section.ACCOUNTING, Section.SYSTEMS, Section.SOURCE)),
}
"""The audiences that every project has unless it writes others of the same names."""

EVERYBODY = Audience()


class SiteSettings(Part):
    """The part of `tmfkit.yaml` that is about the site. `source` is an address of the sources with `{file}` and `{line}`."""

    name: Text | None = None
    source: Text | None = None
    audiences: dict[str, Audience] = Field(default_factory=dict)

    def audience(self, name: str | None) -> Audience | None:
        """An audience by its name; everybody for None, and None for a name that nobody gave."""
        if name is None:
            return EVERYBODY
        return self.audiences.get(name) or AUDIENCES.get(name)

    @property
    def names(self) -> list[str]:
        """The names of all audiences."""
        return sorted({*AUDIENCES, *self.audiences})
