"""Frozen views for one screen or one book."""
