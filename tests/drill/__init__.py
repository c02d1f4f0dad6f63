"""The fault drill: faults by the hundred, and a table of what became of each."""
