"""The book's content: one file of exercises and one of questions a chapter, what they share, and the lab."""
