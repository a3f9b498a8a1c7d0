"""From the text of files to declarations of entities."""
