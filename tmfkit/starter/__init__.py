"""What `tmfkit init` hands out: a catalog that builds, and around it what a new repository needs."""
