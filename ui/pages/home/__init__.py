"""Bàn làm việc."""
