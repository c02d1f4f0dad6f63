"""Parts of the main window: rail, top bar, status strip, finder, idle lock."""
