"""Document → dataset. Knows Öppna jämförelser (ÖJ); imports no PDF library and no Prefect."""
