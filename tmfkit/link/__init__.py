"""Puts the declarations of a catalog together: inheritance, references, circles."""
