division-1.json 2
division-2.json 2
