"""Prefect flows, deployments and the ``oj`` command line: thin, they only connect the rooms."""
