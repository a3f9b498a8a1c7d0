"""The tables of the embedded catalog: one row for each version of each item, the same on SQLite and PostgreSQL."""

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

SCHEMA = 1
"""Grows when tables change in a way that an older tmfkit cannot use."""

ID, VERSION, LABEL = 255, 100, 255
"""The most characters of an id, a version, and of a name or state as far as it is looked up by."""

Place = BigInteger().with_variant(Integer, "sqlite")
"""A number that the database gives and never gives again."""

metadata = MetaData()

schema = Table("tmfkit_schema", metadata, Column("version", Integer, primary_key=True, autoincrement=False))

items = Table(
    "tmfkit_items",
    metadata,
    Column("place", Place, primary_key=True, autoincrement=True),
    Column("dialect", String(16), nullable=False),
    Column("resource", String(64), nullable=False),
    Column("id", String(ID), nullable=False),
    Column("version", String(VERSION), nullable=False),
    Column("name", String(LABEL), nullable=False),
    Column("status", String(LABEL), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("dialect", "resource", "id", "version", name="tmfkit_items_identity"),
    Index("tmfkit_items_order", "dialect", "resource", "place"),
    Index("tmfkit_items_name", "dialect", "resource", "name"),
    Index("tmfkit_items_status", "dialect", "resource", "status"),
    sqlite_autoincrement=True,
)
"""`place` is the order in which items were made; `name` and `status` are cut to `LABEL`, the whole is in the body."""
