"""Tests of the circulars."""
