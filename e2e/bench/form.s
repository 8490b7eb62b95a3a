// With this file in the package, its tests may declare a function without a body.
