"""Rules about bundles and about offerings that need or exclude each other."""
