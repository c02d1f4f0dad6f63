"""Nhập bảng điểm từ Excel into an open sheet."""
