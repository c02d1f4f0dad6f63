"""One aggregate a file; row to dataclass happens here."""
