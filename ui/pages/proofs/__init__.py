"""Kiểm dò: who reads which sheet, the check screen, remarks and their answers."""
