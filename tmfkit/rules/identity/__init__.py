"""Rules about names, ids and words: what people and systems call things by."""
