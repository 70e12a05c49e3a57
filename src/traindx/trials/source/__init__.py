"""The change as a diff of the user's own file."""
