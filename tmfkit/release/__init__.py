"""Writes what a release consists of: payloads for catalog APIs, configuration for all other systems."""
