"""One circular a file; nothing outside asks which circular applies."""
