"""The pages that Handrail makes: one module a page, and the list of them all."""
