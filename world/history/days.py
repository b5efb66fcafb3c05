def live(scene, say): pass
