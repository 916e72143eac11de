"""Labour days: attendance and entries as intervals; corrections keep the original."""

import peewee as pw

from shopterm.db.models.base import Flag, Int, Row, WordField
from shopterm.db.models.orders import Job
from shopterm.db.models.people import Person
from shopterm.db.models.sheets import LabourLine
from shopterm.domain.vocabulary import EntryKind


class Attendance(Row):
    """A person's shift, in to out."""

    site = Int()
    person = pw.ForeignKeyField(Person)
    person_id: int
    start = Int()
    end = Int(null=True)
    voided = Flag(default=False)
    corrects = Int(null=True)
    reason = pw.TextField(default="")

    class Meta:
        """Found by person and time; what was voided counts nowhere."""

        indexes = (pw.SQL('CREATE INDEX attendance_in_time ON attendance (person_id, start, "end") WHERE voided = 0'),)


class LabourEntry(Row):
    """Clock-on to clock-off of one person on one line, a code, or a break."""

    site = Int()
    person = pw.ForeignKeyField(Person)
    person_id: int
    kind = WordField(EntryKind)
    job = pw.ForeignKeyField(Job, null=True)
    job_id: int | None
    labour_line = pw.ForeignKeyField(LabourLine, null=True)
    labour_line_id: int | None
    code = pw.TextField(default="")
    rework = Flag(default=False)
    start = Int()
    end = Int(null=True)
    voided = Flag(default=False)
    corrects = Int(null=True)
    reason = pw.TextField(default="")

    class Meta:
        """Found by person and time, by job; what was voided counts nowhere."""

        indexes = (
            pw.SQL('CREATE INDEX labour_entry_in_time ON labour_entry (person_id, start, "end") WHERE voided = 0'),
            (("job", "end"), False),
        )
