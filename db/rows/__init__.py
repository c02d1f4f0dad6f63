"""Table definitions; they never leave db/."""
