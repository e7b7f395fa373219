"""Handrail: a company's handbook as Markdown in git, read, related, judged and published."""

__version__ = "0.1.0"
