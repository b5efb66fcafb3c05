"""Systems that talk to us by themselves: who they are, what they may do, what they prove it with."""
