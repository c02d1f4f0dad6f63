"""The grid of điểm danh: pupils and days."""
