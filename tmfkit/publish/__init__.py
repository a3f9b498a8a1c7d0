"""Brings the catalog APIs of a target to what the catalog says, and remembers what it did there."""
