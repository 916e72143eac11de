"""Which name of a person, a part or a standard is shown: that in the reader's language, the other where it has none."""


def named(language: str, zh: str | None, en: str | None) -> str:
    """Return the name to show of the two there are."""
    first, second = (zh, en) if language == "zh" else (en, zh)
    return first or second or ""


def name_of(alias: str, language: str) -> str:
    """Return the SQL for it; the alias is that of a table with both names."""
    first, second = ("name_zh", "name_en") if language == "zh" else ("name_en", "name_zh")
    return f"COALESCE(NULLIF({alias}.{first}, ''), {alias}.{second})"
