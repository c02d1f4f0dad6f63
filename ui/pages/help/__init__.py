"""Trợ giúp: the manual, a chapter a screen."""
