"""The pages that Handrail makes: their paths, titles and text; what they list is worked out when they are shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import resources

from handrail.model.config_names import named
from handrail.model.generated import GeneratedFolder, Made
from handrail.pages.audience import Shown
from handrail.pages.generated import (
    cascade,
    changes,
    company_map,
    doctor,
    finder,
    flows,
    kinds,
    lists,
    measure_page,
    progress,
    queue,
    said_twice,
    scorecard,
    strategy,
)
from handrail.pages.kinds import meetings
from handrail.pages.views import View
from handrail.report.lists import called_in
from handrail.rules.finding import Severity
from handrail.rules.registry import FAMILIES, Rule, all_rules, severities
from handrail.words.language import capital
from handrail.words.made import TITLES


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """One page: `body` is its Markdown, `view` what is worked out for it, None where it is all text.

    `offered_as` is what a search engine may say of it. Pages without are about running the handbook, or the same on every
    handbook: whoever looks for a procedure is better led to that. `holds` is what the scorecard says of it as
    one of its lists. `is_one_page` says that it is to be looked at as a whole, and has no list of its parts beside it.
    """

    src_uri: str
    title: str
    view: Callable[[Shown], View] | None = None
    body: str = ""
    offered_as: str = ""
    holds: str = ""
    in_nav: bool = True
    is_one_page: bool = False

    @property
    def text(self) -> str:
        """Return the page's Markdown with front matter."""
        rail = "hide: [toc]\n" if self.is_one_page else ""
        return f"---\ntitle: {json.dumps(self.title)}\nrender_macros: false\n{rail}search:\n  exclude: true\n---\n{self.body}"


def generated_pages(shown: Shown) -> dict[str, GeneratedPage]:
    """Return every page that Handrail makes, by path, in the order of the navigation."""
    project, folder = shown.handbook.project, shown.handbook.settings.generated
    level, known = severities(project), list(all_rules())
    made = [
        *_pages(folder, called_in(shown.handbook)),
        *_progress(shown),
        *_operating_model(shown),
        GeneratedPage(folder.path(Made.SIGNING), TITLES[Made.SIGNING], body=_text("signing")),
        GeneratedPage(folder.path(Made.RULES), "Rules", body=_rules_text(known, level)),
        GeneratedPage(folder.path(Made.KINDS), TITLES[Made.KINDS], kinds.all_kinds),
        *(
            GeneratedPage(
                folder.kind_page(name), kinds.title_of(kind), partial(kinds.kind_view, name=name), in_nav=False
            )
            for name, kind in shown.kinds.items()
        ),
        *(
            GeneratedPage(
                folder.rule_page(rule.code),
                f"{rule.code} {rule.name}",
                body=named(_rule_text(rule, level[rule.code]), project.config_file.name),
                in_nav=False,
            )
            for rule in known
        ),
        *(
            GeneratedPage(
                folder.measure_page(measure.name),
                measure.asks,
                partial(measure_page.measure_view, name=measure.name),
                in_nav=False,
            )
            for measure in shown.measures
        ),
    ]
    return {page.src_uri: page for page in made}


def _scorecard(shown: Shown) -> View:
    listed = (
        scorecard.Listed(page.src_uri, page.title, page.holds, page.view)
        for page in _pages(shown.handbook.settings.generated, called_in(shown.handbook))
        if page.view is not None and page.holds
    )
    beside = ((page.src_uri, page.title) for page in _operating_model(shown))
    more = next(((page.src_uri, page.title) for page in _progress(shown)), None)
    return scorecard.scorecard(shown, listed, beside, more)


