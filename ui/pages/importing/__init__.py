"""What the import wizards share: the frame, the column table, the list of problems."""
