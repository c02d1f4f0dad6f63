"""Reading what is left of a damaged file, page by page, without the database engine."""
