"""The style sheet, written from tokens.

No font in here (`font-size` in a style sheet beats every setFont) and no picture
(`url()` would need a file a theme): widgets draw their own glyphs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.theme import tokens as t

if TYPE_CHECKING:
    from ui.theme.tokens import Tokens

_TONES = ("ink", "ink2", "ink3", "accent", "red", "amber", "green", "on", "spine_t", "spine_n")


def stylesheet_for(c: Tokens) -> str:
    """The application's whole style sheet for one theme."""
    return "\n".join(
        (
            _grounds(c),
            _texts(c),
            _buttons(c),
            _fields(c),
            _views(c),
            _menus_and_bars(c),
            _rail(c),
        )
    )


def _grounds(c: Tokens) -> str:
    return f"""
QWidget[ground="desk"] {{ background: {c.desk}; }}
QWidget[ground="paper"] {{ background: {c.paper}; }}
QWidget[ground="well"] {{ background: {c.well}; }}
QWidget[ground="spine"] {{ background: {c.spine}; }}
QWidget[ground="tint"] {{ background: {c.tint}; }}
QFrame[kind="card"] {{
  background: {c.paper}; border: 1px solid {c.line}; border-radius: {t.RADIUS_CARD}px; }}
QFrame[kind="inset"] {{
  background: {c.well}; border: none; border-radius: {t.RADIUS_INSET}px; }}
QFrame[kind="outlined"] {{
  background: {c.paper}; border: 1px solid {c.line}; border-radius: {t.RADIUS_INSET}px; }}
QFrame[kind="alert"] {{ border: none; border-radius: {t.RADIUS_INSET}px; }}
QFrame[kind="alert"][tone="amber"] {{ background: {c.amber_t}; }}
QFrame[kind="alert"][tone="accent"] {{ background: {c.tint}; }}
QFrame[kind="alert"][tone="red"] {{ background: {c.red_t}; }}
QFrame[kind="alert"][tone="green"] {{ background: {c.green_t}; }}
QFrame[kind="hairline"] {{ background: {c.line}; border: none; }}
QFrame[kind="hairline2"] {{ background: {c.line2}; border: none; }}
QFrame[kind="topbar"] {{ background: {c.paper}; border: none; border-bottom: 1px solid {c.line}; }}
QFrame[kind="toolrow"] {{ background: {c.paper}; border: none; border-bottom: 1px solid {c.line}; }}
QFrame[kind="statusbar"] {{ background: {c.well}; border: none; border-top: 1px solid {c.line}; }}
QFrame[kind="selectionbar"] {{
  background: {c.paper}; border: none; border-top: 1px solid {c.line2}; }}
QFrame[kind="dialog"] {{
  background: {c.paper}; border: 1px solid {c.line2}; border-radius: {t.RADIUS_DIALOG}px; }}
QFrame[kind="dialoghead"] {{ background: transparent; border: none;
  border-bottom: 1px solid {c.line}; }}
QFrame[kind="dialogfoot"] {{ background: transparent; border: none;
  border-top: 1px solid {c.line}; }}
QFrame[kind="sidepanel"] {{ background: {c.desk}; border: none;
  border-left: 1px solid {c.line}; }}
QFrame[kind="toast"] {{
  background: {c.paper}; border: 1px solid {c.edge}; border-radius: {t.RADIUS_CARD}px; }}
QToolTip {{
  background: {c.paper}; color: {c.ink}; border: 1px solid {c.btn}; padding: 4px 6px; }}
"""


def _texts(c: Tokens) -> str:
    lines = [
        f'QLabel[tone="{name}"], QAbstractButton[tone="{name}"] {{ color: {getattr(c, name)}; }}'
        for name in _TONES
    ]
    lines.append("QLabel { background: transparent; }")
    lines.append(f"QLabel:disabled {{ color: {c.ink3}; }}")
    lines.append(
        f'QLabel[kind="keycap"] {{ background: {c.paper}; color: {c.ink2};'
        f" border: 1px solid {c.line2}; border-radius: {t.RADIUS_KEY}px; padding: 0 5px; }}"
    )
    lines.append(
        f'QLabel[kind="badge"] {{ background: {c.spine_l}; color: {c.spine_t};'
        " border-radius: 10px; padding: 0 6px; }"
    )
    return "\n".join(lines)


