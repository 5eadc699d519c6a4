# Textos de la consola.
