"""Statutory wording and column geometry, a module a form."""
