"""How a report is written: text, HTML and Markdown, records for other programs."""
