"""Names for the parts of a page that the theme leaves nameless: only where the theme is the one we know."""

from __future__ import annotations

from handrail.engines import accessibility
from handrail.text.html_page import HtmlPage, Wanted

SEARCH = '<div class="md-search" data-md-component="search" role="dialog">'
FIELD = '<input type="text" class="md-search__input" name="query" aria-label="{}" placeholder="x">'
FOLD = '<label class="md-nav__link " for="__nav_2" id="__nav_2_label" tabindex="0">'
SWITCH = '<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer">\n<label class="md-overlay"></label>'
SKIP = '<div data-md-component="skip">\n<a href="#a">Skip</a>\n</div>\n'
BURGER = '<label class="md-header__button md-icon" for="__drawer">'
NAVIGATION = '<nav class="md-nav md-nav--primary md-nav--lifted" aria-label="Navigation &amp; Co" data-md-level="0">'
ICON = '\n  <span class="md-nav__icon md-icon"></span>\n</label>'


def label_landmarks(html: str) -> str:
    page = HtmlPage(html, Wanted(*accessibility.SELECTORS))
    accessibility.label_landmarks(page)
    return page.text


def test_the_search_is_called_what_the_theme_calls_its_field() -> None:
    named = label_landmarks(SEARCH + FIELD.format("Suche &amp; Co"))
    assert named.startswith(SEARCH.replace("<div", '<div aria-label="Suche &amp; Co"'))


def test_a_search_of_another_theme_stays_as_it_is() -> None:
    for html in (SEARCH, SEARCH.replace(">", ' aria-label="Look">') + FIELD.format("Search")):
        assert label_landmarks(html) == html


def test_the_path_to_a_page_is_not_called_what_the_navigation_is_called() -> None:
    navigation = '<nav class="md-nav md-nav--primary" aria-label="Navigation">'
    assert label_landmarks(f'{navigation}<nav class="md-path" aria-label="Navigation" >') == (
        f'{navigation}<nav class="md-path" aria-label="Path to this page" >'
    )


def test_in_another_language_the_path_to_a_page_has_no_english_name() -> None:
    page = '<html lang="{}"><title>A "b" &amp; c</title><nav class="md-path" aria-label="Navigation">'
    for language, name in (("de", "Navigation: A &quot;b&quot; &amp; c"), ("en-GB", "Path to this page")):
        html = page.format(language)
        assert label_landmarks(html) == html.replace('"Navigation"', f'"{name}"')


def test_the_switch_of_a_narrow_windows_navigation_is_named_and_comes_after_what_leads_past_it() -> None:
    switch = SWITCH.replace("<input", '<input role="switch" aria-labelledby="hr-drawer"')
    assert label_landmarks(SWITCH + SKIP + BURGER + NAVIGATION) == (
        f'{SKIP}{switch}{BURGER}<span class="hr-spoken" id="hr-drawer">Navigation &amp; Co</span>{NAVIGATION}'
    )


def test_a_switch_of_another_theme_stays_as_it_is() -> None:
    html = SWITCH + SKIP + BURGER
    assert label_landmarks(html) == html


def test_a_table_is_moved_by_the_keyboard_and_named_after_its_columns() -> None:
    table = '<table>\n<thead>\n<tr><th>A &amp; b</th>\n<th style="text-align: right;"><em>C</em>\n"d"</th></tr></thead></table>'
    moved = _moved(table, "A &amp; b, C &quot;d&quot;")
    assert label_landmarks(_article(f"<p>{table}</p>{table}")) == _article(f"<p>{moved}</p>{moved}")


def test_a_header_of_nothing_is_none() -> None:
    body = "<tbody><tr><th></th></tr></tbody></table>"
    table = f'<table><thead><tr><th style="text-align: left;">\n</th><th>A</th><th></th></tr></thead>{body}'
    fixed = f'<table><thead><tr><td style="text-align: left;"></td><th>A</th><td></td></tr></thead>{body}'
    assert label_landmarks(_article(table)) == _article(_moved(fixed, "A"))


def test_a_table_without_headers_has_no_name_to_get() -> None:
    for table in ("<table><tr><td>a</td></tr></table>", "<table><thead><tr><td>a</td></tr></thead></table>"):
        moved = f'<div class="md-typeset__scrollwrap" tabindex="0">{table}</div>'
        assert label_landmarks(_article(table)) == _article(moved)


def test_of_tables_in_each_other_the_innermost_is_moved() -> None:
    table = "<table><tr><td>{}</td></tr></table>"
    inner = table.format("a")
    moved = f'<div class="md-typeset__scrollwrap" tabindex="0">{inner}</div>'
    assert label_landmarks(_article(table.format(inner))) == _article(table.format(moved))


def test_a_table_that_has_a_place_or_a_look_of_its_own_or_is_no_part_of_the_text_stays_as_it_is() -> None:
    for html in (
        _article('<div tabindex="0"><table><thead></thead></table></div>'),
        _article('<table class="highlighttable"><tr></tr></table>'),
        '<meta content="<table></table>">' + _article("") + '<a title="<table></table>"></a>',
    ):
        assert label_landmarks(html) == html


def test_a_button_keeps_its_name_while_its_tooltip_is_shown() -> None:
    button = '<a href="x" title="Edit this page" class="md-content__button md-icon" rel="edit">'
    named = button.replace("<a", '<a aria-label="Edit this page"')
    assert label_landmarks(button) == named


def test_what_folds_a_part_of_the_navigation_is_named_after_the_page_beside_it() -> None:
    beside = '<a href="finance/"><span class="md-ellipsis">\n  Finance &amp; Co\n</span></a>'
    assert (
        label_landmarks(beside + FOLD + ICON) == f'{beside}{FOLD}<span class="hr-spoken">Finance &amp; Co</span>{ICON}'
    )


def test_what_has_a_name_gets_no_other() -> None:
    html = f'<span class="md-ellipsis">Finance</span>{FOLD}<span class="md-ellipsis">Sales</span>{ICON}'
    assert label_landmarks(html) == html


def _moved(table: str, name: str) -> str:
    return f'<div class="md-typeset__scrollwrap" role="group" aria-label="{name}" tabindex="0">{table}</div>'


def _article(inside: str) -> str:
    return f'<article class="md-content__inner md-typeset">{inside}</article>'
