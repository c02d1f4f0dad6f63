"""Signed PDFs: reading, comparing with the printed original, making. Only here is pyHanko used."""
