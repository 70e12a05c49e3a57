"""Tests of the reporters; `samples` holds the diagnoses they tell."""
