"""Điểm danh."""
