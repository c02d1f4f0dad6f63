"""Windows, pages and widgets; knows app/ only."""
