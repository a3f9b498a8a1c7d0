"""Measures tmfkit beside comparable tools on a synthetic catalog; run it with `make bench`."""
