"""What an author wrote: a file's bytes become plain data, positions and problems; nothing here knows what a kind is."""
