"""Photos: taken from the drop folder, kept with the attachments, hung on a document."""

from collections.abc import Iterable

from shopterm.db import models as m
from shopterm.db.attachments import store
from shopterm.domain.vocabulary import Doc
from shopterm.usecases.context import Context


def attach(ctx: Context, doc: Doc, doc_id: int, names: Iterable[str], note: str = "") -> None:
    """Store photos from the drop folder and hang them on a document."""
    for name in names:
        photo = store(ctx.shop, name)
        m.Attachment.insert(
            id=ctx.new_key(),
            site=ctx.site,
            doc=doc,
            doc_id=doc_id,
            sha256=photo.sha256,
            name=photo.name,
            kind=photo.kind,
            size=photo.size,
            person=ctx.actor.person,
            at=ctx.at,
            note=note,
        ).execute()
        ctx.notes.setdefault("photos", []).append(photo.sha256)
