"""Hand-written reads that fill read models in few statements."""
