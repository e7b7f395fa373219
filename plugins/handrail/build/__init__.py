"""A site before any engine: one record of all that is known of it, and the files that it is made of."""
