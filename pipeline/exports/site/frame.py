"""The frame of the site's pages: templates, addresses, and how a page is written."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.dataset import views
from pipeline.exports.headings import ABSENT, MEASURES, area_word
from pipeline.exports.showing import around, plain_value, shown_value
from pipeline.exports.site.charts import COLOURS
from pipeline.model import digest

if TYPE_CHECKING:
    from jinja2 import Environment

SITE = "site"
#: Words of the navigation by page, in its order.
PAGES = {
    "index.html": "Översikt",
    "kommuner.html": "Kommuner",
    "indikatorer.html": "Indikatorer",
    "dokument.html": "Dokument",
    "avvikelser.html": "Avvikelser",
    "kvalitetsdeklaration.html": "Kvalitet",
    "variabler.html": "Variabler",
    "metod.html": "Metod",
}
#: Class of a value's colour by answer; every coloured value also carries its word.
ANSWER_CLASS = {"JA": "ja", "NEJ": "nej", "DELVIS": "delvis"}


class Site:
    """The folder of the site and what all of its pages share."""

    def __init__(self, folder: Path, title: str, date: str) -> None:
        self.folder = folder / SITE
        self._shared = {"site_title": title, "date": date, "pages": PAGES}

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
