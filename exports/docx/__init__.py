"""Letters as Word files, to finish by hand."""
