"""Open data: what records say, as tables and files that programs read. See README.md here."""
