"""QPalette from tokens: links, placeholders and every dialog Qt draws itself."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from ui.theme.tokens import Tokens


def palette_for(tokens: Tokens) -> QPalette:
    """The whole palette; style sheets do not reach links, placeholders or native parts."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.desk,
        role.WindowText: tokens.ink,
        role.Base: tokens.paper,
        role.AlternateBase: tokens.well,
        role.Text: tokens.ink,
        role.PlaceholderText: tokens.ink3,
        role.Button: tokens.paper,
        role.ButtonText: tokens.ink,
        role.BrightText: tokens.red,
        role.Highlight: tokens.tint2,
        role.HighlightedText: tokens.ink,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.paper,
        role.ToolTipText: tokens.ink,
        role.Light: tokens.paper,
        role.Midlight: tokens.line,
        role.Mid: tokens.line2,
        role.Dark: tokens.btn,
        role.Shadow: tokens.edge,
        role.Accent: tokens.accent,
    }
    palette = QPalette()
    for name, value in colours.items():
        palette.setColor(name, QColor(value))
    disabled = QPalette.ColorGroup.Disabled
    for name in (role.Text, role.WindowText, role.ButtonText, role.HighlightedText):
        palette.setColor(disabled, name, QColor(tokens.ink3))
    return palette
