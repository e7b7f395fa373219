"""Who is asked to review a change of which file, by the line that counts on GitHub: the last one that fits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from handrail.errors import SettingsError
from handrail.forge.codeowners import MARK, Places, codeowners, own_part
from tests.model.building import document, handbook

PEOPLE = """\
---
kind: people
id: people
title: Who is who
visibility: public
people:
  - {id: mok, name: Mara Okafor, handle: mara, deputy: tli}
  - {id: tli, name: Tom Lindqvist, handle: "@tom", deputy: aro}
  - {id: aro, name: Ada Roth, handle: ada-r}
  - {id: kdu, name: Kim Dufour, handle: kim, until: 2026-10-31, deputy: aro}
  - {id: bse, name: Ben Serra, handle: ben, until: 2026-08-31}
  - {id: zoe, name: Zoe Zorn}
  - {id: ola, name: Ola Nord, handle: "https://example.org/ola", deputy: zoe}
  - {id: ivo, name: Ivo Tamm, handle: ivo, deputy: zoe}
groups:
  - {id: lt, name: Leadership team, members: [mok, tli], handle: "@acme/lt"}
  - {id: books, name: Bookkeeping, members: [tli, aro, bse]}
  - {id: desk, name: Front desk, members: [aro], handle: desk}
---
"""
COMPANY = document("department", "company", "lead: mok")
FINANCE = document("department", "finance", "lead: tli")
MAINTAINERS = ("@acme/docs",)


def sop(*lines: str) -> str:
    return document("sop", "pay", "state: active", *lines)


def made(pages: Mapping[str, str], places: Places | None = None, **options: Any) -> str:
    options = {"maintainers": list(MAINTAINERS)} | options
    files = {"people.md": PEOPLE, **pages}
    return codeowners(handbook(files, **{key: value for key, value in options.items() if value}), places or Places())


def rules(text: str) -> list[tuple[str, list[str]]]:
    found = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            pattern, *owners = re.split(r"(?<!\\) ", line)
            assert owners, line
            assert all(re.fullmatch(r"@[A-Za-z0-9_-]+(/[a-z-]+)?", owner) for owner in owners), line
            found.append((pattern, owners))
    return found


def fits(pattern: str, path: str) -> bool:
    """Say whether a pattern fits a path, as GitHub says it does."""
    if pattern == "*":
        return True
    signs = {"**/": "(.*/)?", "*": "[^/]*", "?": "[^/]", "\\ ": " "}
    parts = re.findall(r"\\.|\*\*/|.", pattern.strip("/"), re.DOTALL)
    wanted = "".join(signs.get(part) or re.escape(part) for part in parts)
    return re.fullmatch(wanted + ("/.*" if pattern.endswith("/") else "(/.*)?"), path) is not None


def asked(text: str, path: str) -> list[str]:
    """Return who is asked to review a change of a file."""
    return next((owners for pattern, owners in reversed(rules(text)) if fits(pattern, path)), [])


# Who


@pytest.mark.parametrize(
    ("lines", "owners"),
    [
        (["rapid: MOK(D), IVO(A)"], ["@mara", "@tom", "@ivo"]),  # the deputy of the one who decides, no other
        (["rapid: IVO(D), MOK(A)"], ["@ivo", "@mara"]),  # a deputy with no handle
        (["rapid: KDU(D), MOK(A)"], ["@ada-r", "@mara"]),  # the deputy of one who has left
        (["rapid: MOK(D), KDU(A)"], ["@mara", "@tom", "@ada-r"]),
        (["rapid: MOK(D), BSE(A), BSE(R), ARO(P)"], ["@mara", "@tom"]),  # those who neither sign nor own are not asked
        (["rapid: MOK(D), LT(A)"], ["@mara", "@tom", "@acme/lt"]),
        (["rapid: MOK(D), books(A)"], ["@mara", "@tom", "@ada-r"]),  # a group with no team, less who has left
        (["rapid: IVO(D), desk(A)"], ["@ivo", "@ada-r"]),  # the handle of a group names a team
        (["rapid: Mara Okafor(D), NOBODY(A)"], ["@mara", "@tom"]),
        (["owner: aro", "rapid: IVO(D)"], ["@ivo", "@ada-r"]),
        (["owner: mok"], ["@mara", "@tom"]),  # who answers for a page has the deputy beside them
        (["owner: lt"], ["@acme/lt"]),
    ],
)
def test_owners_of_a_page(lines: list[str], owners: list[str]) -> None:
    assert asked(made({"pay.md": sop(*lines)}), "content/pay.md") == owners


def test_the_lead_of_the_department_owns_what_says_no_owner() -> None:
    pages = {"finance/index.md": FINANCE, "finance/pay.md": sop("rapid: IVO(D)"), "finance/faq.md": "# Questions\n"}
    text = made(pages)
    assert asked(text, "content/finance/pay.md") == ["@ivo", "@tom"]
    for path in ("index.md", "faq.md", "claim-days.csv", "later/new.md"):
        assert asked(text, f"content/finance/{path}") == ["@tom", "@ada-r"]


def test_nobody_approves_what_they_wrote_themselves() -> None:
    pages = {"finance/index.md": FINANCE, "finance/a.md": sop("owner: ivo"), "b.md": sop("owner: ivo")}
    text = made(pages)
    assert asked(text, "content/finance/a.md") == ["@ivo", "@tom", "@ada-r"]
    assert asked(text, "content/b.md") == ["@ivo", "@acme/docs"]
    alone = document("department", "sales", "lead: ivo")
    assert asked(made({"sales/index.md": alone}), "content/sales/new.md") == ["@ivo", "@acme/docs"]


def test_a_page_of_which_nobody_can_be_named() -> None:
    text = made(
        {
            "finance/index.md": FINANCE,
            "finance/a.md": sop("owner: zoe", "rapid: ZOE(D), OLA(A)"),
            "b.md": sop("owner: bse"),
            "c.md": document("page", "c"),
        }
    )
    assert asked(text, "content/finance/a.md") == ["@tom", "@ada-r"]
    assert asked(text, "content/b.md") == list(MAINTAINERS)
    comments = [line for line in text.splitlines() if line.startswith("#   ")]
    assert comments == [
        "#   Ola Nord (https://example.org/ola)",
        "#   Zoe Zorn",
        "#   /content/b.md",
        "#   /content/finance/a.md",
    ]


@pytest.mark.parametrize(
    ("handle", "owner"),
    [
        ("lena", "@lena"),
        (" @Lena-K ", "@Lena-K"),
        ("lena_acme", "@lena_acme"),
        ("a" * 39, "@" + "a" * 39),
        ("a" * 40, ""),
        ("-lena", ""),
        ("lena k", ""),
        ("lena@example.org", ""),
        ("@@lena", ""),
        ("@acme/lena", ""),
        ("lena #x", ""),
        ("léna", ""),
    ],
)
def test_forms_of_a_handle(handle: str, owner: str) -> None:
    people = PEOPLE.replace("handle: mara,", f'handle: "{handle}",').replace(", deputy: tli}", "}")
    text = made({"people.md": people, "pay.md": sop("owner: lt", "rapid: MOK(D)")})
    assert asked(text, "content/pay.md") == [*filter(None, [owner]), "@acme/lt"]
    assert (f"#   Mara Okafor ({handle.strip()})" in text) == (not owner)


def test_a_name_obeys_nobody() -> None:
    people = PEOPLE.replace("name: Zoe Zorn", 'name: "Zoe\\n/content/ @evil ##[x] \\u202e"')
    text = made({"people.md": people, "pay.md": sop("owner: zoe")})
    assert not any("@evil" in owners for _, owners in rules(text))
    assert "#   Zoe /content/ @evil ## [x] U+202E" in text


# The maintainers


BUILDING = (
    "content/people.md",
    "mkdocs.yml",
    "mkdocs-internal.yml",
    "setup.cfg",
    "content/.authors.yml",
    "content/.meta.yml",
    "content/finance/.nav.yml",
    "content/finance/a/.pages",
    "content/.gitattributes",
    ".gitattributes",
    ".mailmap",
    ".ci/run",
    ".github/workflows/publish.yml",
    "GNUmakefile",
    "Makefile",
    "makefile",
    "plugins/handrail/__init__.py",
    "pyproject.toml",
    "records/runs.csv",
    "requirements-dev.txt",
    "requirements.txt",
    "requirements/site.txt",
    "schemas/sop.schema.json",
    "uv.lock",
    "uv.toml",
    "venv.py",
)


def kept(text: str) -> list[str]:
    """Return the patterns of the last part, which are the maintainers'."""
    found = rules(text[text.index("# Only the maintainers change these") :])
    assert all(tuple(owners) == MAINTAINERS for _, owners in found)
    return [pattern for pattern, _ in found]


