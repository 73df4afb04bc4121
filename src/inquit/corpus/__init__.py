"""Corpora of any size: inputs read and extracted into Parquet files, on this machine or a cluster; docs/corpus.md.

Nothing is imported here, since a worker process is to begin with no more than its task needs: ``run.run`` is a run,
``engines.Processes`` and ``cluster.cluster`` are where its work is done, ``taking.added`` takes a corpus into a ledger.
"""
