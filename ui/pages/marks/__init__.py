"""Sổ điểm: the page of one class and subject."""
