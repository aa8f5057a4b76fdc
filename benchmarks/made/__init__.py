"""Documents made for measurements of scale: any number of them, the same ones for the same seed."""
