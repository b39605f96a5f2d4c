"""What comes back signed: piles of scans, sorted page by page by their codes, kept, and looked after."""
