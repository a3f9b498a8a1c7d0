"""What differs between two states of a catalog, how grave that is, and whom and what it reaches."""
