"""The command line: the same services as the windows, no display needed."""
