"""What the site leaves out is what MkDocs leaves out, whatever the patterns and the names."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import InclusionLevel, get_files

from handrail.errors import SettingsError
from handrail.model.exclusions import Cause, Exclusions, read_exclusions
from handrail.model.files import Files, list_files

FOLDERS = ("", "a/", "templates/", "a/templates/", ".gitbook/", "a/.b/", "a/.b/c/")
NAMES = (
    "index.md",
    "README.md",
    "index.markdown",
    "x.md",
    "x.markdown",
    "x.png",
    ".hidden.md",
    "README.MD",
    "readme.md",
)
PATTERNS = (
    "*.md", "!*.md", "README.md", "/README.md", "index.md", "!index.md", "a/", "!a/", "/a", "x.*", "!/a/x.md", "!.gitbook", "!.*",
    "!a/.b", "!templates/", "/templates/", "!/templates/x.md", ".gitbook/", "**/c", "!**/c/**", "# words", "", "a/**/x.md",
)  # fmt: skip
PATHS = st.builds(str.__add__, st.sampled_from(FOLDERS), st.sampled_from(NAMES))
LINES = st.lists(st.sampled_from(PATTERNS), max_size=4).map("\n".join)


def mkdocs_lists(folder: Path, excluded: str, drafts: str) -> dict[str, InclusionLevel]:
    """Return what MkDocs makes of each file."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "docs_dir": str(folder), "exclude_docs": excluded, "draft_docs": drafts})
    assert not config.validate()[0]
    return {file.src_uri: file.inclusion for file in get_files(config)}


@given(paths=st.sets(PATHS, max_size=12), excluded=LINES, drafts=LINES)
def test_mkdocs_leaves_out_the_same(paths: set[str], excluded: str, drafts: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in paths:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text("Words.", "utf-8")
        theirs = mkdocs_lists(folder, excluded, drafts)
        files = list_files(folder, read_exclusions(excluded, drafts))
    ours = set(files.pages) | set(files.assets)
    built = {path for path, level in theirs.items() if level.is_included()}
    assert ours - set(files.left_out) == built
    for path in paths:
        exclusion = files.why_left_out(path)
        assert (exclusion is None) == (path in built)
        if theirs.get(path) is InclusionLevel.DRAFT:
            assert exclusion is not None
            assert exclusion.cause is Cause.DRAFT


# path, settings, cause, why, hint
SAID = [
    (".gitbook/a/b.png", "", Cause.HIDDEN, "lies in a hidden folder", 'To let it in, add this line to mkdocs.yml: exclude_docs: "!.gitbook".'),
    ("a/.b/c.md", "x/", Cause.HIDDEN, "lies in a hidden folder", "To let it in, add the line `!/a/.b` to `exclude_docs` in mkdocs.yml."),
    (".a.md", "", Cause.HIDDEN, "is a hidden file", 'To let it in, add this line to mkdocs.yml: exclude_docs: "!.a.md".'),
    ("x/.a.md", "!.b", Cause.HIDDEN, "is a hidden file", "To let it in, add the line `!/x/.a.md` to `exclude_docs` in mkdocs.yml."),
    ("templates/a.md", "", Cause.TEMPLATES, "lies in `templates/`, which MkDocs leaves out",
     'Move it to another folder, or add this line to mkdocs.yml: exclude_docs: "!templates/".'),
    ("old/a.md", "new/\n/old/", Cause.EXCLUDED, "is left out by `exclude_docs` in mkdocs.yml, with the line `/old/`", "Move it, or change that line."),
]  # fmt: skip


@pytest.mark.parametrize(("path", "excluded", "cause", "why", "hint"), SAID)
def test_why_and_what_lets_it_in(path: str, excluded: str, cause: Cause, why: str, hint: str) -> None:
    found = read_exclusions(excluded, "").why(path)
    assert found is not None
    assert (found.cause, found.why, found.hint) == (cause, why, hint)
    line = next((part for part in found.hint.replace('"', "`").split("`") if part.startswith("!")), None)
    if line is not None:
        assert read_exclusions(f"{excluded}\n{line}", "").why(path) is None


def test_what_lies_behind_a_link_is_left_out() -> None:
    files = Files(symlinks=["shared", "a.png"], pages=["b.md"])
    for path, why in (("shared/a.md", "lies behind a symbolic link"), ("a.png", "is a symbolic link")):
        found = files.why_left_out(path)
        assert found is not None
        assert (found.cause, found.why) == (Cause.LINK, why)
    assert files.why_left_out("b.md") is None


def test_folders_of_programs_are_never_read(tmp_path: Path) -> None:
    for path in (".git/a.md", ".cache/handrail/b.md", "a/.svn/c.md", ".gitbook/.hg/d.md", ".gitbook/e.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("Words.", "utf-8")
    assert list_files(tmp_path, read_exclusions("!.*", "")).pages == [".gitbook/e.md"]


def test_what_mkdocs_has_read_is_read_the_same() -> None:
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "exclude_docs": "a/\n\n# words\n!a/b.md\n", "draft_docs": "c/"})
    config.validate()
    assert read_exclusions(config.exclude_docs, config.draft_docs) == Exclusions(("a/", "# words", "!a/b.md"), ("c/",))
    assert read_exclusions(None, ["a"]) == Exclusions()


@pytest.mark.parametrize("line", ["!", "\\"])
def test_a_line_that_is_no_pattern_is_refused(line: str) -> None:
    with pytest.raises(SettingsError, match="under `draft_docs` is no pattern; write a path such as drafts/"):
        read_exclusions("", f"a/\n{line}\n")