def _pages(folder: GeneratedFolder, called: str) -> tuple[GeneratedPage, ...]:
    return (
        GeneratedPage(
            folder.path(Made.CONTENTS),
            f"All {called}",
            lists.contents,
            offered_as=f"Every department, its plan, and the {called} under that plan",
            holds=f"All {called}, under the plan that each is for.",
        ),
        GeneratedPage(
            folder.path(Made.FINDER),
            "Find a procedure",
            finder.finder_view,
            offered_as="Say in your own words what you want to do, and find the procedure for it",
        ),
        GeneratedPage(folder.path(Made.CHANGES), TITLES[Made.CHANGES], changes.changes),
        GeneratedPage(
            folder.path(Made.ORPHANS),
            f"{capital(called)} tied to no plan",
            lists.orphans,
            holds=f"{capital(called)} in use that are tied to no plan, so nobody has said what they are for.",
        ),
        GeneratedPage(
            folder.path(Made.STALE),
            f"{capital(called)} with no valid sign-off",
            lists.stale,
            holds=f"{capital(called)} in use with no sign-off in force, and whom to ask.",
        ),
        GeneratedPage(
            folder.path(Made.QUEUE),
            TITLES[Made.QUEUE],
            queue.queue,
            holds="What each person is asked to sign, and by when.",
        ),
        GeneratedPage(
            folder.path(Made.UNLISTED),
            TITLES[Made.UNLISTED],
            lists.unlisted,
            holds="Pages that no link, no navigation and no plan leads to.",
        ),
        GeneratedPage(
            folder.path(Made.DUPLICATES),
            TITLES[Made.DUPLICATES],
            said_twice.said_twice,
            holds="Procedures that say nearly the same, and pages that disagree on a number, a day or a name.",
        ),
        GeneratedPage(
            folder.path(Made.SCORECARD),
            TITLES[Made.SCORECARD],
            _scorecard,
            is_one_page=True,
            offered_as="How much of the handbook is out of date, tied to no plan, or waiting to be signed",
        ),
    )


def _progress(shown: Shown) -> Iterator[GeneratedPage]:
    """Yield the page on how far each folder has come, where there is a procedure."""
    if Made.PROGRESS in shown.made:
        path = shown.handbook.settings.generated.path(Made.PROGRESS)
        yield GeneratedPage(path, TITLES[Made.PROGRESS], progress.progress_page)


def _operating_model(shown: Shown) -> Iterator[GeneratedPage]:
    """Yield the pages on how the company is run, each only where the documents are that it is about."""
    folder, made = shown.handbook.settings.generated, shown.made
    if Made.STRATEGY in made:
        yield GeneratedPage(
            folder.path(Made.STRATEGY),
            TITLES[Made.STRATEGY],
            strategy.strategy,
            offered_as="Why we are here, what it will look like, and which objectives are open",
        )
    if Made.CASCADE in made:
        yield GeneratedPage(
            folder.path(Made.CASCADE),
            TITLES[Made.CASCADE],
            cascade.plans_together,
            offered_as="Which plan feeds which, who carries what each wants, and what came of them",
        )
    if Made.MAP in made:
        yield GeneratedPage(
            folder.path(Made.MAP),
            TITLES[Made.MAP],
            company_map.map_view,
            offered_as="From the mission to the plans, the open objectives and the procedures, on one page",
            is_one_page=True,
        )
    if Made.MEETINGS in made:
        yield GeneratedPage(
            folder.path(Made.MEETINGS),
            TITLES[Made.MEETINGS],
            meetings.all_meetings,
            offered_as="When each meeting takes place next, what it decided, and who does what by when",
        )
    if Made.FLOWS in made:
        yield GeneratedPage(
            folder.path(Made.FLOWS),
            TITLES[Made.FLOWS],
            flows.flows,
            offered_as="What goes into each piece of work, what comes out of it, and who answers for it",
        )
    if Made.DOCTOR in made:
        yield GeneratedPage(folder.path(Made.DOCTOR), TITLES[Made.DOCTOR], doctor.doctor_page)


def _text(name: str) -> str:
    return resources.files("handrail").joinpath("pages", "texts", f"{name}.md").read_text("utf-8")


def _rules_text(rules: list[Rule], level: Mapping[str, Severity | None]) -> str:
    lines = ["What `handrail check` looks for. Each rule has a page that says why it matters and what to do.", ""]
    for family, title in FAMILIES.items():
        members = [rule for rule in rules if rule.family == family]
        if members:
            lines += [f"## {title}", "", "| Rule | Says | Severity |", "|---|---|---|"]
            lines += [
                f"| [{rule.code} {rule.name}]({rule.code.lower()}.md) | {_cell(rule.summary)} | {level[rule.code] or 'off'} |"
                for rule in members
            ]
            lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _rule_text(rule: Rule, severity: Severity | None) -> str:
    return (
        f"{rule.documentation}\n\n"
        f"Severity: {severity or 'off'}. Maintainers can change it with `severity: {{{rule.code}: …}}` below `handrail:` in "
        f"mkdocs.yml; a page can ask to leave a finding out with `ignore: [{{rule: {rule.code}, reason: …}}]`.\n"
        if rule.family != "HB8"
        else f"{rule.documentation}\n\nSeverity: {severity or 'off'}. No page can ask to leave it out.\n"
    )
