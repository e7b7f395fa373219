"""Writes the records of a handbook: what readers told the forge, and what other tools export, as rows of ids, digits and days."""
