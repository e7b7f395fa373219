"""What the pages that Handrail makes are called, and what people type who look for one of them.

Those whose names tell what a handbook calls its procedures are named where they are made; they are one step from every page.
"""

from __future__ import annotations

from collections.abc import Mapping

from handrail.model.generated import Made

TITLES: Mapping[Made, str] = {
    Made.CHANGES: "What changed",
    Made.QUEUE: "What is waiting to be signed",
    Made.UNLISTED: "Pages that nothing leads to",
    Made.DUPLICATES: "What is said twice",
    Made.SCORECARD: "How the handbook is doing",
    Made.PROGRESS: "How far each folder has come",
    Made.STRATEGY: "Why we are here and where we are going",
    Made.CASCADE: "How the plans hang together",
    Made.MAP: "The map: from the mission to the procedures",
    Made.MEETINGS: "Meetings and what they decided",
    Made.FLOWS: "What goes in and comes out",
    Made.DOCTOR: "From goal to meeting",
    Made.SIGNING: "What a sign-off means",
    Made.KINDS: "Kinds of pages",
}

ASKED: Mapping[Made, tuple[str, ...]] = {
    Made.CHANGES: ("what is new in the handbook",),
    Made.QUEUE: ("what do I have to sign",),
    Made.SCORECARD: ("measures of the handbook", "which sign-offs have run out"),
    Made.STRATEGY: ("open objectives and goals", "our visions"),
    Made.CASCADE: ("plans of all departments",),
    Made.MAP: ("how it all hangs together",),
    Made.MEETINGS: ("what a meeting decided", "agenda of the next meeting", "decisions of our meetings"),
    Made.FLOWS: ("inputs and outputs of our work",),
    Made.DOCTOR: ("does our operating model work", "which goal has no metric"),
    Made.SIGNING: ("what does signed mean",),
    Made.KINDS: ("what fields does a page have",),
}
"""By the pages that the finder knows: those that people look for who want to know how the company is run."""


def said_of(made: Made) -> tuple[str, ...]:
    """Return the phrases by which the finder knows a page of ours; none of one that it does not know."""
    return (TITLES[made], *ASKED[made]) if made in ASKED else ()
