"""Quản trị: the school, its year and classes, people, posts, backups."""
