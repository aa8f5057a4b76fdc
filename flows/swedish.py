"""The command line's own words in Swedish: headings of the help pages and messages for a wrong call."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

#: Typer's fixed words on help pages: name in ``typer.rich_utils`` → Swedish.
HELP_WORDS = {
    "ARGUMENTS_PANEL_TITLE": "Anges efter kommandot",
    "OPTIONS_PANEL_TITLE": "Val",
    "COMMANDS_PANEL_TITLE": "Kommandon",
    "ERRORS_PANEL_TITLE": "Fel",
    "ABORTED_TEXT": "Avbrutet.",
    "DEFAULT_STRING": "[förval: {}]",
    "REQUIRED_LONG_STRING": "[måste anges]",
    "DEPRECATED_STRING": "(utgående) ",
    "ENVVAR_STRING": "[miljövariabel: {}]",
    "RICH_HELP": "Se [blue]'{command_path} {help_option}'[/] för hjälp.",
}
#: Typer's messages for wrong calls, as patterns; each group is put into the Swedish sentence.
MESSAGES = (
    (r"No such command '(.+?)'\..*", "Kommandot ”{0}” finns inte."),
    (r"No such option: (\S+).*?(?:Did you mean (.+)\?)?", "Valet {0} finns inte."),
    (r"Missing command\.", "Ange ett kommando."),
    (r"Got unexpected extra argument\(?s?\)? \((.+)\)", "För mycket angivet: {0}."),
    (r"Missing argument '(.+?)'\.?.*", "{0} måste anges."),
    (r"Missing option '(.+?)'\.?.*", "Valet {0} måste anges."),
    (r"Missing parameter: (.+)", "{0} måste anges."),
    (r"Option '(.+?)' requires an argument\.", "Valet {0} behöver ett värde."),
    (r"Option '(.+?)' does not take a value\.", "Valet {0} tar inget värde."),
    (r"Invalid value for '?(.+?)'?: (.+)", "Fel värde för {0}: {1}"),
    (r"'?(.+?)'? is not a valid (?:int|integer|int range)\.?.*", "{0} är inte ett heltal."),
    (r"Value '?(.+?)'? is not a valid (?:int|integer)\.?.*", "{0} är inte ett heltal."),
    (r"'?(.+?)'? is not in the range x>=(\d+)\.", "{0} är mindre än {1}."),
    (r"'?(.+?)'? is not one of (.+?)\.?", "{0} är inte något av {1}."),
)
USAGE = "Användning: "
HELP_OPTION = "Visa den här hjälpen."


class SwedishCommand(TyperCommand):
    """A command whose usage line and help option are in Swedish."""

    def get_usage(self, ctx: Any) -> str:
        """The usage line."""
        return _usage(super().get_usage(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help page."""
        return _help_option(super().get_help_option(ctx))

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What stands after the command's name in the usage line."""
        return _pieces(super().collect_usage_pieces(ctx))


class SwedishGroup(TyperGroup):
    """A group of commands whose usage line and help option are in Swedish."""

    def get_usage(self, ctx: Any) -> str:
        """The usage line."""
        return _usage(super().get_usage(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help page."""
        return _help_option(super().get_help_option(ctx))

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What stands after the command's name in the usage line."""
        return _pieces(super().collect_usage_pieces(ctx))


def speak_swedish() -> None:
    """Put Swedish words on Typer's help pages."""
    from typer import rich_utils

    for name, words in HELP_WORDS.items():
        setattr(rich_utils, name, words)


def translate(message: str) -> str:
    """A message of Typer's for a wrong call, in Swedish; one that is not known is given as it is."""
    text = " ".join(message.split())
    for pattern, sentence in MESSAGES:
        match = re.fullmatch(pattern, text)
        if match:
            said = sentence.format(*(translate(group or "") for group in match.groups()))
            guess = re.search(r"Did you mean '?(.+?)'?\?", text)
            return f"{said} Menade du {guess[1]}?" if guess and "Menade" not in said else said
    return text


def _usage(line: str) -> str:
    return USAGE + line.removeprefix("Usage: ")


def _pieces(pieces: list[str]) -> list[str]:
    words = {"[OPTIONS]": "[VAL]", "COMMAND [ARGS]...": "KOMMANDO …"}
    return [words.get(piece, piece) for piece in pieces]


def _help_option(option: Any) -> Any:
    if option is not None:
        option.help = HELP_OPTION
    return option
