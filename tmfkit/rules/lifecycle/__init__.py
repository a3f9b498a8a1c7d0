"""Rules about the life of entities and about dates."""
