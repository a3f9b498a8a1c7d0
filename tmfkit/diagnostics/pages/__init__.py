"""The pages of the findings that are no rule's: what is wrong, why that matters, and an example that fails where one can be written.

The block behind `Fails:` is a catalog, unless its first line names the file that it is. The pages of rules are the docstrings of
their files.
"""

from collections.abc import Mapping
from types import MappingProxyType

from tmfkit.diagnostics.pages.comparisons import COMPARED
from tmfkit.diagnostics.pages.history import HISTORY
from tmfkit.diagnostics.pages.linking import LINKING, UNSAID
from tmfkit.diagnostics.pages.projections import GENERATORS
from tmfkit.diagnostics.pages.reading import READING

PAGES: Mapping[str, str] = MappingProxyType({**READING, **LINKING, **UNSAID, **GENERATORS, **COMPARED, **HISTORY})
"""The page of each code that is no rule's."""
