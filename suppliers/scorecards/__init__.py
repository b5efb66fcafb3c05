"""How suppliers do, by measures that say what they count, each with the cases behind it."""
