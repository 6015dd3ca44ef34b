"""The SEC's Insider Transactions Data Sets: a quarter of filings, in eight tables."""
