"""PDF/A canvas, fonts and the grid layer."""
