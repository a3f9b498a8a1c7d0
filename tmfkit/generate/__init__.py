"""Makes the configuration of other systems from the catalog: finds generators, runs them, stamps and judges what they make."""
