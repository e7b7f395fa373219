"""What finds what: the words of a text, the finder's index, and the order in which it answers."""
