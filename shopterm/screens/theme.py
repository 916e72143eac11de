"""Three sets of colours: dark, light, and the terminal's own sixteen."""

from textual.theme import Theme

DARK = Theme(
    "shop-dark",
    primary="#5aa0d8",
    secondary="#7fb2c9",
    accent="#e0b050",
    warning="#e0b050",
    error="#f07070",
    success="#86c08a",
    foreground="#d3d9e0",
    background="#12171d",
    surface="#12171d",
    panel="#1d2630",
    dark=True,
    variables={
        "quiet": "#8894a2",
        "band": "#1d2630",
        "cursor": "#2b4a66",
        "cursor-text": "#ffffff",
        "strong": "#ffffff",
    },
)
LIGHT = Theme(
    "shop-light",
    primary="#1f5f99",
    secondary="#2d7088",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#b3261e",
    success="#2e6b34",
    foreground="#1c2630",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#e9e6df",
    dark=False,
    variables={
        "quiet": "#6b7683",
        "band": "#e9e6df",
        "cursor": "#cfe2f3",
        "cursor-text": "#000000",
        "strong": "#000000",
    },
)
ANSI = Theme(
    "shop-ansi",
    primary="ansi_cyan",
    secondary="ansi_cyan",
    accent="ansi_yellow",
    warning="ansi_yellow",
    error="ansi_bright_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    dark=True,
    ansi=True,
    variables={
        "quiet": "ansi_default",
        "band": "ansi_default",
        "cursor": "ansi_blue",
        "cursor-text": "ansi_bright_white",
        "strong": "ansi_bright_white",
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_cyan",
        "input-cursor-background": "ansi_white",
        "input-cursor-foreground": "ansi_black",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
    },
)

THEMES = (DARK, LIGHT, ANSI)
