"""Frozen dataclasses and pure rules, one concept a file."""
