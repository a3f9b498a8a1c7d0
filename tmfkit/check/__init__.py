"""Runs the rules over a catalog and says where their findings stand."""
