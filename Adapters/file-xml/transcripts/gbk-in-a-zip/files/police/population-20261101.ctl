# file, records, MD5
population-20261101.zip	2	a1c00bdcc497d5a43feb623134d0a100
