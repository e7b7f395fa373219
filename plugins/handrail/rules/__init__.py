"""What is wrong with a handbook: a module a family (or a theme of it), a function a rule, and the registry of them all."""