def _buttons(c: Tokens) -> str:
    return f"""
QPushButton {{
  background: {c.paper}; color: {c.ink}; border: 1px solid {c.btn};
  border-radius: {t.RADIUS_FIELD}px; padding: 0 13px; min-height: 30px; outline: none; }}
QPushButton:hover {{ background: {c.well}; }}
QPushButton:pressed {{ background: {c.tint}; }}
QPushButton:focus {{ border: 2px solid {c.accent}; padding: 0 12px; min-height: 28px; }}
QPushButton:disabled {{ color: {c.ink3}; background: {c.well}; border-color: {c.line2}; }}
QPushButton[kind="primary"] {{ background: {c.accent}; color: {c.on}; border-color: {c.accent}; }}
QPushButton[kind="primary"]:hover {{ background: {c.accent2}; border-color: {c.accent2}; }}
QPushButton[kind="primary"]:focus {{ border-color: {c.ink}; }}
QPushButton[kind="primary"]:disabled {{
  background: {c.well}; color: {c.ink3}; border-color: {c.line2}; }}
QPushButton[kind="danger"] {{ color: {c.red}; border-color: {c.red}; }}
QPushButton[kind="danger"]:hover {{ background: {c.red_t}; }}
QPushButton[kind="danger"]:disabled {{ color: {c.ink3}; border-color: {c.line2}; }}
QPushButton[tall="dialog"] {{ min-height: 32px; }}
QPushButton[tall="dialog"]:focus {{ min-height: 30px; }}
QPushButton[tall="gate"] {{ min-height: 38px; }}
QPushButton[tall="gate"]:focus {{ min-height: 36px; }}
QPushButton[kind="link"] {{
  background: transparent; color: {c.accent}; border: none; border-radius: 3px;
  padding: 2px 2px; min-height: 18px; text-align: left; }}
QPushButton[kind="link"]:hover {{ color: {c.accent2}; text-decoration: underline; }}
QPushButton[kind="link"]:focus {{
  border: 1px solid {c.accent}; padding: 1px 1px; min-height: 18px; }}
QPushButton[kind="link"]:disabled {{ color: {c.ink3}; background: transparent; }}
QPushButton[kind="icon"] {{
  background: transparent; border: 1px solid transparent; padding: 0; min-height: 24px;
  min-width: 24px; }}
QPushButton[kind="icon"]:hover {{ background: {c.well}; }}
QPushButton[kind="icon"]:focus {{ border: 1px solid {c.accent}; }}
QPushButton[kind="segment"] {{
  background: transparent; color: {c.ink2}; border: 1px solid transparent;
  border-radius: 4px; padding: 0 11px; min-height: 24px; }}
QPushButton[kind="segment"][tight="true"] {{ padding: 0 4px; }}
QPushButton[kind="segment"]:hover {{ color: {c.ink}; }}
QPushButton[kind="segment"]:checked {{
  background: {c.paper}; color: {c.ink}; border: 1px solid {c.edge}; }}
QPushButton[kind="segment"]:focus {{ border: 1px solid {c.accent}; }}
QFrame[kind="segments"] {{
  background: {c.well}; border: 1px solid {c.line2}; border-radius: {t.RADIUS_FIELD}px; }}
QPushButton[kind="chipbutton"] {{
  background: transparent; border: 1px solid transparent; border-radius: {t.RADIUS_FIELD}px;
  padding: 0 4px; min-height: 40px; text-align: left; }}
QPushButton[kind="chipbutton"]:hover {{ background: {c.well}; }}
QPushButton[kind="chipbutton"]:focus {{ border: 1px solid {c.accent}; }}
QPushButton[kind="quickfind"] {{
  background: {c.well}; color: {c.ink3}; border: 1px solid {c.line}; text-align: left;
  padding: 0 9px; min-height: 28px; }}
QPushButton[kind="quickfind"]:hover {{ border-color: {c.btn}; }}
QPushButton[kind="quickfind"]:focus {{ border: 1px solid {c.accent}; }}
QCheckBox, QRadioButton {{ color: {c.ink}; background: transparent; spacing: 8px; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {c.ink3}; }}
"""


