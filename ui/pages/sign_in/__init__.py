"""Mời thầy cô vào sổ."""
