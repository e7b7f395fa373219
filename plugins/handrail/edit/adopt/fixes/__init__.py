"""Edits of pages that a program may make: one kind a module, each where it is sure, and nothing else of a page changes."""
