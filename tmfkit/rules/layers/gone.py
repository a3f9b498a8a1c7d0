"""A controller is still there.

A service whose controller is Retired, Obsolete or Rejected is sent to a system that has been switched off.

Fails:
```yaml
kind: System
id: pstn
name: Exchanges
role: legacy-adapter
lifecycle: Retired
---
kind: ResourceFacingServiceSpecification
id: line
name: Line
controller: pstn
```

Passes:
```yaml
kind: System
id: pstn
name: Exchanges
role: legacy-adapter
lifecycle: Active
---
kind: ResourceFacingServiceSpecification
id: line
name: Line
controller: pstn
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Key
from tmfkit.model.landscape import System
from tmfkit.model.services import ResourceFacingServiceSpecification
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.semantics.reach import OFF_SALE


def check(service: ResourceFacingServiceSpecification, catalog: Catalog) -> Iterator[Finding]:
    """A service in use under a system that is gone."""
    target = service.controller if isinstance(service.controller, str) else ""
    summary = catalog.summaries.get(Key(System.KIND, target))
    if summary is not None and summary.lifecycle in OFF_SALE and service.lifecycle not in OFF_SALE:
        place = Place(f"it is {summary.lifecycle} here", summary.key, ("lifecycle",))
        message = f"`{target}` is {summary.lifecycle} and still controls `{service.id}`"
        yield Finding(("controller",), message, "name the system that took over, or retire the service", related=(place,))


RULE = NeighbourRule("TK613", "controller-in-use", (ResourceFacingServiceSpecification,), check, Severity.WARNING)
