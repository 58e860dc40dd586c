"""Articles alone: text, Markdown, web pages, PDF, Word."""