@pytest.mark.parametrize("path", BUILDING)
def test_what_only_the_maintainers_change(path: str) -> None:
    pages = {
        "company/index.md": COMPANY,
        "finance/index.md": FINANCE,
        "finance/a/index.md": document("department", "a", "lead: ivo"),
        "pay.md": sop("rapid: IVO(D), MOK(A)"),
    }
    assert asked(made(pages), path) == list(MAINTAINERS)


@pytest.mark.parametrize(
    ("project", "path", "patterns"),
    [
        ("", "hooks/a.py", ["/hooks/a.py"]),
        ("", "my theme/", ["/my\\ theme/"]),
        ("", "a[1]#.css", ["/a?1??.css"]),
        ("hb", "hooks/a.py", ["/hb/hooks/a.py"]),
        ("hb", "../base.yml", ["/base.yml"]),
        ("hb", "../shared/", ["/shared/"]),
        ("hb", "../../elsewhere.yml", []),
        ("", "../elsewhere.yml", []),
    ],
)
def test_what_the_settings_name(project: str, path: str, patterns: list[str]) -> None:
    book = handbook({"people.md": PEOPLE}, maintainers=list(MAINTAINERS))
    before = kept(codeowners(book, Places(project, "pages")))
    book.project = replace(book.project, build_files=(path,))
    after = kept(codeowners(book, Places(project, "pages")))
    assert [pattern for pattern in after if pattern not in before] == patterns


