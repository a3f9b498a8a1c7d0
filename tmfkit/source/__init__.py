"""The text that operators write: files, places in them, and the plain data that they hold."""
