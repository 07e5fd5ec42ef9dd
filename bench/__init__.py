"""Each promise of speed, beside a peer or a physical limit in the same run."""
