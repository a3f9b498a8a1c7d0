"""Rules about the layers of the landscape and about who owns what."""
