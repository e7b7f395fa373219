"""Begins with a handbook that is there already: what it is, which settings let it in, and the edits that a program may make."""
