"""Fixtures other tests build on."""
