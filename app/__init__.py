"""Rules, services and read models of Khóa Sổ; imports the standard library only."""
