"""The same answers as pages for a browser: without scripts, closed to strangers, read only unless told."""
