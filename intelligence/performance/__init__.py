"""How suppliers did: cases judged from what was recorded, published as scorecards below."""
