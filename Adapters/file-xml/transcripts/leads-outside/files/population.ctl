../../secrets/population.xml 2
