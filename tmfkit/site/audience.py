"""Who the site is for: the table of audiences, which the settings of a project may change."""

from tmfkit.model.audience import AUDIENCES as AUDIENCES
from tmfkit.model.audience import EVERYBODY as EVERYBODY
from tmfkit.model.audience import Audience as Audience
from tmfkit.model.audience import Section as Section
from tmfkit.model.audience import SiteSettings as SiteSettings
