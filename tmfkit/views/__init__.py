"""Turns what tmfkit knows into text for people and machines; returns it and prints nothing."""
