"""Plans and their lines: a VPMOM's identity is its line, kept over the years, and its period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handrail.model.dates import Period
from handrail.model.page import Page
from handrail.model.signoff import SignOff

NO_STATE = "No state"
SUPERSEDED, COMING = "Superseded", "Coming"


@dataclass(eq=False)
class Plan:
    """One VPMOM: its page, its period (None where it can't be read) and how its sign-off stands."""

    page: Page
    period: Period | None
    sign_off: SignOff

    @property
    def name(self) -> str:
        """The name of the period, as it was typed."""
        if self.period is not None:
            return self.period.name
        value = self.page.data.get("period")
        return value if isinstance(value, str) else ""

    @property
    def is_active(self) -> bool:
        return self.page.is_in_force

    def has_begun(self, today: date) -> bool:
        return self.period is not None and self.period.start <= today

    def is_over(self, today: date) -> bool:
        return self.period is not None and self.period.end < today


class Line:
    """All plans of one line, oldest first."""

    def __init__(self, id_: str, plans: list[Plan], today: date) -> None:
        self.id = id_
        self.plans = sorted(plans, key=lambda plan: (plan.period.start if plan.period else date.min, plan.page.path))
        self.today = today
        self.in_force = self._in_force()

    def _in_force(self) -> Plan | None:
        """Return the newest active plan that has begun and is signed, else that has begun, else the newest active."""
        active = [plan for plan in reversed(self.plans) if plan.is_active]
        begun = [plan for plan in active if plan.has_begun(self.today)]
        signed = [plan for plan in begun if plan.sign_off.was_signed]
        return next(iter(signed or begun or active), None)

    @property
    def face(self) -> Plan:
        """Return the plan that stands for the line: the one in force, else the newest."""
        return self.in_force or self.plans[-1]

    def plan(self, period: str) -> Plan | None:
        """Return the plan of a period by the period's name, in any case."""
        return next((plan for plan in self.plans if plan.name.casefold() == period.casefold()), None)

    def shown(self, plan: Plan) -> str:
        """Return the first state that applies to a plan, in words: its own, or computed while it is active."""
        if not plan.is_active:
            return plan.page.state_word or NO_STATE
        current = self.in_force
        if current is not None and current is not plan and self.plans.index(plan) < self.plans.index(current):
            return SUPERSEDED
        if plan.period is not None and plan.period.start > self.today:
            return COMING
        if plan.is_over(self.today) or plan.page.text("needs_update"):
            return "In need of update"
        if plan.sign_off.has_changed:
            return "Changed since"
        return "Vetted" if plan.sign_off.is_signed else "Not vetted yet"

    def earlier(self, plan: Plan) -> list[Plan]:
        """Return the plans of earlier periods, newest first."""
        return [other for other in reversed(self.plans[: self.plans.index(plan)]) if not other.page.is_unwritten]
