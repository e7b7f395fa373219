"""What a preview says on each of its pages and no published site does: what is wrong there, and what to do."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from urllib.parse import urlsplit

from handrail.forge.forge import Forge
from handrail.measures.experience import Report as Reported
from handrail.model.handbook import Handbook
from handrail.model.made_pages import kinds_explained
from handrail.model.page import Page
from handrail.model.publication import publishable
from handrail.model.urls import page_url
from handrail.pages import render
from handrail.pages.views import Fault, Faults, Strip
from handrail.report.experience import issue_number, open_reports, open_words
from handrail.report.neglect import Neglect, by_folder
from handrail.report.summary import TO_DO, WORDS, counted, related_sentence
from handrail.rules.finding import Finding, Report, Severity
from handrail.text.visible import one_line, visible_lines
from handrail.words.language import capital, count_of, in_words

_OF_THE_PAGE = 20
_OF_THE_REST = 5
_STATES = {Severity.ERROR: "late", Severity.WARNING: "care"}
_ORDER = list(Severity)
_BEFORE = "You see the text of before."


def failed(words: str) -> str:
    """Return the strip of a site that stands for one that could not be built; `words` say why."""
    fault = Fault(WORDS[Severity.ERROR], _STATES[Severity.ERROR], "", one_line(words))
    begins = "The last build failed; this is the site before it."
    return render.strip(Strip(begins, "", (Faults("", (fault,)),), _STATES[Severity.ERROR], is_open=True))


class Strips:
    """The strips of the pages of one build; `before` are the paths of pages that show an earlier text, as theirs can't be read."""

    def __init__(self, handbook: Handbook, forge: Forge | None, report: Report, before: Collection[str]) -> None:
        self._handbook = handbook
        self._forge = forge
        self._before = before
        self._base = urlsplit(handbook.project.site_url).path.rstrip("/")
        found = [finding for finding in report.findings if finding.severity in _STATES]
        self._numbers = Counter(finding.severity for finding in found)
        self._neglects, self._single = by_folder(sorted(found, key=lambda finding: _ORDER.index(finding.severity)))
        self._pages = {page.path: page for page in handbook.pages}
        self._reports = {page.path: reports for page, reports in open_reports(handbook).items()}
        self._own: dict[str, list[Finding]] = defaultdict(list)
        for finding in found:
            self._own[self._home(finding)].append(finding)
        self._kinds = kinds_explained(handbook, frozenset(publishable(handbook, handbook.settings.audience)))
        self._elsewhere = self._strip(None)

    def of(self, page: Page | None) -> str:
        """Return the strip of a page, or of what is none of the handbook's; nothing where nothing is wrong anywhere."""
        paths = (self._own, self._reports)
        has_own = page is not None and (any(page.path in own for own in paths) or page.src_uri in self._before)
        return self._strip(page) if has_own else self._elsewhere

    def _strip(self, page: Page | None) -> str:
        own = self._own.get(page.path, []) if page is not None else []
        numbers = Counter(finding.severity for finding in own)
        others = self._numbers - numbers
        is_before = page is not None and page.src_uri in self._before
        reports = self._reports.get(page.path, ()) if page is not None else ()
        if not (self._numbers or is_before or reports):
            return ""
        elsewhere = f"Other pages have {_counts(others)}." if others else ""
        if is_before:
            why = f": it has {_counts(numbers)}." if own else "."
            begins, goes_on = _BEFORE, f"This page can't be read now{why} {elsewhere}"
        elif own:
            begins, goes_on = f"This page has {_counts(numbers)}.", elsewhere
        elif reports:
            begins, goes_on = f"This page has {open_words(reports)}.", elsewhere
        else:
            begins, goes_on = f"This preview has {_counts(others)}.", "None is on this page."
        worst = min(numbers or (() if reports else others), key=_ORDER.index, default=Severity.WARNING)
        told = tuple(self._of_reports(page))
        rest = tuple(self._of_others(page, others.total(), is_alone=not (own or reports)))
        parts = (*self._of_page(page, own), *((*told, *rest) if reports else (*rest, *told)))
        return render.strip(Strip(begins, goes_on.strip(), parts, _STATES[worst], is_open=page is not None))

    def _of_page(self, page: Page | None, own: list[Finding]) -> Iterator[Faults]:
        """Yield what is wrong with a page, by line; the place of each leads to where its file is edited."""
        if page is not None and own:
            shown = tuple(self._fault(finding, self._edited(finding)) for finding in own[:_OF_THE_PAGE])
            yield Faults("", shown, _more(len(own) - len(shown)))

    def _of_reports(self, page: Page | None) -> Iterator[Faults]:
        """Yield the open reports: those on a page one by one, the newest first, then how many there are on others."""
        own = self._reports.get(page.path, ()) if page is not None else ()
        others = [path for path in self._reports if page is None or path != page.path]
        told = (
            *map(self._report, own[:_OF_THE_PAGE]),
            *(self._reports_of(self._pages[path]) for path in others[:_OF_THE_REST]),
        )
        if told:
            more = len(others) - _OF_THE_REST
            left = f"And on {count_of(more, 'more page')}; `handrail report queue` lists them all." if more > 0 else ""
            yield Faults("Reports on your pages", told, left)

    def _reports_of(self, page: Page) -> Fault:
        url, said = f"{self._base}/{page.url}", capital(open_words(self._reports[page.path]))
        return Fault("report", _STATES[Severity.WARNING], one_line(page.path), f"{said}.", url)

    def _report(self, report: Reported) -> Fault:
        number = issue_number(report.row.key)
        url = self._forge.issue(number) if self._forge is not None and number else ""
        place = f"#{number}" if number else in_words(report.row.date)
        said = (
            f"Something was wrong, on {in_words(report.row.date)}; whoever looks after the page answers and closes it."
        )
        return Fault("report", _STATES[Severity.WARNING], place, said, url)

    def _of_others(self, page: Page | None, number: int, *, is_alone: bool) -> Iterator[Faults]:
        """Yield what is wrong elsewhere, errors first, and last what many pages lack; `number` is how much there is."""
        if not number:
            return
        path = page.path if page is not None else ""
        single = list(islice((finding for finding in self._single if self._home(finding) != path), _OF_THE_REST))
        neglects = self._neglects[: _OF_THE_REST - len(single)]
        told = len(single) + sum(finding.path != path for neglect in neglects for finding in neglect.findings)
        shown = (*(self._fault(finding, self._address(finding)) for finding in single), *map(self._neglect, neglects))
        yield Faults("" if is_alone else "On other pages", shown, _more(number - told))

    def _home(self, finding: Finding) -> str:
        """Return the path of the page that a finding is shown on: of a file beside the pages the one that it is related to."""
        if self._src_uri(finding) not in self._handbook.files.beside:
            return finding.path
        return next((near.path for near in finding.related if near.path in self._pages), finding.path)

    def _src_uri(self, finding: Finding) -> str:
        return finding.path.removeprefix(self._handbook.project.from_root(""))

    def _edited(self, finding: Finding) -> str:
        return self._forge.edit(self._forge.page(self._src_uri(finding))) if self._forge is not None else ""

    def _address(self, finding: Finding) -> str:
        """Return where this preview shows the page of a finding, or why it shows none."""
        page = self._pages.get(self._home(finding))
        return f"{self._base}/{page.url}" if page is not None else ""

    def _fault(self, finding: Finding, url: str) -> Fault:
        hint = visible_lines(finding.hint)
        return Fault(
            WORDS[finding.severity],
            _STATES[finding.severity],
            f"{one_line(finding.path)}, line {finding.line}:",
            one_line(finding.message),
            url,
            (TO_DO + hint[0], *hint[1:]) if hint else (),
            tuple(map(related_sentence, finding.related)),
            f"{finding.rule} {finding.name}",
            self._explained(finding),
        )

    def _explained(self, finding: Finding) -> str:
        """Return where this preview says what the field is for that a finding is about, or what all of its kind are."""
        if not finding.is_of_fields or finding.kind not in self._kinds:
            return ""
        settings, directories = self._handbook.settings, self._handbook.project.use_directory_urls
        page = page_url(settings.generated.kind_page(finding.kind), directories=directories)
        field = re.split(r"[.:]", finding.subject, maxsplit=1)[0]
        return f"{self._base}/{page}" + (f"#{field}" if field in self._kinds[finding.kind].fields else "")

    def _neglect(self, neglect: Neglect) -> Fault:
        nouns = {kind.name: (kind.noun, kind.plural) for kind in self._handbook.kinds.values()}
        said, rules = one_line(neglect.sentence(nouns)), ", ".join(neglect.rules)
        return Fault(WORDS[neglect.severity], _STATES[neglect.severity], one_line(neglect.folder), said, rule=rules)


def _counts(numbers: Mapping[Severity, int]) -> str:
    return " and ".join(counted(numbers[severity], WORDS[severity]) for severity in _STATES if numbers.get(severity))


def _more(number: int) -> str:
    return f"And {number} more; `handrail check` lists them all." if number > 0 else ""
