"""The place where git is hosted: links, forms, and who is asked to review a change."""
