"""The sentence for each finding: where, what is wrong, what to do."""

from collections.abc import Mapping

from shopterm.domain.words import _
from shopterm.imports.reasons import Outcome, Reason


def sentence_for(reason: Reason, outcome: Outcome, *, whole_file: bool = False) -> str:
    """Return the message id for a reason; a few differ where the line is held, or the file as a whole is meant."""
    if whole_file and reason in _FILE:
        return _FILE[reason]
    return _BY_OUTCOME.get(outcome, {}).get(reason) or _LINE[reason]


_FILE: Mapping[Reason, str] = {
    Reason.BAD_MAP: _("--map {value}: there is no field of that name. Fields: {known}."),
    Reason.MISSING_COLUMN: _(
        "The file has no column {field}. Columns found: {found}. Name the right one with --map theirs={field}."
    ),
    Reason.UNKNOWN_COLUMN: _("{count} columns are not used: {found}."),
    Reason.EMPTY_FILE: _("The file is empty. Export it again."),
    Reason.NO_ROWS: _("The file has a header and no rows: nothing was imported. Export it again."),
    Reason.ENCODING: _("The text of the file cannot be read as {encoding}. Name its encoding with --encoding."),
    Reason.UNREADABLE: _("The file cannot be read: {error}."),
    Reason.WORKBOOK: _("The file is a workbook, not a text file. Save it as CSV (UTF-8) and import that."),
}

_LINE: Mapping[Reason, str] = {
    Reason.AMBIGUOUS_DATE: _("Line {line}, {field}: {value} may be more than one date. Write it as 2026-11-24."),
    Reason.BAD_CHOICE: _("Line {line}, {field}: {value} is not known. Use one of: {known}."),
    Reason.BAD_DATE: _("Line {line}, {field}: {value} is no date. Write it as 2026-11-24."),
    Reason.BAD_NUMBER: _("Line {line}, {field}: {value} is no usable number. Write it as 1234.50."),
    Reason.BLANKS: _("Line {line}, {field}: blanks around or inside; read as {stored}."),
    Reason.CONTROL_CHARACTER: _(
        "Line {line}, {field}: contains control characters ({value}). Type it anew and import the line again."
    ),
    Reason.COST_ABOVE_LIST: _("Line {line}, {field}: the cost is above the list price. Please check both."),
    Reason.CURRENCY: _("Line {line}, {field}: {value} is not {known}. Convert the price and import the line again."),
    Reason.CYCLE: _("Line {line}, {field}: {value} replaces itself in a circle. Say which number is the newest."),
    Reason.DATE_FORM: _("Line {line}, {field}: {value} read as {stored}."),
    Reason.DISAGREE: _("Line {line}, {field}: {value} does not fit {other}. Please check both."),
    Reason.DUPLICATE_HEADER: _("Line {line}: {count} columns are called {field}. Rename or remove all but one."),
    Reason.DUPLICATE_KEY: _(
        "Line {line}, {field}: {value} stands also in line {other}, with other values. Keep the right line only."
    ),
    Reason.DUPLICATE_SAME: _("Line {line}, {field}: the same row as line {other}; stored once."),
    Reason.ENCODING: _("Line {line}: the text cannot be read as {encoding}. Name the file's encoding with --encoding."),
    Reason.EXCEL_MANGLED: _(
        "Line {line}, {field}: a spreadsheet turned the value into {value}. Format the column as text, export again."
    ),
    Reason.FORMULA: _("Line {line}, {field}: {value} looks like a formula; kept as the text {stored}."),
    Reason.FULL_WIDTH: _("Line {line}, {field}: {value} read as {stored}."),
    Reason.FUTURE_DATE: _("Line {line}, {field}: {value} lies in the future. Confirm or correct it."),
    Reason.IMPLAUSIBLE: _("Line {line}, {field}: {value} cannot be right; left empty."),
    Reason.INVISIBLE_CHARACTER: _(
        "Line {line}, {field}: contains invisible characters ({value}). Type it anew and import the line again."
    ),
    Reason.LEADING_ZERO: _("Line {line}, {field}: {value} is not on file, {other} is. Was a leading zero lost?"),
    Reason.LETTER_CASE: _("Line {line}, {field}: {value} read as {stored}."),
    Reason.LINE_BREAK: _("Line {line}, {field}: line breaks became blanks."),
    Reason.MARKUP: _("Line {line}, {field}: {value} kept as plain text."),
    Reason.MISSING_COLUMN: _(
        "Line {line}: the file has no column {field}. Columns found: {found}. Name the right one with "
        "--map theirs={field}."
    ),
    Reason.MISSING_VALUE: _("Line {line}, {field}: is empty. Fill it in and import the line again."),
    Reason.MIXED_ENCODING: _(
        "Line {line}, {field}: this line is written in another encoding than the rest. Export the whole file anew, "
        "or name its encoding with --encoding."
    ),
    Reason.NEAR_DUPLICATE: _(
        "Line {line}, {field}: {value} stands the same or nearly so in line {other}; kept as two."
    ),
    Reason.NEGATIVE: _("Line {line}, {field}: {value} is below zero. Correct it and import the line again."),
    Reason.NO_PRICE: _("Line {line}, {field}: {value} means no price; stored without one."),
    Reason.ODD_DASH: _("Line {line}, {field}: {value} read as {stored}."),
    Reason.PRICE_ZERO: _("Line {line}, {field}: a price of 0 is stored as no price. Fill in the price before selling."),
    Reason.REPEATED_HEADER: _("Line {line}: the header again, no data. Two files were joined; nothing to do."),
    Reason.SELF_REFERENCE: _("Line {line}, {field}: {value} cannot replace itself. Correct one of the two numbers."),
    Reason.SERIAL_COUNT: _("Line {line}, {field}: {value} serial numbers for a quantity of {other}. Make them equal."),
    Reason.TOO_LONG: _("Line {line}, {field}: {count} characters are too many; at most {limit}. Shorten the text."),
    Reason.TOO_MANY_VALUES: _(
        "Line {line}: {count} values for {limit} columns. Put text that holds the separator between quotes."
    ),
    Reason.TOO_PRECISE: _("Line {line}, {field}: {value} has too many decimals; at most {limit}. Round it."),
    Reason.UNBALANCED_QUOTE: _(
        'Line {line}, {field}: a quotation mark (") opens here and is not closed properly. Close it or remove it.'
    ),
    Reason.UNKNOWN_CUSTOMER: _("Line {line}, {field}: {value} is not on file. Import the customer first."),
    Reason.UNKNOWN_PART: _("Line {line}, {field}: {value} is not on file. Import the part first."),
    Reason.UNKNOWN_SITE: _("Line {line}, {field}: there is no site {value}. Use a site of this house."),
}

