"""The plugin's options: every wrong one gets a sentence that names its place and says what to write."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from handrail.errors import SettingsError, UsageError
from handrail.model.dates import FiscalYearEnd
from handrail.model.generated import GeneratedFolder
from handrail.model.settings import Settings, fits, lies_in, resolve_today, validate


def read(**options: Any) -> Settings:
    return validate(options, lambda option: f"mkdocs.yml, line 7: the option `{option}`")


# options, what the sentence says
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"audiense": "public"}, "the option `audiense` is not known; did you mean `audience`?"),
    ({"colour": "red"}, "the option `colour` is not known; known are `audience`"),
    ({"audience": "confidential"}, "it is one of public, internal"),
    ({"audience": "intern"}, "did you mean `internal`?"),
    ({"audience": None}, "the option `audience` has no value; fill it in or delete the line"),
    ({"today": "31.3.2026"}, "is `31.3.2026`, which is no day; write it as 2026-03-31"),
    ({"today": "2025-3-1"}, "is `2025-3-1`, which is no day; write it as 2025-03-01"),
    ({"today": 20260331}, "is no day"),
    ({"today": "9999-12-31"}, "is `9999-12-31`; write a day of a year from 1000 to 9900"),
    ({"timezone": "Europe/Lisboa"}, "is no time zone"),
    ({"timezone": "../etc/passwd"}, "is no time zone"),
    ({"timezone": 1}, "is no time zone"),
    ({"fiscal_year_end": "31-01"}, 'in quotes: "01-31"'),
    ({"fiscal_year_end": "02-30"}, "write the last day of the year as month and day"),
    ({"fiscal_year_end": "1-31"}, "as month and day"),
    ({"fiscal_year_end": 131}, "as month and day"),
    ({"git_since": "yesterday"}, "is no day"),
    ({"governed": "operations"}, "must be a list of texts"),
    ({"governed": [1]}, "must be a list of texts"),
    ({"governed": [""]}, "must be a list of texts"),
    ({"visibility": "public"}, 'such as {".": public}'),
    ({"visibility": {".": "Public"}}, "did you mean `public`?"),
    ({"visibility": {"hr/**": "internal"}}, "names `hr/**`; write `hr`, which holds for everything below it"),
    ({"visibility": {"hr": "internal", "./hr/": "public"}}, "names the folder `hr` twice, the second time as `./hr/`"),
    ({"visibility": {"hr": "internal", "HR": "public"}}, "names the folder `HR` twice"),
    ({"visibility": {"caf\u00e9": "internal", "cafe\u0301": "public"}}, "twice, the second time as `cafe\u0301`"),
    ({"severity": {"HB301": "fatal"}}, "it is one of error, warning, info, off"),
    ({"severity": ["HB301"]}, "must name rules and their severity"),
    ({"fail_on": "info"}, "it is one of error, warning"),
    ({"record_sign_offs": "pull request"}, "did you mean `pull-request`?"),
    ({"record_sign_offs": "commit"}, "it is one of pull-request, push"),
    ({"ignore": [{"path": "a.md"}]}, "without a `path` or without a `rule`"),
    ({"ignore": [{"path": "a.md", "rule": "HB301", "why": "x"}]}, "unknown field `why`"),
    ({"ignore": [{"path": "a.md", "rule": "HB301", "until": "soon"}]}, "is no day"),
    ({"ignore": {"path": "a.md"}}, "must be a list of {path, rule, reason, until}"),
    ({"rewrites": ["roamlinks"]}, "must name plugins and the pages that each may change, such as {roamlinks: [notes]}"),
    (
        {"rewrites": {"roamlinks": "notes"}},
        "needs a list of pages for `roamlinks`: what stands there must be a list of texts",
    ),
    ({"rewrites": {"macros": ["notes"]}}, "can't name `macros`: where it runs template code the option `macros` says"),
    ({"rewrites": {"handrail": ["notes"]}}, "can't name `handrail`"),
    ({"page_keys": "comments"}, "must be a list of texts"),
    ({"page_keys": ["x-*"]}, "names `x-*`; write each key as it stands in pages"),
    *(
        ({"page_keys": ["comments", name]}, f"names `{name}`, which the theme or a plugin reads by itself; take it out")
        for name in (
            "template",
            "title",
            "hide",
            "status",
            "social",
            "render_macros",
            "git_revision_date_localized",
            "__extends",
        )
    ),
    ({"macros": "a.md"}, "must be a list of texts"),
    *(
        ({"generated": name}, "must be a folder of the site whose name holds letters, digits, - and _ only")
        for name in (
            "",
            "/",
            ".",
            "..",
            "../up",
            "a//b",
            "a/../b",
            ".hidden",
            "a b",
            "a.md",
            "con",
            "a/NUL",
            'a"b',
            "a\\b",
            7,
            ["a"],
        )
    ),
    *(
        ({"generated": name}, "where the files of the site itself lie; write another folder")
        for name in ("assets", "Search", "assets/handrail", "pagefind/")
    ),
    ({"private_hosts": [None]}, "must be a list of texts"),
    ({"images": "img.example"}, "must be a list of texts"),
    ({"images": ["https://img.example/a"]}, "names `https://img.example/a`; write the host alone, `img.example`."),
    ({"images": ["img.example/a"]}, "names `img.example/a`, which is no host"),
    ({"images": ["*"]}, "names `*`, which is no host; write one such as img.example, or *.img.example"),
    ({"images": ["*.example"]}, "names `*.example`, which is no host"),
    ({"images": ["img.*.example"]}, "which is no host"),
    ({"images": ["img.example:8443"]}, "which is no host"),
    ({"embeds": ["*.video.example"]}, "names `*.video.example`, which is no host"),
    ({"embeds": ["http://video.example"]}, "frames are shown by host and by https only: `https://video.example`."),
    ({"embeds": ["https://video.example/embed"]}, "by https only: `https://video.example`."),
    ({"embeds": ["video.example:8443"]}, "by https only: `https://video.example`."),
    ({"embeds": ["javascript:a"]}, "which is no host"),
    ({"maintainers": "@acme/docs"}, "must be a list of texts"),
]


@pytest.mark.parametrize(("options", "sentence"), WRONG, ids=[str(options) for options, _ in WRONG])
def test_a_wrong_option(options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(SettingsError) as error:
        read(**options)
    message = str(error.value)
    assert sentence in message
    assert message.startswith("mkdocs.yml, line 7: the option `")
    assert message.endswith((".", "?"))
    assert "\n" not in message


def test_what_is_written_is_read() -> None:
    settings = read(
        audience="internal",
        today=date(2026, 3, 31),
        timezone="Europe/Lisbon",
        fiscal_year_end="02-29",
        governed=["operations/", "/strategy"],
        visibility={".": "public", "board/": "confidential"},
        severity={"HB301": False, "HB401": "error"},
        fail_on="warning",
        record_sign_offs="push",
        ignore=[{"path": "a/", "rule": "HB301", "reason": "later", "until": date(2026, 4, 1)}],
        macros=["reports/*.md"],
    )
    assert settings.fiscal_year_end == FiscalYearEnd(2, 29)
    assert settings.today == date(2026, 3, 31)
    assert settings.governed == ("operations", "strategy")
    assert settings.visibility == {".": "public", "board": "confidential"}
    assert settings.severity == {"HB301": "off", "HB401": "error"}
    assert settings.record_sign_offs == "push"
    assert (settings.ignore[0].path, settings.ignore[0].until) == ("a", "2026-04-01")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("about/handbook", "about/handbook"),
        ("/_handrail/", "_handrail"),
        ("u\u0308ber-uns/Handbuch", "\u00fcber-uns/Handbuch"),
    ],
)
def test_the_folder_of_generated_pages_is_a_folder_of_the_site(said: str, name: str) -> None:
    assert read(generated=said).generated == GeneratedFolder(name)


def test_everything_has_a_default() -> None:
    assert read() == Settings()


@pytest.mark.parametrize(
    ("src_uri", "expected"),
    [("a.md", "public"), ("board/a.md", "confidential"), ("board/notes/a.md", "internal"), ("boards/a.md", "public")],
)
def test_the_nearest_folder_says_who_may_read(src_uri: str, expected: str) -> None:
    settings = read(visibility={".": "public", "board": "confidential", "board/notes": "internal"})
    assert settings.folder_visibility(src_uri) == expected


# settings, a folder, who may read what lies in it
SPELLED: list[tuple[dict[str, str], str, str | None]] = [
    ({".": "public", "int": "internal"}, "Int", "internal"),
    ({".": "public", "INT": "internal"}, "int", "internal"),
    ({".": "public", "caf\u00e9": "internal"}, "cafe\u0301", "internal"),
    ({".": "public", "cafe\u0301": "internal"}, "CAF\u00c9", "internal"),
    ({".": "public", "straße": "confidential"}, "STRASSE", "confidential"),
    ({"int": "internal"}, "Int", "internal"),
    ({".": "public", "int/deep": "internal"}, "Int/Deep", "internal"),
    # What opens a folder opens no other.
    ({".": "internal", "pub": "public"}, "Pub", "internal"),
    ({".": "internal", "pub": "public"}, "pub", "public"),
    ({"pub": "public"}, "Pub", None),
    ({".": "confidential", "int": "internal"}, "Int", "confidential"),
    ({".": "internal", "caf\u00e9": "public"}, "cafe\u0301", "internal"),
    # The nearest counts, as far as it is meant.
    ({"Int": "internal", "int/open": "public"}, "int/open", "public"),
    ({"Int": "internal", "int/open": "public"}, "int/Open", "internal"),
    ({"Int": "internal", "int/open": "public"}, "Int/open", "internal"),
    ({".": "public", "int": "internal", "int/Board": "confidential"}, "INT/board", "confidential"),
]


@pytest.mark.parametrize(("visibility", "folder", "expected"), SPELLED, ids=ascii)
def test_a_folder_in_another_spelling_is_never_wider(
    visibility: dict[str, str], folder: str, expected: str | None
) -> None:
    assert read(visibility=visibility).folder_visibility(f"{folder}/a.md") == expected


def test_what_is_demanded_holds_for_every_spelling_and_what_is_granted_for_one() -> None:
    settings = read(governed=["Op"], macros=["Op"], ignore=[{"path": "Op", "rule": "HB301"}])
    assert settings.is_governed("op/a.md")
    assert not settings.may_run_macros("op/a.md")
    assert settings.may_run_macros("Op/a.md")
    assert not settings.ignore[0].fits("op/a.md")


def test_without_a_word_nobody_may_read() -> None:
    assert read(visibility={"a": "public"}).folder_visibility("b/c.md") is None


@pytest.mark.parametrize(
    ("pattern", "src_uri", "expected"),
    [
        (".", "a/b.md", True),
        ("a", "a/b/c.md", True),
        ("a", "ab/c.md", False),
        ("a/b.md", "a/b.md", True),
        ("a/*.md", "a/b.md", True),
        ("a/*.md", "a/b/c.md", False),
        ("a/**", "a/b/c.md", True),
        ("**/c.md", "c.md", True),
        ("**/c.md", "a/b/c.md", True),
        ("a/?.md", "a/b.md", True),
        ("a/?.md", "a/.md", False),
        ("a.md", "axmd", False),
        ("a[b].md", "a[b].md", True),
        ("a[b].md", "ab.md", False),
    ],
)
def test_patterns(pattern: str, src_uri: str, expected: bool) -> None:  # noqa: FBT001 - the table's last column
    assert fits(pattern, src_uri) is expected


def test_a_folder_lies_in_itself() -> None:
    assert lies_in("a", "a")
    assert not lies_in("b", "a")


NOW = datetime(2026, 11, 15, 23, 30, tzinfo=UTC)
SETTING = read(today="2026-01-03")


@pytest.mark.parametrize(
    ("settings", "option", "environment", "expected"),
    [
        (SETTING, "2026-01-01", {"HANDRAIL_TODAY": "2026-01-02", "SOURCE_DATE_EPOCH": "0"}, "2026-01-01"),
        (SETTING, None, {"HANDRAIL_TODAY": "2026-01-02", "SOURCE_DATE_EPOCH": "0"}, "2026-01-02"),
        (SETTING, None, {"SOURCE_DATE_EPOCH": "0"}, "2026-01-03"),
        (read(), None, {"SOURCE_DATE_EPOCH": "1767225600"}, "2026-01-01"),
        (read(timezone="America/New_York"), None, {"SOURCE_DATE_EPOCH": "1767225600"}, "2025-12-31"),
        (read(), None, {"HANDRAIL_TODAY": ""}, "2026-11-15"),
        (read(timezone="Europe/Berlin"), None, {}, "2026-11-16"),
    ],
)
def test_today(settings: Settings, option: str | None, environment: dict[str, str], expected: str) -> None:
    assert resolve_today(settings, option, environment, lambda: NOW).isoformat() == expected


@pytest.mark.parametrize(
    ("option", "environment", "source"),
    [
        ("tomorrow", {}, "--today"),
        (None, {"HANDRAIL_TODAY": "2026-02-30"}, "HANDRAIL_TODAY"),
        (None, {"SOURCE_DATE_EPOCH": "soon"}, "SOURCE_DATE_EPOCH"),
        (None, {"SOURCE_DATE_EPOCH": "9" * 30}, "SOURCE_DATE_EPOCH"),
        ("9999-12-31", {}, "--today is `9999-12-31`; write a day of a year from 1000 to 9900"),
        (None, {"HANDRAIL_TODAY": "0001-01-01"}, "HANDRAIL_TODAY is `0001-01-01`; write a day of"),
        (None, {"SOURCE_DATE_EPOCH": "253402300799"}, "SOURCE_DATE_EPOCH is `253402300799`, a day of the year 9999"),
    ],
)
def test_a_wrong_today_names_where_it_was_said(option: str | None, environment: dict[str, str], source: str) -> None:
    with pytest.raises(UsageError, match=source):
        resolve_today(read(), option, environment, lambda: NOW)


def test_hosts_are_read_as_they_are_asked_for() -> None:
    assert read(images=["IMG.example", " *.Cdn.example ", "bücher.example", "intranet"]).images == (
        "img.example",
        "*.cdn.example",
        "xn--bcher-kva.example",
        "intranet",
    )
    assert read(embeds=["https://www.Video.example/", "maps.example"]).embeds == ("www.video.example", "maps.example")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (False, "off"),
        ("issues", "issues"),
        (" https://forms.example/f?p={page}&r={result} ", "https://forms.example/f?p={page}&r={result}"),
    ],
)
def test_where_readers_say_whether_a_procedure_worked(said: object, kept: str) -> None:
    assert read(feedback=said).feedback == kept


@pytest.mark.parametrize(
    "said",
    [
        "issue",
        3,
        ["issues"],
        "http://forms.example/{page}",
        "https://forms.example/",
        "https://a.example/{page}/{name}",
        "javascript:{page}",
    ],
)
def test_feedback_goes_nowhere_that_is_not_understood(said: object) -> None:
    with pytest.raises(SettingsError, match="feedback"):
        read(feedback=said)


def test_readme_has_a_row_for_each_setting_and_no_other() -> None:
    readme = Path(__file__).parents[2].joinpath("README.md").read_text("utf-8")
    _, _, table = readme.partition("| Setting | Says | Unless set |")
    names = [row.split("|")[1] for row in table.partition("\n\n")[0].splitlines()[2:]]
    assert {name for cell in names for name in re.findall(r"`(\w+)`", cell)} == {
        "today",
        *(one.name for one in fields(Settings)),
    }
