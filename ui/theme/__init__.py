"""Colours, type and measures of the screen."""
