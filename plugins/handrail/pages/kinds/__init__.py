"""The views of pages by their kind: one module a kind."""
