"""The pages that Handrail makes: their paths, titles and text; what they list is worked out when they are shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from handrail.model.urls import GENERATED_FOLDER
from handrail.rules.finding import Severity
from handrail.rules.registry import FAMILIES, Rule
from handrail.site import changes, finder, lists, queue, reports
from handrail.site.audience import Shown
from handrail.site.views import View

CONTENTS = f"{GENERATED_FOLDER}/index.md"
REPORTS = f"{GENERATED_FOLDER}/reports.md"
RULES = f"{GENERATED_FOLDER}/rules/index.md"


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """One page: `text` is its Markdown with front matter, `view` what is worked out for it, None where it is all text."""

    src_uri: str
    title: str
    text: str
    view: Callable[[Shown], View] | None
    in_nav: bool = True


def generated_pages(rules: Iterable[Rule], severities: Mapping[str, Severity | None]) -> list[GeneratedPage]:
    """Return every page that Handrail makes."""
    found = [
        _list(CONTENTS, "Table of contents", lists.contents),
        _list(f"{GENERATED_FOLDER}/orphans.md", "Orphaned procedures", lists.orphans),
        _list(f"{GENERATED_FOLDER}/stale.md", "Stale procedures", lists.stale),
        _list(f"{GENERATED_FOLDER}/queue.md", "What is waiting to be signed", queue.queue),
        _list(f"{GENERATED_FOLDER}/unlisted.md", "Unlisted pages", lists.unlisted),
    ]
    listed = [reports.Listed(page.src_uri, page.title, page.view) for page in found if page.view is not None]
    found.insert(1, _list(changes.SRC_URI, "What changed", changes.changes))
    found.append(_list(REPORTS, "Reports", lambda shown: reports.reports(shown, REPORTS, listed)))
    found.insert(1, _list(finder.SRC_URI, finder.TITLE, finder.finder_view))
    signing = "What a sign-off means"
    found.append(GeneratedPage(f"{GENERATED_FOLDER}/signing.md", signing, _front(signing) + _text("signing"), None))
    known = list(rules)
    found.append(GeneratedPage(RULES, "Rules", _front("Rules") + _rules_text(known, severities), None))
    found += [
        GeneratedPage(
            f"{GENERATED_FOLDER}/rules/{rule.code.lower()}.md",
            f"{rule.code} {rule.name}",
            _front(f"{rule.code} {rule.name}") + _rule_text(rule, severities[rule.code]),
            None,
            in_nav=False,
        )
        for rule in known
    ]
    return found


def _list(src_uri: str, title: str, view: Callable[[Shown], View]) -> GeneratedPage:
    return GeneratedPage(src_uri, title, _front(title), view)


def _text(name: str) -> str:
    return resources.files("handrail").joinpath("site", "pages", f"{name}.md").read_text("utf-8")


def _front(title: str) -> str:
    return f"---\ntitle: {json.dumps(title)}\nrender_macros: false\nsearch:\n  exclude: true\n---\n"


def _rules_text(rules: list[Rule], severities: Mapping[str, Severity | None]) -> str:
    lines = ["What `handrail check` looks for. Each rule has a page that says why it matters and what to do.", ""]
    for family, title in FAMILIES.items():
        members = [rule for rule in rules if rule.family == family]
        if members:
            lines += [f"## {title}", "", "| Rule | Says | Severity |", "|---|---|---|"]
            lines += [
                f"| [{rule.code} {rule.name}]({rule.code.lower()}.md) | {_cell(rule.summary)} | {severities[rule.code] or 'off'} |"
                for rule in members
            ]
            lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _rule_text(rule: Rule, severity: Severity | None) -> str:
    return (
        f"{rule.documentation}\n\n"
        f"Severity: {severity or 'off'}. Maintainers can change it with `severity: {{{rule.code}: …}}` in the options of the "
        f"plugin; a page can ask to leave a finding out with `ignore: [{{rule: {rule.code}, reason: …}}]`.\n"
        if rule.family != "HB8"
        else f"{rule.documentation}\n\nSeverity: {severity or 'off'}. No page can ask to leave it out.\n"
    )
