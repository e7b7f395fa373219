"""How the handbook became what it is: the only code that runs git."""
