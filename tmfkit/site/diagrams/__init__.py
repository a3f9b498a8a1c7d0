"""Pictures of the catalog, drawn while the site is built: what bundles hold, what products are made of, when things hold, who does what."""

from tmfkit.site.diagrams.bundles import bundle
from tmfkit.site.diagrams.decomposed import decomposition, picture
from tmfkit.site.diagrams.systems import landscape
from tmfkit.site.diagrams.timelines import timeline

__all__ = ("bundle", "decomposition", "landscape", "picture", "timeline")
