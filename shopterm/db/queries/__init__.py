"""Every SELECT that a queue, a page, a guard or a report needs; the answers are frozen rows."""
