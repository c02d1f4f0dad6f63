"""Bags, drives, parity, verifier."""
