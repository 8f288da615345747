division.csv 5
