"""The command line's own words in Swedish: headings of the help pages and messages for a wrong call."""

from __future__ import annotations

import re
from functools import partial
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
    (r"(?:Value error, )?'?(.+?)'? is not one of (.+?)\.?", "”{0}” är inte något av {1}."),
    (r"Input should be greater than or equal to (\d+)", "talet ska vara minst {0}."),
    (r"Input should be less than or equal to (\d+)", "talet ska vara högst {0}."),
    (r"Input should be a valid integer.*", "det ska vara ett heltal."),
)
USAGE = "Användning: "
USAGE_WORDS = {"[OPTIONS]": "[VAL]", "COMMAND [ARGS]...": "KOMMANDO …"}
HELP_OPTION = "Visa den här hjälpen."


class _InSwedish:
    """Usage line, parameters and help option of a command, in Swedish."""

    def get_usage(self, ctx: Any) -> str:
        """The usage line."""
        return USAGE + str(super().get_usage(ctx)).removeprefix("Usage: ")  # type: ignore[misc]

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, without their types (``<bool>``), which are Python's words."""
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            param.display_type_rich = partial(_shown_type, param)
        return params

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help page."""
        option: Any = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = HELP_OPTION
        return option

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What stands after the command's name in the usage line."""
        pieces: list[str] = super().collect_usage_pieces(ctx)  # type: ignore[misc]
        return [USAGE_WORDS.get(piece, piece) for piece in pieces]


class SwedishCommand(_InSwedish, TyperCommand):
    """A command whose help page is in Swedish."""


class SwedishGroup(_InSwedish, TyperGroup):
    """A group of commands whose help page is in Swedish."""


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


def _shown_type(param: Any, **_: Any) -> str | None:
    """What an option's value is called; nothing for switches and arguments."""
    metavar: str | None = param.metavar
    return metavar if param.param_type_name == "option" else None
