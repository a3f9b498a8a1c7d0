"""Measures tmfkit beside comparable tools, and what publishing takes, on a synthetic catalog; run it with `make bench`."""
