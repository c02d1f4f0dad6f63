"""The encrypted file: keys, connection, rows, repositories, trail, backup."""
