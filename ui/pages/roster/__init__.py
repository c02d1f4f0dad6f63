"""Danh sách lớp and its import from Excel."""
