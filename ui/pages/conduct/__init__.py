"""Rèn luyện."""
