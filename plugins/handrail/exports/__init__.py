"""What is handed to other tools: files that a forge, a calendar or an editor reads."""