def test_what_is_somebody_elses() -> None:
    owned = PEOPLE.replace("visibility: public\n", "visibility: public\nowner: ivo\n", 1)
    text = made({"people.md": owned, "pay.md": sop("rapid: IVO(D), MOK(A)"), "company/index.md": COMPANY})
    assert text.count("/people.md ") == 1
    assert asked(text, "content/index.md") == list(MAINTAINERS)
    assert asked(text, "content/pay.md") == ["@ivo", "@mara"]
    for path in ("README.md", "tests/main.py", "docs/Makefile", "src/setup.py"):
        assert asked(text, path) == []


@pytest.mark.parametrize(
    ("listed", "patterns"),
    [
        (["pay.md"], ["/content/pay.md"]),
        (["lists/", "a b"], ["/content/lists", "/content/a\\ b"]),
        (["**/pay.md"], ["/content/lists/pay.md", "/content/pay.md"]),
        (["lists/p?y.md", "lists/*.md"], ["/content/lists/pay.md"]),
        (["."], ["/content/"]),
    ],
    ids=["a page", "folders", "any folder", "signs", "all"],
)
def test_pages_that_run_code(listed: list[str], patterns: list[str]) -> None:
    page = sop("rapid: IVO(D), MOK(A)")
    text = made({"pay.md": page, "lists/pay.md": page, "x.md": page}, macros=listed)
    for pattern in patterns:
        assert pattern in kept(text)
    assert asked(text, "content/x.md") == (list(MAINTAINERS) if listed == ["."] else ["@ivo", "@mara"])


