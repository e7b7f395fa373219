"""Handrail beside other plugins and themes: what each needs, tried on the example with pages withheld."""
