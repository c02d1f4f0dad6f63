"""The mark grid: two views over one model, header, keyboard, selection bar."""
