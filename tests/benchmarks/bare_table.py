"""The floor of the screens' benchmark: the least Textual program that shows as many rows in a DataTable."""

import sqlite3
import sys

from textual.app import App, ComposeResult
from textual.widgets import DataTable


class BareTable(App[None]):
    """One table, rows added before the first paint, no title, no footer."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """Yield the filled table."""
        table: DataTable[str] = DataTable(cursor_type="row", zebra_stripes=False)
        table.add_columns("Number", "State", "Complaint", "Customer", "Machine")
        with sqlite3.connect(sys.argv[1]) as connection:
            for row in connection.execute(
                "SELECT o.number, o.state, j.text, o.customer_name, c.model FROM work_order o "
                "JOIN job j ON j.order_id = o.id AND j.line = 1 JOIN machine c ON c.id = o.machine_id LIMIT 200"
            ):
                table.add_row(*row)
        yield table


if __name__ == "__main__":
    BareTable().run()
