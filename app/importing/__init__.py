"""Reading other people's tables: checks as pure functions over a raw table of cells."""