@pytest.mark.parametrize(
    ("names", "owners"),
    [
        (["@ada-r", "@acme/docs"], ["@ada-r", "@acme/docs"]),
        (["mok", "Ivo Tamm"], ["@mara", "@ivo"]),
        (["LT", "@ADA-R", "aro"], ["@acme/lt", "@ADA-R"]),
        (["kdu"], ["@ada-r"]),
        (["books"], ["@tom", "@ada-r"]),
    ],
)
def test_the_setting(names: list[str], owners: list[str]) -> None:
    text = made({}, maintainers=names)
    assert asked(text, "mkdocs.yml") == owners
    assert "those whom the setting `maintainers` names." in text


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("mokk", "names `mokk`, whom the list of people does not know; did you mean `mok`?"),
        ("somebody-else", "write the handle of someone who is not there with an @."),
        ("@a b", "names `@a b`, which is no handle; write one like"),
    ],
)
def test_a_maintainer_whom_nobody_knows(name: str, sentence: str) -> None:
    with pytest.raises(SettingsError, match=r"mkdocs\.yml: the option `maintainers` of the plugin handrail") as error:
        made({}, maintainers=[name])
    assert sentence in str(error.value)


def test_without_the_setting() -> None:
    company = {"company/index.md": COMPANY}
    owned = PEOPLE.replace("visibility: public\n", "visibility: public\nowner: books\n", 1)
    text = made({**company, "people.md": owned}, maintainers=None)
    assert asked(text, "schemas/x.json") == ["@tom", "@ada-r"]
    assert "so those whom content/people.md names." in text
    text = made(company, maintainers=None)
    assert asked(text, "schemas/x.json") == ["@mara", "@tom"]
    assert "so whoever leads the company, with the deputy." in text


def test_without_any_maintainer() -> None:
    text = made({"a.md": sop("rapid: MOK(D)"), "b.md": document("page", "b")}, maintainers=None)
    assert [pattern for pattern, _ in rules(text)] == ["/content/a.md"]
    assert "# The maintainers: nobody; name people" in text
    assert made({"a.md": sop("owner: zoe")}, maintainers=None) == ""


def test_no_list_of_people() -> None:
    pages = {"pay.md": sop("rapid: MOK(D)")}
    text = codeowners(handbook(pages, maintainers=["@acme/docs"]), Places())
    assert asked(text, "content/pay.md") == ["@acme/docs"]
    assert codeowners(handbook(pages), Places()) == ""


# Which lines


def test_a_folder_whose_pages_agree_takes_one_line() -> None:
    both = sop("rapid: MOK(D), IVO(A)")
    pages = {
        "a/x.md": both,
        "a/b/y.md": sop("owner: ivo", "rapid: MOK(D)"),
        "c/z.md": both,
        "d/x.md": both,
        "d/y.md": "# Prose\n",
    }
    text = made(pages)
    patterns = [pattern for pattern, _ in rules(text)][: -len(kept(text))]
    assert patterns == ["/content/", "/content/a/", "/content/c/z.md", "/content/d/x.md"]


def test_a_folder_stands_before_what_is_in_it() -> None:
    pages = {
        "finance/index.md": FINANCE,
        "finance/a/index.md": document("department", "a", "lead: ivo"),
        "finance/a/pay.md": sop("rapid: MOK(D)", "department: finance"),
        "finance/Z.md": sop("owner: ivo"),
        "finance.md": sop("owner: ivo"),
    }
    text = made(pages)
    patterns = [pattern for pattern, _ in rules(text)]
    assert patterns[:2] == ["/content/", "/content/finance/"]
    for pattern in patterns:
        inside = [other for other in patterns[: patterns.index(pattern)] if other.startswith(pattern)]
        assert inside == []
    assert asked(text, "content/finance/a/new.md") == ["@ivo", "@tom", "@ada-r"]
    assert asked(text, "content/finance/a/pay.md") == ["@mara", "@tom"]


