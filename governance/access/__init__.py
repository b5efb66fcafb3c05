"""Who can do what where and why, which duties meet in one hand, and whether people still need what they hold."""
