"""A package a screen: page (layout) and presenter (decisions)."""
