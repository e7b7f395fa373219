"""The only code that changes `content/`: every write is whole or not at all, and never over someone's file."""
