"""How fast a large handbook is checked and built, as ratios of whole commands that run in turn on one machine."""