_HELD: Mapping[Reason, str] = {
    Reason.BAD_NUMBER: _("Line {line}, {field}: is the comma in {value} a thousands separator? Write 1000 or 1.000."),
    Reason.EXCEL_MANGLED: _("Line {line}, {field}: {value} was changed by a spreadsheet. Is {stored} meant?"),
    Reason.NEAR_DUPLICATE: _("Line {line}, {field}: {value} looks like the one in line {other}. Are they the same?"),
}

_CLEANED: Mapping[Reason, str] = {
    Reason.CONTROL_CHARACTER: _(
        "Line {line}, {field}: control characters became \ufffd ({stored}). Please check the text."
    ),
    Reason.INVISIBLE_CHARACTER: _(
        "Line {line}, {field}: invisible characters became \ufffd ({stored}). Please check the text."
    ),
}

_NORMALISED: Mapping[Reason, str] = {
    Reason.INVISIBLE_CHARACTER: _("Line {line}, {field}: invisible characters around it were dropped: {stored}."),
    Reason.TOO_PRECISE: _("Line {line}, {field}: {value} was rounded to {limit} decimals."),
}

_WARNED: Mapping[Reason, str] = {
    Reason.BAD_CHOICE: _("Line {line}, {field}: {value} is not known and was left empty. Known are: {known}."),
    Reason.EXCEL_MANGLED: _("Line {line}, {field}: a spreadsheet turned the value into {value}; left empty."),
    Reason.UNKNOWN_CUSTOMER: _("Line {line}, {field}: {value} is not on file; left empty."),
    Reason.UNKNOWN_PART: _("Line {line}, {field}: {value} is not on file; kept."),
    Reason.UNKNOWN_SITE: _("Line {line}, {field}: there is no site {value}; left empty."),
}

_BY_OUTCOME: Mapping[Outcome, Mapping[Reason, str]] = {
    Outcome.HOLD: _HELD,
    Outcome.WARN: _WARNED,
    Outcome.CLEAN: _CLEANED,
    Outcome.NORMALISE: _NORMALISED,
}