def _fields(c: Tokens) -> str:
    plain = "QLineEdit, QAbstractSpinBox, QTextEdit, QPlainTextEdit"
    return f"""
{plain} {{
  background: {c.paper}; color: {c.ink}; border: 1px solid {c.edge};
  border-radius: {t.RADIUS_FIELD}px; padding: 0 9px;
  selection-background-color: {c.tint2}; selection-color: {c.ink};
  placeholder-text-color: {c.ink3}; }}
QLineEdit, QAbstractSpinBox {{ min-height: 32px; }}
QTextEdit, QPlainTextEdit {{ padding: 5px 6px; }}
QTextBrowser[kind="leaf"], QTextBrowser[kind="leaf"]:focus {{ border: none; padding: 0; }}
QLineEdit:focus, QAbstractSpinBox:focus {{
  border: 2px solid {c.accent}; padding: 0 8px; min-height: 30px; }}
QTextEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {c.accent}; padding: 4px 5px; }}
QLineEdit:disabled, QTextEdit:disabled, QPlainTextEdit:disabled {{
  background: {c.well}; color: {c.ink3}; border-color: {c.line2}; }}
QLineEdit[ring="amber"] {{ border-color: {c.amber}; }}
QLineEdit[ring="red"] {{ border-color: {c.red}; }}
QLineEdit[tall="gate"] {{ min-height: 38px; }}
QLineEdit[tall="gate"]:focus {{ min-height: 36px; }}
QLineEdit[kind="cell"] {{
  border: 2px solid {c.accent}; border-radius: 0; padding: 0 4px; min-height: 0; }}
QLineEdit[kind="bare"] {{ border: none; background: transparent; padding: 0; min-height: 24px; }}
QComboBox {{
  background: {c.paper}; color: {c.ink}; border: 1px solid {c.btn};
  border-radius: {t.RADIUS_FIELD}px; padding: 0 2px 0 9px; min-height: 28px; }}
QComboBox:focus {{ border: 2px solid {c.accent}; padding: 0 1px 0 8px; min-height: 26px; }}
QComboBox[tall="field"] {{ min-height: 32px; }}
QComboBox[tall="field"]:focus {{ min-height: 30px; }}
QComboBox:disabled {{ color: {c.ink3}; background: {c.well}; border-color: {c.line2}; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow {{ image: none; width: 0; height: 0; }}
QComboBox QAbstractItemView {{
  background: {c.paper}; color: {c.ink}; border: 1px solid {c.btn}; outline: 0;
  selection-background-color: {c.tint}; selection-color: {c.ink}; padding: 2px; }}
"""


def _views(c: Tokens) -> str:
    return f"""
QAbstractItemView {{
  background: {c.paper}; color: {c.ink}; border: none; outline: 0;
  selection-background-color: {c.tint}; selection-color: {c.ink}; }}
QTableView {{ gridline-color: {c.line}; }}
QListView::item:selected {{ background: {c.tint}; color: {c.ink}; }}
QHeaderView {{ background: {c.paper}; border: none; }}
QHeaderView::section {{
  background: {c.paper}; color: {c.ink2}; border: none; border-bottom: 1px solid {c.line2};
  padding: 0 8px; }}
QTableCornerButton::section {{ background: {c.paper}; border: none; }}
QScrollArea, QScrollArea > QWidget > QWidget[ground="clear"] {{
  background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {c.line2}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {c.btn}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{
  background: {c.line}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
QSplitter::handle {{ background: {c.line}; }}
"""


def _menus_and_bars(c: Tokens) -> str:
    return f"""
QMenu {{
  background: {c.paper}; color: {c.ink}; border: 1px solid {c.btn};
  border-radius: {t.RADIUS_INSET}px; padding: 4px; }}
QMenu::item {{ padding: 6px 22px 6px 10px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.tint}; }}
QMenu::item:disabled {{ color: {c.ink3}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
QMenu::icon {{ padding-left: 6px; }}
QDialog, QMessageBox, QMainWindow {{ background: {c.desk}; }}
QDialog[kind="form"] {{ background: transparent; }}
QTabBar::tab {{ background: transparent; color: {c.ink2}; padding: 6px 12px; border: none; }}
QTabBar::tab:selected {{ color: {c.accent}; border-bottom: 2px solid {c.accent}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {c.line}; }}
"""


def _rail(c: Tokens) -> str:
    return f"""
QFrame[kind="rail"] {{ background: {c.spine}; border: none; }}
QFrame[kind="railrule"] {{ background: {c.spine_l}; border: none; }}
"""
