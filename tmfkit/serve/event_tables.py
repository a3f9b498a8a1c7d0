"""The tables of what happens behind the answers: who listens, what is still to be told to them, and the jobs."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from tmfkit.serve.tables import ID, Place, metadata

HOLDER = 64
"""The most characters of the name of a worker."""

hubs = Table(
    "tmfkit_hubs",
    metadata,
    Column("place", Place, primary_key=True, autoincrement=True),
    Column("id", String(ID), nullable=False, unique=True),
    Column("dialect", String(16), nullable=False),
    Column("callback", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("print", String(64), nullable=False, unique=True),
    Column("failures", Integer, nullable=False),
    Column("due", Float(53), nullable=False),
    Column("holder", String(HOLDER), nullable=False),
    Column("held_until", Float(53), nullable=False),
    Index("tmfkit_hubs_dialect", "dialect"),
    sqlite_autoincrement=True,
)
"""Listeners. `print` tells two of them apart by what they ask for, `failures` are those since the last event that was taken; until
`held_until` only the worker `holder` sends. Moments are seconds since 1970."""

deliveries = Table(
    "tmfkit_deliveries",
    metadata,
    Column("place", Place, primary_key=True, autoincrement=True),
    Column("hub", ForeignKey(hubs.c.place, ondelete="CASCADE"), nullable=False),
    Column("type", String(ID), nullable=False),
    Column("event", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("dead", Boolean(create_constraint=False), nullable=False),
    Column("error", Text, nullable=False),
    Index("tmfkit_deliveries_order", "hub", "dead", "place"),
    sqlite_autoincrement=True,
)
"""What one listener is still to be told, in the order of `place`; `dead` are those that nobody tries any more."""

jobs = Table(
    "tmfkit_jobs",
    metadata,
    Column("place", Place, primary_key=True, autoincrement=True),
    Column("id", String(ID), nullable=False),
    Column("dialect", String(16), nullable=False),
    Column("resource", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("done", Boolean(create_constraint=False), nullable=False),
    Column("content", Text),
    Column("holder", String(HOLDER), nullable=False),
    Column("held_until", Float(53), nullable=False),
    Index("tmfkit_jobs_identity", "dialect", "resource", "id", unique=True),
    Index("tmfkit_jobs_waiting", "done", "place"),
    sqlite_autoincrement=True,
)
"""Import and export jobs: `body` as it is answered, but for the address; `content` is what an export made and this server keeps."""
