"""A job's work lines in the order in which they are numbered for clocking, wherever they are shown or asked for."""

WORK_LINES = """
    FROM labour_line l LEFT JOIN labour_sheet s ON s.id = l.sheet_id
    WHERE l.job_id = ? AND (l.sheet_id IS NULL OR (l.rev = s.rev AND s.state = 'approved'))
    ORDER BY l.sheet_id IS NOT NULL, l.sheet_id, l.line"""
"""The diagnosis first, then the lines of signed sheets; the parameter is the job."""
