"""Văn bản: letters of the school and the dossier made of them."""
