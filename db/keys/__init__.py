"""The keyfile beside the database: who may open it, and the keys they sign with."""
