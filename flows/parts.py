"""Parts of the files of a run: their names, where they are kept, and those for files that were not read."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flows.inputs import FETCHED, InputFile
from flows.plan import Plan
from flows.versions import key_of, meaning_version, pipeline_version, reading_version
from flows.withdrawn import Withdrawn, withdrawn_part
from flows.worker import Job
from pipeline.errors import OutputError
from pipeline.model import DocumentRecord, ReadDocument, digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractors.sandbox import Outcome
    from pipeline.dataset import Part, StoredPart
    from pipeline.normalize import ManifestRow
    from pipeline.reference import Registers

#: Document statuses, best first.
BADNESS = ("ok", "partial", "withdrawn", "quarantined")
EXTRACT_SUFFIX = ".extract"
MANIFEST = "manifest.csv"


def manifest_of(raw: Path) -> Mapping[str, ManifestRow]:
    """What the inbox's manifest says, by file name (see ``said_of``); empty without one.

    What a steward wrote goes before what the register of sources said when a file was fetched.

    Raises:
        OjError: it cannot be read; the sentence names the row.
    """
    from pipeline.normalize import read_manifest

    said = read_manifest(raw / FETCHED / MANIFEST) | read_manifest(raw / MANIFEST)
    return {_composed(name): row for name, row in said.items()}


def said_of(manifest: Mapping[str, ManifestRow], file: InputFile) -> ManifestRow | None:
    """The manifest's row of a file, also when one of them spells å as a and a ring (as macOS does)."""
    return manifest.get(_composed(file.name))


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def part_key(file: InputFile, manifest: ManifestRow | None, registers_digest: str) -> str:
    """Name of the part of a file: the same file, rules and registers give the same name."""
    said = "" if manifest is None else json.dumps(asdict(manifest), sort_keys=True, default=str)
    return key_of(
        file.sha256 or "",
        file.name,
        str(file.copy),
        file.original or "",
        said,
        reading_version(),
        meaning_version(),
        registers_digest,
    )


def digest_for(registers: Registers, file: InputFile) -> str:
    """A name for what the registers say of one file: a correction of one document redoes no other."""
    own = [
        repr(one)
        for one in registers.corrections.all
        if file.sha256 is not None
        and one.document_sha256 in (None, file.sha256)
        and (one.document_id is None or one.document_id.startswith(file.sha256[:16]))
    ]
    shared = [f"{name} {value}" for name, value in registers.digests.items() if name != "corrections.csv"]
    return key_of(*shared, *sorted(own))


def job_of(plan: Plan, file: InputFile, key: str, manifest: ManifestRow | None) -> Job:
    """The work order for one file that has to be read."""
    assert file.sha256 is not None
    return Job(
        path=file.path,
        file_name=file.name,
        sha256=file.sha256,
        size=file.size,
        key=key,
        extract_key=key_of(file.sha256, reading_version()),
        parts=plan.parts,
        extracts=plan.extracts,
        registers=plan.registers,
        manifest=manifest,
        force=plan.force,
    )


def is_readable(file: InputFile) -> bool:
    """Whether the file is to be read at all: it can be opened and is no copy of another."""
    return file.trouble is None and file.original is None


def is_kept(plan: Plan, key: str) -> bool:
    """Whether a whole part of this name is there, from before or from an earlier stage of this run."""
    from pipeline.dataset import read_part

    return any(read_part(folder, key) is not None for folder in (plan.parts, plan.failed))


def open_part(plan: Plan, key: str) -> StoredPart:
    """The part of this name, of this run or kept from before.

    Raises:
        OutputError: it is not there, or damaged.
    """
    from pipeline.dataset import read_part

    part = read_part(plan.failed, key) or read_part(plan.parts, key)
    if part is None:
        raise OutputError(
            f"En arbetsdel i {plan.parts} saknas eller är skadad: kör igen, så läses filen på nytt.",
            code="del-skadad",
        )
    return part


def keep_unread(plan: Plan, file: InputFile, key: str, manifest: ManifestRow | None) -> None:
    """Write the part of a copy, or of a file that cannot be opened."""
    if file.original is not None:
        code, reason = "dubblett", f"dubblett av {file.original}: filerna har samma innehåll"
    else:
        code, reason = "gar-inte-att-oppna", file.trouble or ""
    _write(plan.failed, quarantined(file, key, code, reason, manifest))


def keep_withdrawn(plan: Plan, gone: Withdrawn) -> list[StoredPart]:
    """Write the parts that list documents which are gone, one for each file's bytes, and give them."""
    kept = []
    for name, records in gone.items():
        for sha256 in sorted({record.file_sha256 for record in records}):
            part = withdrawn_part(name, sha256, [one for one in records if one.file_sha256 == sha256])
            _write(plan.failed, part)
            kept.append(open_part(plan, part.key))
    return kept


def keep_failure(plan: Plan, file: InputFile, outcome: Outcome[Job, str]) -> None:
    """Write the part of a file that could not be read.

    A refusal is kept for later runs, since the same bytes will give it again; nothing else is.
    """
    job = outcome.argument
    part = quarantined(file, job.key, outcome.code or "fel", outcome.reason or "", job.manifest)
    _write(plan.parts if outcome.status == "refused" else plan.failed, part)


def quarantined(file: InputFile, key: str, code: str, reason: str, manifest: ManifestRow | None) -> Part:
    """The part of a file of which only its existence and what the manifest says is known.

    Args:
        code: stable code of the reason. reason: Swedish sentence.
    """
    from pipeline.dataset import DocumentPart, Part

    record = DocumentRecord(
        document_id=_document_id(file),
        file_name=file.name,
        file_sha256=file.sha256 or "",
        part=1,
        page_first=None,
        page_last=None,
        status="quarantined",
        reason_code=code,
        reason=reason,
    )
    if manifest is not None:
        record = replace(
            record,
            title=manifest.title,
            source_url=manifest.source_url,
            publisher=manifest.publisher,
            published=manifest.published,
            year=manifest.year,
        )
    return Part(
        key=key,
        file_name=file.name,
        file_sha256=file.sha256 or "",
        pipeline_version=pipeline_version(),
        documents=(DocumentPart(ReadDocument(record)),),
        n_bytes=file.size,
    )


def forget_others(plan: Plan) -> None:
    """Remove kept parts and readings that belong to no file of the run: the state folder stays small."""
    from pipeline.dataset.parts import SUFFIX

    keep = {f"{key}{SUFFIX}" for key in plan.keys}
    keep |= {
        f"{key_of(file.sha256, reading_version())}{EXTRACT_SUFFIX}" for file in plan.files if file.sha256
    }
    for folder, suffix in ((plan.parts, SUFFIX), (plan.extracts, EXTRACT_SUFFIX)):
        for path in folder.glob(f"*{suffix}"):
            if path.name not in keep:
                path.unlink(missing_ok=True)


def _document_id(file: InputFile) -> str:
    """As normalize names the first document of these bytes; a copy's ends in its number."""
    name = f"{file.sha256[:16]}-1" if file.sha256 else digest("unreadable", file.name)
    return name if file.copy == 1 else f"{name}~{file.copy}"


def _write(folder: Path, part: Part) -> None:
    from pipeline.dataset import write_part

    write_part(folder, part)
