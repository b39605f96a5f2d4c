"""How fast docgen is beside others: ``python -m benchmarks``; what is compared stands in docs/performance.md."""
