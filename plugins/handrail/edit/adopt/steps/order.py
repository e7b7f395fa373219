"""The steps of `handrail adopt`, by the names that the command line knows."""

from __future__ import annotations

from handrail.edit.adopt.steps.departments import DEPARTMENTS
from handrail.edit.adopt.steps.keys import KEYS
from handrail.edit.adopt.steps.owners import OWNERS
from handrail.edit.adopt.steps.people import PEOPLE
from handrail.edit.adopt.steps.plans import PLANS
from handrail.edit.adopt.steps.procedures import PROCEDURES
from handrail.edit.adopt.steps.reviews import REVIEWS
from handrail.edit.adopt.steps.serves import SERVES
from handrail.edit.adopt.steps.step import Step

STEPS: tuple[Step, ...] = (DEPARTMENTS, PEOPLE, PLANS, PROCEDURES, SERVES, KEYS, OWNERS, REVIEWS)
"""In the order in which they are best taken."""
