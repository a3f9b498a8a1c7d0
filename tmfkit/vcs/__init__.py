"""What git knows of a project: its revisions, and the files as they stood in one of them."""
