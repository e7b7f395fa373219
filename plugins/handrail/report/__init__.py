"""What was found, said to a person or a program: one module a format, their registry, and tables."""
