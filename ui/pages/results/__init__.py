"""Tổng kết."""
