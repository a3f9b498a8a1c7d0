"""What a change of a catalog may not do: rules about its history, and breaking changes that nobody accepted."""
