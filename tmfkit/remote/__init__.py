"""Catalog APIs of others: reached over HTTP, or standing in memory for tests and trials."""
