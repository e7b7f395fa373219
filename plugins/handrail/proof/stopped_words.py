"""The sentences on what a page's policy stops, with the line of the settings that would let it in."""

from __future__ import annotations

from urllib.parse import urlsplit

from handrail.proof.stopped import Asked, Kind
from handrail.words.language import quoted
from handrail.words.options import at_beginning, below_plugin

_STOPS = "and browsers leave it out: the site's policy lets in what every page asks for, and no more."
_INTO_A_FILE = (
    "Put it into a file and name that in {}, as in `extra_javascript: [js/own.js]`; in a template, write it so that it is the same on "
    "every page. Where another plugin writes it, the plugin may have an option for a file of its own."
)
_MOST = 40


def said_of(asked: Asked, config_name: str) -> tuple[str, str]:
    """Return what is said of something that is stopped, and what to do."""
    address = f"https:{asked.source}" if asked.source.startswith("//") else asked.source
    host = urlsplit(address).hostname or ""
    what, hint = {
        Kind.SCRIPT: (f"loads the program {quoted(asked.source)}", f"In {config_name}, add `extra_javascript: [{address}]`."),
        Kind.STYLE: (f"loads the style {quoted(asked.source)}", f"In {config_name}, add `extra_css: [{address}]`."),
        Kind.FRAME: (f"shows a frame of {quoted(host)}", _let_in("embeds", host, config_name)),
        Kind.PICTURE: (f"shows a picture of {quoted(host)}", _let_in("images", host, config_name)),
        Kind.MEDIUM: (f"plays {quoted(address)}", "Put the file beside the pages, or link to it."),
        Kind.OBJECT: (f"shows {quoted(address)} as an object", "Link to it, or show a picture."),
        Kind.FORM: (f"sends what is filled in to {quoted(host or address)}", "Link to a page of that host that holds the form."),
        Kind.BASE: (f"says that its links begin at {quoted(address)}", "Let the links of the template lead from where a page stands, as the filter `url` does."),
        Kind.HANDLER: (f"has {quoted(asked.name)} on an element", _INTO_A_FILE.format(config_name)),
        Kind.LINK: ("has a link that is a program", _INTO_A_FILE.format(config_name)),
        Kind.INLINE: (f"holds a script that begins with {_begin(asked)}", _INTO_A_FILE.format(config_name)),
    }[asked.kind]  # fmt: skip
    if asked.kind is Kind.FRAME and not host:
        what, hint = (
            f"shows {quoted(asked.source)} in a frame",
            "Link to it: what is framed could act on the whole site.",
        )
    return f"This page {what}, {_STOPS}", hint


def _let_in(option: str, host: str, config_name: str) -> str:
    return at_beginning(below_plugin(f"add `{option}: [{host}]`", config_name))


def _begin(asked: Asked) -> str:
    return quoted(" ".join(asked.written.partition(">")[2].split())[:_MOST])
