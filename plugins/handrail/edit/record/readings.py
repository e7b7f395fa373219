"""Makes rows of what people confirm to have read: only what one's own account sends, and only where the settings have it recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from handrail.edit.record.answers import Answers
from handrail.edit.record.forge_issues import GHOST, Issue
from handrail.edit.record.issue_rows import OF_ANOTHER_TEXT, NotCountedError
from handrail.edit.record.limits import Limits
from handrail.model.gitfacts import handle_of
from handrail.model.handbook import Handbook
from handrail.model.people import Person
from handrail.model.record_rows import Confirmed
from handrail.model.to_read import OFF, PRIVATE, readable_documents
from handrail.text.digest import parse_digest

_IS_OFF = "confirms a reading, and the setting `read_records` is off, so nobody's reading is recorded"
_NOT_PRIVATE = "confirms a reading, and the setting `read_records` has it recorded only where the repository is private, which --private says"


class ReadingRows:
    """Takes confirmations beside those that are recorded already; one that was taken before is none again."""

    def __init__(self, handbook: Handbook, recorded: Iterable[Confirmed], *, is_private: bool) -> None:
        self._handbook = handbook
        setting = handbook.settings.read_records
        self._refusal = _IS_OFF if setting == OFF else _NOT_PRIVATE if setting == PRIVATE and not is_private else ""
        self._zone = ZoneInfo(handbook.settings.timezone)
        self._documents = {} if self._refusal else readable_documents(handbook)
        self._by_account: dict[str, list[Person]] = defaultdict(list)
        for person in handbook.registry.people.values():
            self._by_account[handle_of(person)].append(person)
        rows = list(recorded)
        self._keys = {row.key for row in rows}
        self._known = {(row.person, row.document, row.text) for row in rows}
        self._limits = Limits(row.date for row in rows)
        self.rows: list[Confirmed] = []

    def has(self, issue: Issue) -> bool:
        """Say whether an issue was recorded before."""
        return issue.key in self._keys

    def take(self, issue: Issue, answers: Answers) -> None:
        """Take a confirmation; raises NotCountedError where it can't be one."""
        if self._refusal:
            raise NotCountedError(self._refusal)
        try:
            day = issue.opened.astimezone(self._zone).date()
        except OverflowError:  # at either end of the calendar
            day = issue.opened.date()
        person = self._person(issue)
        page = self._documents.get(answers.fields["page"].strip())
        if page is None:
            raise NotCountedError("names no document of this handbook that names readers")
        if not person.is_here(day):
            raise NotCountedError("sent by somebody who had left")
        digest = parse_digest(answers.fields["digest"])
        texts = self._handbook.texts
        if digest is None or (
            digest.text != texts.digest(page).text and self._handbook.past.text(page, digest.text) is None
        ):
            raise NotCountedError(OF_ANOTHER_TEXT)
        document = self._handbook.identity(page)
        if (person.id, document, str(digest)) in self._known:
            raise NotCountedError("confirms what its account has confirmed already")
        if why := self._limits.refusal(day, issue.account, f"{document} {digest}"):
            raise NotCountedError(why)
        self._known.add((person.id, document, str(digest)))
        self.rows.append(Confirmed(day, person.id, document, str(digest), issue.key))

    def _person(self, issue: Issue) -> Person:
        known = self._by_account.get(issue.account, []) if issue.account != GHOST else []
        if len(known) != 1:
            of = "nobody's handle" if not known else "the handle of several people"
            raise NotCountedError(f"sent by an account that is {of} in the list of people")
        return known[0]
