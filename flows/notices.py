"""Notices that a run sends: new errors were found, or the run failed.

A notice goes to notification blocks of Prefect's, by their slugs (``custom-webhook/larm``,
``oj-e-post/forvaltning`` …); any block that can notify will do.
"""

from __future__ import annotations

import asyncio
import inspect
import smtplib
from collections.abc import Awaitable, Mapping, Sequence
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

from prefect.blocks.abstract import NotificationBlock
from prefect.blocks.core import Block
from pydantic import Field, SecretStr

from pipeline.errors import OjError

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.client.schemas.objects import FlowRun, State

#: How many new errors a notice spells out.
SPELT_OUT = 20
SMTP_SECONDS = 30.0


class EmailNotification(NotificationBlock):
    """E-mail through a mail server that speaks STARTTLS.

    Attributes:
        host, port: of the server. user, password: left empty where it asks for none.
        starttls: False only for a server on this machine.
    """

    _block_type_name = "Öj e-post"
    _block_type_slug = "oj-e-post"

    host: str = Field(title="E-postserver")
    port: int = Field(default=587, title="Port")
    sender: str = Field(title="Avsändare")
    to: list[str] = Field(title="Mottagare")
    user: str = Field(default="", title="Användarnamn")
    password: SecretStr = Field(default=SecretStr(""), title="Lösenord")
    starttls: bool = Field(default=True, title="STARTTLS")

    async def notify(self, body: str, subject: str | None = None) -> None:
        """Send one message."""
        await asyncio.to_thread(self._send, body, subject)

    def _send(self, body: str, subject: str | None) -> None:
        import ssl

        message = EmailMessage()
        message["From"], message["To"] = self.sender, ", ".join(self.to)
        message["Subject"] = subject or "Öppna jämförelser"
        message.set_content(body)
        with smtplib.SMTP(self.host, self.port, timeout=SMTP_SECONDS) as server:
            if self.starttls:
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password.get_secret_value())
            server.send_message(message)


def send(slugs: Sequence[str], subject: str, body: str) -> None:
    """Send a notice to every block, in their order.

    Args:
        slugs: ``type/name`` of saved notification blocks.

    Raises:
        ValueError: there is no such block. OSError, RuntimeError: it could not notify.
    """
    for slug in slugs:
        block: Any = Block.load(slug)
        told = block.notify(body=body, subject=subject)
        if inspect.isawaitable(told):
            asyncio.run(_wait_for(told))


async def _wait_for(told: Awaitable[None]) -> None:
    await told


def new_errors_notice(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, str] | None:
    """Subject and body when there are open errors that were not there before, else None.

    Args:
        before, after: message of every open error by flag_id.
    """
    fresh = [after[flag_id] for flag_id in sorted(after.keys() - before.keys())]
    if not fresh:
        return None
    lines = [f"- {message}" for message in fresh[:SPELT_OUT]]
    if len(fresh) > SPELT_OUT:
        lines.append(f"… och {len(fresh) - SPELT_OUT} till; se rapporten.")
    count = "1 nytt fel" if len(fresh) == 1 else f"{len(fresh)} nya fel"
    return f"Öppna jämförelser: {count}", "\n".join(lines)


def tell_failure(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Prefect's hook for a run that failed or crashed: send a notice to the blocks of its parameter."""
    slugs = (flow_run.parameters or {}).get("notify") or []
    send(slugs, f"Öppna jämförelser: körningen {flow.name} misslyckades", _why(state))


def _why(state: State[Any]) -> str:
    """The error's own sentence where it is one of ours."""
    from prefect.exceptions import MissingResult, UnfinishedRun

    try:
        error = state.result(raise_on_failure=False)
    except (MissingResult, UnfinishedRun):
        error = None
    if isinstance(error, OjError):
        return error.message
    return f"Se körningens logg i Prefect. {state.message or ''}".strip()
