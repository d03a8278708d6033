"""Local opinions against what was measured: tested, confirmed, revised or withdrawn."""
