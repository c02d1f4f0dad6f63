"""Niêm phong."""
