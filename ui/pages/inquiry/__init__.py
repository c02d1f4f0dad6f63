"""Mười câu hỏi của thanh tra."""
