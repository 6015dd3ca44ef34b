"""The SEC's HTML renderings of ownership XML: the form as it is shown in a browser."""
