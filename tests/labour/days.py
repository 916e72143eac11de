"""Twenty labour days of three mechanics and a foreman, one after the other from Monday 2030-03-04 on.

``on A2`` clocks on to work line 2 of job A, ``done A2`` signs it; on job R, sent back by the inspector, all is rework.
A line that begins with ``+1`` happens the day after, when people remember.
"""

from collections import Counter
from datetime import date
from typing import NamedTuple

FIRST = date(2030, 3, 4)


class LabourDay(NamedTuple):
    """One day: which traps it sets, and what people do."""

    traps: str
    script: str


DAYS = (
    LabourDay("forgotten several indirect break nextday", """
        08:00 M1 in
        08:05 M1 on A2
        08:10:20 M2 in
        08:10:20 M2 code clean
        08:40 M2 on A2
        10:30 M2 off A
        10:45 M2 code meeting
        11:15 M2 stop
        12:00 M1 break
        12:00 M2 break
        13:00 M1 on A2
        13:00 M2 on A3
        16:00 M2 off A
        16:00 M2 done A3
        17:30 M2 out
        +1 07:50 F1 fix M1 in 08:00 ends 17:35"""),
    LabourDay("hopping seconds zero running", """
        07:58:31 M1 in
        08:00:10 M1 on A4
        08:01:50 M1 on A5
        08:01:55 M1 on A4
        08:03:05 M1 on B2
        08:03:05 M1 on B3
        08:03:06 M1 on B2
        08:07:59 M1 off B
        08:08 M1 on A2
        10:00:59 M1 done A4
        11:59:59 M1 break
        12:59:01 M1 on A2
        17:31:30 M1 out
        +1 17:00 M1 done A2"""),
    LabourDay("midnight overtime several", """
        20:00 M1 in
        20:00 M1 on B2
        20:15 M2 on B2
        23:40 M2 break
        +1 00:10 M2 on B2
        +1 00:30 M1 code wait
        +1 01:00 M1 on B2
        +1 06:30 M1 out
        +1 06:31 M2 off B
        +1 06:45 M2 out"""),
    LabourDay("rework indirect running zero", """
        08:00 M3 on R2
        09:30 M3 code tools
        09:30 M3 break
        09:45 M3 on R2
        11:00 M3 on R3
        12:00:30 M3 break
        13:00:30 M3 on B3
        17:00 M3 on R2
        17:30 M3 out"""),
    LabourDay("twoshifts overtime forgotten correction", """
        06:00 M2 in
        06:05 M2 on B4
        10:00 M2 off B
        10:05 M2 out
        13:55 M2 in
        14:00 M2 on B4
        20:00 M2 out
        08:00 M1 in
        08:00 M1 on A5
        16:30 F1 fix M1 on 08:00 ends 12:00
        16:31 M1 on A5
        17:30 M1 out
        17:31 M1 done A5"""),
    LabourDay("several hopping break", """
        08:00 M1 on C2
        08:00 M2 on C2
        08:00 M3 on C2
        08:20 M1 on C3
        08:21 M1 on C2
        08:22 M1 on C3
        08:23 M1 on C2
        09:00 M2 break
        09:10 M2 on C2
        11:07 M3 off C
        11:08 M3 out
        12:00 M1 off C
        12:00 M2 off C
        12:01 M1 done C2
        12:02 M1 out
        12:03 M2 out"""),
    LabourDay("dayoff overtime indirect", """
        09:00 M1 in
        09:00 M1 on C3
        11:00 M1 code clean
        11:30 M1 break
        11:45 M1 on C3
        15:00 M1 out
        10:00:45 M3 in
        10:01:15 M3 code wait
        14:30:30 M3 out"""),
    LabourDay("forgotten nextday running several", """
        08:00 M1 on C3
        08:00 M2 on C3
        12:00 M1 break
        12:00 M2 break
        13:00 M1 on C4
        13:00 M2 on C4
        17:30 M1 out
        +1 08:05 M2 on C5
        +1 08:40 F1 fix M2 in 08:00 ends 17:00 back +1 08:00"""),
    LabourDay("correction seconds hopping", """
        09:00:30 M2 on C4
        09:00:50 M2 on C5
        09:02:10 M2 on C4
        11:00 F1 fix M2 on 09:02 ends 10:15
        12:00 M2 break
        13:00 M2 on C5
        15:00 F1 fix M2 on 09:02 ends 10:30
        17:30 M2 out
        17:31 M2 done C4"""),
    LabourDay("midnight forgotten nextday", """
        22:30 M3 in
        22:30 M3 on D2
        +1 02:00 M3 break
        +1 02:30 M3 on D3
        +1 11:00 F1 fix M3 in 22:30 ends +1 07:00
        +1 11:05 M3 in
        +1 11:06 M3 code training
        +1 12:00 M3 out"""),
    LabourDay("rework overtime break", """
        07:00 M1 on R2
        12:00 M1 break
        12:20 M1 on R4
        15:00 M1 break
        15:10 M1 on D2
        19:59:59 M1 out
        20:00 M1 done D2"""),
    LabourDay("zero running seconds", """
        08:00:59 M2 in
        08:00:59 M2 out
        08:01:01 M2 in
        08:01:01 M2 on D3
        08:01:01 M2 break
        08:01:02 M2 on D3
        12:00:29 M2 on D4
        12:00:31 M2 out
        12:01 M2 done D3"""),
    LabourDay("twoshifts indirect rework", """
        07:30 M3 in
        07:30 M3 on R4
        11:30 M3 out
        11:30 M3 in
        11:30 M3 code clean
        12:15 M3 out
        16:00 M3 in
        16:20 M3 on D4
        18:50 M3 out"""),
    LabourDay("dayoff midnight several", """
        21:00 M1 on D4
        21:00 M3 on D4
        +1 00:00 M1 out
        +1 00:30 M3 off D
        +1 01:00 M3 out
        +1 07:40 M1 done D4"""),
    LabourDay("correction nextday running", """
        08:00 M1 in
        08:00 M1 on A6
        15:00 M1 out
        08:00 M2 in
        08:30 M2 on A6
        17:30 M2 out
        +1 09:00 F1 fix M1 in 08:00 ends 17:00
        +1 09:05 F1 fix M1 on 08:00 ends 16:20
        +1 09:10 F1 fix M2 on 08:30 ends 14:45"""),
    LabourDay("hopping seconds several break", """
        10:00 M1 on B5
        10:00 M2 on B5
        10:00:20 M2 on B6
        10:01:40 M2 on B5
        10:02:20 M1 on B6
        10:03:10 M1 on B5
        10:04:50 M1 break
        10:05:10 M1 on B6
        12:00 M1 break
        12:00 M2 out
        13:00:40 M1 on B5
        16:07 M1 off B
        17:30 M1 out
        17:31 M1 done B5
        17:32 M2 done B6"""),
    LabourDay("forgotten correction indirect", """
        08:00 M3 in
        08:00 M3 code meeting
        08:45 M3 on C6
        12:00 M3 break
        17:40 M3 out
        18:00 F1 fix M3 on 12:00 ends 13:00
        18:05 F1 fix M3 on 08:45 ends 11:50"""),
    LabourDay("midnight overtime twoshifts", """
        05:00 M2 on D5
        13:40 M2 off D
        13:45 M2 out
        22:00 M2 in
        22:00 M2 on D5
        +1 02:15 M2 out
        +1 02:16 M2 done D5"""),
    LabourDay("rework several forgotten nextday", """
        08:00 M1 on R3
        08:00 M2 on R3
        08:00 M3 on R3
        12:00 M1 out
        12:00 M2 break
        13:00 M2 on R2
        17:30 M2 out
        +1 08:15 F1 fix M3 in 08:00 ends 12:00 back +1 07:55
        +1 17:00 M3 out"""),
    LabourDay("zero overtime break hopping", """
        06:30 M1 on D6
        06:30 M1 on B4
        06:30 M1 on D6
        11:00 M1 break
        11:25 M1 on C6
        11:26 M1 on D6
        11:27 M1 on C6
        18:45:59 M1 out
        18:46 M1 done D6"""),
)  # fmt: skip

TRAPS = Counter(trap for day in DAYS for trap in day.traps.split())
