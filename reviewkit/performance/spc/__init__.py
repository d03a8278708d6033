"""Statistical process control: limits, run rules and verdicts of XmR charts."""
