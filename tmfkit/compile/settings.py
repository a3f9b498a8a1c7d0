"""What the compiler needs to know besides the catalog."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Settings:
    """The release that payloads are stamped with (`date` becomes `lastUpdate`), and the zone in which a date begins at midnight."""

    release: str
    date: datetime
    zone: ZoneInfo
