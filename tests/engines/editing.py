"""Edits of a small handbook at random, as people make them: what a site must show after any of them, in any order."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.engines.drawn import BASE, sop
from tests.support.handbooks import SETTINGS, make_handbook

_TITLE = re.compile(r"^title: (.*)$", re.MULTILINE)
_VISIBILITY = re.compile(r"^visibility: .*$", re.MULTILINE)
_DESCRIPTION = re.compile(r"^description: .*$", re.MULTILINE)
_WORDS = "ask book call deliver escalate file invoice lend meet order pay refund sign travel visit".split()  # noqa: SIM905
_FEATURES = [
    ["navigation.prune", "navigation.indexes"],
    ["navigation.prune", "navigation.indexes", "navigation.tabs", "navigation.path", "navigation.footer"],
    ["navigation.prune", "navigation.sections"],
    ["navigation.indexes"],
]
_EXTENSIONS: list[list[Any]] = [
    ["pymdownx.snippets", "admonition", {"toc": {"permalink": True}}],
    ["pymdownx.snippets", "admonition", {"toc": {"permalink": "#", "baselevel": 2}}],
    ["pymdownx.snippets", "smarty", "footnotes"],
    ["admonition"],
]
_LINKS = [
    {"not_found": "info", "unrecognized_links": "info"},
    {"not_found": "info", "unrecognized_links": "ignore", "absolute_links": "relative_to_docs"},
    {"not_found": "ignore", "absolute_links": "ignore"},
]
_FILES: Mapping[str, str | bytes] = {
    **BASE,
    "content/index.md": "# Welcome\n\n[[view:departments]]\n\nSee [[sop:expense-claims]] and [who is who](people.md).\n",
    "content/finance/pay-an-invoice.md": sop(
        "pay-an-invoice",
        "## Steps\n\n1. Ask Ada Roth. See [claims](expense-claims.md).\n2. ![A form](../form.png)",
        department="finance",
    ),
    "content/finance/close-a-book.md": sop("close-a-book", "1. See [[sop:pay-an-invoice]].", department="finance"),
    "content/company/greet.md": sop("greet", "1. See [[sop:secret-plan]].", department="company"),
    "content/company/secret-plan.md": sop(
        "secret-plan", "Zephyrine knows.", visibility="internal", department="company"
    ),
    "content/notes/first.md": "# A *first* note\n\nTo [the second](second.md), [a file](../form.png) and [nowhere](gone.md).\n",
    "content/notes/second.md": '---\ntags: [one]\n---\n# A second note\n\n--8<-- "notes/put-in.md"\n',
    "content/notes/run.md": "# Run\n\n{{ hb_toc() }}\n",
    "content/notes/plain.md": "Text without a heading.\n",
    "content/form.png": b"\x89PNG\r\n\x1a\n first",
    "content/notes/put-in.md": "Put in from elsewhere.\n",
    "synonyms.yml": "- [refund, repay]\n",
    "theme/main.html": '{% extends "base.html" %}\n{% block announce %}Hello{% endblock %}\n',
}


class Handbook:
    """A handbook on the disk that is edited, and its settings."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self._chance = chance
        self._options: dict[str, Any] = {**SETTINGS, "macros": ["notes/run.md"], "synonyms": "synonyms.yml"}
        self._config: dict[str, Any] = {
            "theme": {"name": "material", "features": _FEATURES[0]},
            "site_url": "https://handbook.example/",
            "repo_url": "https://github.com/example/handbook",
            "edit_uri": "edit/main/content/",
            "markdown_extensions": _EXTENSIONS[0],
            "validation": {"links": _LINKS[0]},
        }
        self._number = 0
        self._is_open = False
        make_handbook(folder, _FILES)
        self._write_settings()

    def _write_settings(self) -> None:
        plugins = ["search", "macros", {"handrail": self._options}]
        make_handbook(self.folder, {}, config={**self._config, "plugins": plugins})

    @property
    def shows_secrets(self) -> bool:
        """Whether what is internal may be on the site, or an edit may have made it public."""
        return self._options.get("audience") == "internal" or self._is_open

    def edit(self) -> str:
        """Make one edit and return what it was."""
        edits: list[Callable[[], str]] = [
            getattr(self, name) for name in sorted(dir(self)) if name.startswith("change_")
        ]
        edit = self._chance.choice(edits)
        return f"{edit.__name__}: {edit()}"

    # Pages

    @property
    def _content(self) -> Path:
        return self.folder / "content"

    def _page(self, *folders: str) -> Path:
        pages = sorted(path for path in self._content.rglob("*.md") if not folders or path.parent.name in folders)
        return self._chance.choice(pages) if pages else self._content / "index.md"

    def _new(self) -> str:
        self._number += 1
        return f"{self._chance.choice(_WORDS)}-{self._number}"

    def _changed(self, page: Path, change: Callable[[str], str]) -> str:
        text = page.read_text("utf-8")
        page.write_text(change(text), "utf-8")
        return page.relative_to(self.folder).as_posix()

    def change_body(self) -> str:
        target = self._page().relative_to(self._content).as_posix()
        added = self._chance.choice(
            [
                "A new sentence.",
                "## A new part\n\nWords.",
                f"[Somewhere](/{target})",
                f"[There](../{target})",
                "Ask Tom Lindqvist.",
                "<script>alert(1)</script>",
                "![A form](../form.png)",
            ]
        )
        return self._changed(self._page(), lambda text: f"{text}\n{added}\n")

    def change_body_of_one_again(self) -> str:
        return (
            self._changed(self._content / "finance/pay-an-invoice.md", lambda text: f"{text}\nAgain.\n")
            if (self._content / "finance/pay-an-invoice.md").exists()
            else self.change_body()
        )

    def change_title(self) -> str:
        title = f"{self._chance.choice(_WORDS).capitalize()} <{self._chance.choice(_WORDS)}> & co"

        def change(text: str) -> str:
            return _TITLE.sub(f'title: "{title}"', text, count=1) if _TITLE.search(text) else f"# {title}\n\n{text}"

        return self._changed(self._page(), change)

    def change_description(self) -> str:
        return self._changed(self._page(), lambda text: _DESCRIPTION.sub(f"description: About {self._new()}.", text))

    def change_title_of_department(self) -> str:
        page = self._content / self._chance.choice(["company", "finance"]) / "index.md"
        return (
            self._changed(page, lambda text: _TITLE.sub(f"title: Department {self._new()}", text))
            if page.exists()
            else ""
        )

    def change_name_of_file(self) -> str:
        page = self._page("company", "finance", "notes")
        new = page.with_name(f"{self._new()}.md")
        page.rename(new)
        return f"{page.name} to {new.name}"

    def change_number_of_pages(self) -> str:
        if self._chance.random() < 0.5:
            page = self._page("company", "finance", "notes")
            page.unlink()
            return f"without {page.name}"
        id_, folder = self._new(), self._chance.choice(["company", "finance", "new"])
        page = self._content / folder / f"{id_}.md"
        page.parent.mkdir(exist_ok=True)
        visibility = self._chance.choice(["public", "public", "internal"])
        page.write_text(
            sop(id_, "1. See [[sop:expense-claims]].", visibility=visibility, redirect_from=f"[{self._new()}]"), "utf-8"
        )
        return f"with {page.name}, {visibility}"

    def change_visibility(self) -> str:
        said = self._chance.choice(["public", "internal"])
        self._is_open = True
        return f"{self._changed(self._page('company', 'finance'), lambda text: _VISIBILITY.sub(f'visibility: {said}', text))} {said}"

    def change_state(self) -> str:
        state = self._chance.choice(["draft", "active", "retired"])
        return self._changed(
            self._page("company", "finance"), lambda text: re.sub(r"(?m)^state: .*$", f"state: {state}", text)
        )

    def change_signature(self) -> str:
        day = f"2026-{self._chance.randint(1, 11):02d}-03"
        return self._changed(
            self._page("company", "finance"),
            lambda text: re.sub(r"(?m)^sign_offs: .*$", f"sign_offs: [{{role: D, by: mok, date: {day}}}]", text),
        )

    def change_plan(self) -> str:
        page = self._content / "company/plan.md"
        return (
            self._changed(page, lambda text: re.sub("(?m)^vision: .*$", f"vision: To {self._new()}.", text))
            if page.exists()
            else ""
        )

    def change_person(self) -> str:
        old, new = self._chance.choice(
            [
                ("Ada Roth", "Ada Rothe"),
                ("Ada Rothe", "Ada Roth"),
                ("Bookkeeper", "Head of books"),
                ("job: Head of finance", "job: CFO"),
            ]
        )
        page = self._content / "people.md"
        return self._changed(page, lambda text: text.replace(old, new)) if page.exists() else ""

    # What lies beside pages

    def change_asset(self) -> str:
        file = self._content / self._chance.choice(["form.png", "other.png", "finance/list.csv"])
        if file.exists() and self._chance.random() < 0.4:
            file.unlink()
            return f"without {file.name}"
        file.write_bytes(b"\x89PNG\r\n\x1a\n " + self._new().encode())
        return f"other {file.name}"

    def change_what_is_put_in(self) -> str:
        file = self._content / "notes/put-in.md"
        if file.exists() and self._chance.random() < 0.3:
            file.unlink()
            return "gone"
        file.write_text(f"Put in: {self._new()}.\n", "utf-8")
        return "other text"

    def change_synonyms(self) -> str:
        (self.folder / "synonyms.yml").write_text(f"- [refund, repay{self._chance.randint(1, 9)}]\n", "utf-8")
        return ""

    def change_template(self) -> str:
        (self.folder / "theme/main.html").write_text(
            '{% extends "base.html" %}\n{% block announce %}' + self._new() + "{% endblock %}\n", "utf-8"
        )
        return ""

    # Settings

    def change_day(self) -> str:
        self._options["today"] = f"2026-{self._chance.choice(['11', '12'])}-{self._chance.randint(1, 28):02d}"
        self._write_settings()
        return str(self._options["today"])

    def change_setting(self) -> str:
        choices: list[tuple[dict[str, Any], str, list[Any]]] = [
            (self._options, "audience", ["internal", "public"]),
            (self._options, "visibility", [{".": "public"}, {".": "public", "notes": "internal"}]),
            (self._options, "governed", [[], ["finance"]]),
            (self._config, "site_name", ["A handbook", "Another <handbook>"]),
            (self._config, "use_directory_urls", [True, False]),
            (self._config, "site_url", ["https://handbook.example/", "https://example.org/h/", ""]),
            (self._config, "edit_uri", ["edit/main/content/", "blob/main/content/"]),
            (self._config, "exclude_docs", ["", "notes/plain.md\n"]),
            (self._config, "extra_css", [[], ["own.css"]]),
            (self._config, "copyright", ["", "Ours"]),
            (self._config, "nav", [None, [{"Home": "index.md"}, {"Money": ["finance/index.md"]}]]),
            (self._config, "site_description", ["", "How we work."]),
        ]
        return self._set(*self._chance.choice(choices))

    def change_setting_of_markdown(self) -> str:
        if self._chance.random() < 0.5:
            return self._set(self._config, "markdown_extensions", _EXTENSIONS)
        return self._set(self._config, "validation", [{"links": links} for links in _LINKS])

    def _set(self, where: dict[str, Any], key: str, values: list[Any]) -> str:
        value = self._chance.choice(values)
        where[key] = value
        if value is None:
            del where[key]
        self._write_settings()
        return f"{key}: {json.dumps(value)}"

    def change_theme(self) -> str:
        theme: dict[str, Any] = {"name": "material", "features": self._chance.choice(_FEATURES)}
        if self._chance.random() < 0.3:
            theme["custom_dir"] = "theme"
        if self._chance.random() < 0.1:
            theme = {"name": self._chance.choice(["mkdocs", "readthedocs"])}
        self._config["theme"] = theme
        self._write_settings()
        return json.dumps(theme)

    # What somebody does to the site itself

    def change_site_by_hand(self) -> str:
        site = self.folder / "site"
        files = sorted(path for path in site.rglob("*") if path.is_file())
        if not files:
            return ""
        file = self._chance.choice(files)
        how = self._chance.choice(["deleted", "changed", "added"])
        if how == "deleted":
            file.unlink()
        elif how == "changed":
            file.write_bytes(file.read_bytes()[::-1])
        else:
            (site / "stranger.html").write_text("<p>Stranger", "utf-8")
        return f"{how} {file.name}"

    # To be taken back where a handbook can't be built

    def keep(self) -> None:
        """Keep the handbook as it is now."""
        self._kept = self.folder.with_name(f"{self.folder.name}-kept")
        shutil.rmtree(self._kept, ignore_errors=True)
        shutil.copytree(
            self.folder, self._kept, ignore=lambda folder, _: ["site", ".cache"] if Path(folder) == self.folder else []
        )
        self._settings: Mapping[str, str] = {"options": json.dumps(self._options), "config": json.dumps(self._config)}

    def take_back(self) -> None:
        """Bring back the handbook that was kept."""
        for path in self.folder.iterdir():
            if path.name not in ("site", ".cache"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(self._kept, self.folder, dirs_exist_ok=True)
        self._options, self._config = json.loads(self._settings["options"]), json.loads(self._settings["config"])
