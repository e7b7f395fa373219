"""Names for the parts of a page that the theme leaves nameless: only where the theme is the one we know."""

from __future__ import annotations

from handrail.engines.landmarks import with_names

SEARCH = '<div class="md-search" data-md-component="search" role="dialog">'
FIELD = '<input type="text" class="md-search__input" name="query" aria-label="{}" placeholder="x">'
FOLD = '<label class="md-nav__link " for="__nav_2" id="__nav_2_label" tabindex="0">'
ICON = '\n  <span class="md-nav__icon md-icon"></span>\n</label>'


def test_the_search_is_called_what_the_theme_calls_its_field() -> None:
    named = with_names(SEARCH + FIELD.format("Suche &amp; Co"))
    assert named.startswith(SEARCH.replace(">", ' aria-label="Suche &amp; Co">'))


def test_a_search_of_another_theme_stays_as_it_is() -> None:
    for html in (SEARCH, SEARCH.replace(">", ' aria-label="Look">') + FIELD.format("Search")):
        assert with_names(html) == html


def test_the_path_to_a_page_is_not_called_what_the_navigation_is_called() -> None:
    navigation = '<nav class="md-nav md-nav--primary" aria-label="Navigation">'
    assert with_names(f'{navigation}<nav class="md-path" aria-label="Navigation" >') == (
        f'{navigation}<nav class="md-path" aria-label="Path to this page" >'
    )


def test_a_button_keeps_its_name_while_its_tooltip_is_shown() -> None:
    button = '<a href="x" title="Edit this page" class="md-content__button md-icon" rel="edit">'
    named = button.replace(" class=", ' aria-label="Edit this page" class=')
    assert with_names(button) == named


def test_what_folds_a_part_of_the_navigation_is_named_after_the_page_beside_it() -> None:
    beside = '<a href="finance/"><span class="md-ellipsis">\n  Finance &amp; Co\n</span></a>'
    assert with_names(beside + FOLD + ICON) == f'{beside}{FOLD}<span class="hr-spoken">Finance &amp; Co</span>{ICON}'


def test_what_has_a_name_gets_no_other() -> None:
    html = f'<span class="md-ellipsis">Finance</span>{FOLD}<span class="md-ellipsis">Sales</span>{ICON}'
    assert with_names(html) == html
