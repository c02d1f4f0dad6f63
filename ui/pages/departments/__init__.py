"""Tổ chuyên môn."""
