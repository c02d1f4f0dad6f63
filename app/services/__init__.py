"""One use case a file: authorise, rule, write, trail, result."""
