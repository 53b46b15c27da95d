"""The reading of batches: inline, over the cores of this machine, or over a Dask cluster."""
