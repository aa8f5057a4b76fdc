"""The frame of the site's pages: templates, addresses, and how a page is written."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.dataset import views
from pipeline.dataset.files import sha256_of
from pipeline.dataset.runfile import read_run
from pipeline.exports.headings import ABSENT, MEASURES, area_word
from pipeline.exports.showing import around, plain_value, shown_value
from pipeline.exports.site.charts import COLOURS
from pipeline.model import digest

if TYPE_CHECKING:
    from jinja2 import Environment

SITE = "site"
#: What every page was made of, so that the next run takes over those that would be the same.
MADE_OF = "sidor.json"
#: Words of the navigation by page, in its order.
PAGES = {
    "index.html": "Översikt",
    "kommuner.html": "Kommuner",
    "indikatorer.html": "Indikatorer",
    "dokument.html": "Dokument",
    "avvikelser.html": "Avvikelser",
    "sarskilda.html": "Särskilda värden",
    "kvalitetsdeklaration.html": "Kvalitet",
    "variabler.html": "Variabler",
    "metod.html": "Metod",
}
#: Class of a value's colour by answer; every coloured value also carries its word.
ANSWER_CLASS = {"JA": "ja", "NEJ": "nej", "DELVIS": "delvis"}


class Site:
    """The folder of the site, what all of its pages share, and which pages of the last run are taken over."""

    def __init__(self, folder: Path, title: str, version: str = "") -> None:
        """Begin the site of a staging folder, which lies in OUT.

        Args:
            version: of all that pages are made by besides their rows (code and settings).
        """
        self.folder = folder / SITE
        self._shared = {"site_title": title, "pages": PAGES}
        self._version = version
        self._made: dict[str, str] = {}
        self._out = folder.parent
        self._listed: Mapping[str, Any] = (read_run(self._out) or {"outputs": {}})["outputs"]
        self._before = self._known()

    def write(self, name: str, template: str, /, **content: Any) -> None:
        """Render a template to a page of the site.

        Args:
            name: the page's path below the site's folder, with forward slashes.
        """
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        root = "../" * name.count("/")
        html = environment().get_template(template).render(root=root, here=name, **self._shared, **content)
        path.write_text(html, encoding="utf-8")

    def keep(self, name: str, *key: object) -> bool:
        """Take a page over from the last run, when it was made of the same; else it must be written.

        Args:
            key: what tells the content apart (rows, or a digest of them).
        """
        made = digest(self._version, *map(repr, key))
        self._made[name] = made
        return self._before.get(name) == made and self.take_over(f"{SITE}/{name}")

    def take_over(self, path: str) -> bool:
        """Link a file of the last run (path below OUT) when it is whole; False when it is not."""
        old, new = self._out / path, self.folder.parent / path
        try:
            if path not in self._listed or sha256_of(old) != self._listed[path]["sha256"]:
                return False
            new.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(old, new)
            except OSError:  # a file system without hard links
                shutil.copyfile(old, new)
        except OSError:
            return False
        return True

    def finish(self) -> None:
        """Write down what every page was made of, for the next run."""
        text = json.dumps(self._made, indent=0, sort_keys=True)
        (self.folder / MADE_OF).write_text(text, encoding="utf-8")

    def _known(self) -> Mapping[str, str]:
        """What the pages of the last run were made of; nothing when that cannot be told."""
        path = self._out / SITE / MADE_OF
        try:
            if f"{SITE}/{MADE_OF}" not in self._listed:
                return {}
            content = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}


def digests(connection: Any, query: str, *keys: str) -> list[tuple[tuple[Any, ...], str]]:
    """The keys of a query's rows in their order, each with a digest of its rows, whatever their order.

    Args:
        query: a view or a subquery in brackets. keys: columns that tell pages apart.
    """
    listed = ", ".join(keys)
    rows = connection.execute(
        f"SELECT {listed}, count(*)::VARCHAR || ' ' || sum(hash(rows_of))::VARCHAR || ' ' || "  # noqa: S608
        f"bit_xor(hash(rows_of))::VARCHAR FROM {query} AS rows_of GROUP BY {listed} ORDER BY {listed}"
    ).fetchall()
    return [(row[:-1], row[-1]) for row in rows]


def unit_page(unit_id: str) -> str:
    """Path of a unit's page."""
    return f"kommun/{_safe(unit_id)}.html"


def indicator_page(key: str) -> str:
    """Path of an indicator's page; a label that no register row knows is named by a digest."""
    return f"indikator/{_safe(key)}.html"


def document_page(document_id: str) -> str:
    """Path of a document's page."""
    return f"dokument/{_safe(document_id)}.html"


def source_page(document_id: str, page: int) -> str:
    """Path of the page that shows a 1-based page of a PDF."""
    return f"kalla/{_safe(document_id)}-s{page}.html"


def source_link(document_id: str, page: int, mark: str) -> str:
    """Address of a marked place: an observation's, a flag's or a claim's id."""
    return f"{source_page(document_id, page)}#{mark}"


@lru_cache(maxsize=65_536)
def _safe(name: str) -> str:
    """The name where it can be a file's on every system, else a digest of it."""
    return name if re.fullmatch(r"[a-z0-9][a-z0-9_~-]{0,80}", name) else f"namn-{digest(name)}"


def value_class(row: Any) -> str:
    """The class of a value's colour: its answer, a number, unreadable, or none there."""
    if row["status"] != "ok":
        return "olaslig" if row["status"] in ("unreadable", "conflict") else "utan"
    return ANSWER_CLASS.get(row["answer"] or "", "tal")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The Jinja environment of the site: escaping on, a missing variable is an error."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=ChoiceLoader([PackageLoader("pipeline.exports"), PackageLoader("pipeline.dataset")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "antal": views.count,
        "antal_av": views.counted,
        "visat": shown_value,
        "bara": plain_value,
        "klass": value_class,
        "omrade": area_word,
        "matt": lambda measure: MEASURES.get(measure, measure),
        "franvaro": lambda status: ABSENT.get(status, status),
    }
    made.globals |= {
        "unit_page": unit_page,
        "indicator_page": indicator_page,
        "document_page": document_page,
        "source_page": source_page,
        "source_link": source_link,
        "around": around,
        "answer_colours": COLOURS,
    }
    return made