@pytest.mark.parametrize(
    "name", ["a b", "a#b", "#a", "a[1]", "a*b", "a?b", "a\\b", "!a", "é会", "a\u202eb", "a\tb", "@a"]
)
def test_names_that_mean_something_to_github(name: str) -> None:
    pages = {
        f"{name}.md": sop("rapid: MOK(D)"),
        f"{name}/x.md": sop("rapid: MOK(D)"),
        "a-b.md": sop("rapid: IVO(D), LT(A)"),
    }
    text = made(pages)
    for path in (f"{name}.md", f"{name}/x.md"):
        assert asked(text, f"content/{path}") == ["@mara", "@tom"]
    assert asked(text, "content/a-b.md") == ["@ivo", "@acme/lt"]
    for pattern, _ in rules(text):
        assert not set(pattern.replace("\\ ", " ")) & set("#[]!\\\t\u202e")


def test_a_name_that_is_no_text_can_be_written() -> None:
    text = made({"a\udcff.md": sop("rapid: MOK(D)")})
    assert "/content/a*.md @mara @tom" in text.encode("utf-8").decode()


@pytest.mark.parametrize(
    ("places", "page", "schemas", "github"),
    [
        (Places("hb", "hb/content"), "/hb/content/pay.md", "/hb/schemas/", "/.github/CODEOWNERS"),
        (Places("my hb", "pages"), "/pages/pay.md", "/my\\ hb/schemas/", "/.github/CODEOWNERS"),
        (Places("", ""), "/pay.md", "/schemas/", "/.github/"),
    ],
)
def test_places(places: Places, page: str, schemas: str, github: str) -> None:
    patterns = [pattern for pattern, _ in rules(made({"pay.md": sop("rapid: MOK(D)")}, places))]
    assert {page, schemas, github} < set(patterns)
    assert patterns[0] == ("*" if not places.pages else f"/{places.pages}/")


def test_private_pages_are_there_too() -> None:
    page = sop("rapid: MOK(D)").replace("visibility: public", "visibility: confidential")
    assert asked(made({"pay.md": page}), "content/pay.md") == ["@mara", "@tom"]


def test_a_broken_page_is_its_folders() -> None:
    text = made({"finance/index.md": FINANCE, "finance/pay.md": "---\nkind: [\n---\n"})
    assert asked(text, "content/finance/pay.md") == ["@tom", "@ada-r"]


def test_it_is_always_the_same() -> None:
    pages = {"b.md": sop("rapid: MOK(D)"), "a/c.md": sop("owner: zoe"), "a/b.md": sop("owner: ola")}
    assert made(pages) == made(dict(reversed(pages.items())))


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (f"{MARK}\n/a @b\n", ""),
        (f"*.js @x\n\n{MARK}\n", "*.js @x\n\n"),
        (f"*.js @x\n  {MARK} ", "*.js @x\n"),
        ("*.js @x\n", None),
        (f"# {MARK}\n", None),
        ("", None),
    ],
)
def test_own_lines_stand_above_the_mark(text: str, own: str | None) -> None:
    assert own_part(text) == own


def test_what_runs_in_browsers_is_the_maintainers() -> None:
    text = made({"pay.md": sop("owner: tli")}, assets=["admin/index.html", "admin/pages.js", "CNAME", "photos/*.js"])
    kept = {pattern for pattern, owners in rules(text) if tuple(owners) == MAINTAINERS}
    assert {"/content/admin/index.html", "/content/admin/pages.js"} <= kept
    assert not any("CNAME" in pattern or "photos" in pattern for pattern in kept)
