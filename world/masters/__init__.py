"""What the distributor is before anything happens: places, people, goods, sellers, buyers, money, authority."""
