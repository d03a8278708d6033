"""Goals as written: SMART, aligned with the contract, results or tasks."""
