"""One picture per file; each answers one question, which stands above it."""
