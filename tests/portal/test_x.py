def test_world(place, world):
    print(place.sql("select count(*) from procurement_purchaseorder"), place.raw("select count(id) from procurement_purchaseorder"))
def test_world2(place, world):
    pass
