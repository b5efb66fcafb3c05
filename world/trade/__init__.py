"""The words of the trade: what an industrial distributor sells, to whom, and who makes it."""
