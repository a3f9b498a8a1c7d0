"""What operators write: the entities of the authoring language, frozen and typed."""
