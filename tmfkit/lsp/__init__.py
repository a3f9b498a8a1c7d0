"""The language server: what editors show of a catalog while somebody types."""
