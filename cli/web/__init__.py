"""The same answers as pages for a browser: read only, without scripts, and closed to strangers."""
