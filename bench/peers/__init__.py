"""Scripts for engines that are no packages of ours, run by the Python in which these are installed."""
