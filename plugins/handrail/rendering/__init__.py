"""What a reader sees of a text: Markdown made into HTML without any engine, made harmless, and compared."""
