"""Checks about evaluation."""
