"""Checks about the program that raised."""
