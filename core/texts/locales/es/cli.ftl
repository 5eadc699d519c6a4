# Textos de la línea de órdenes.
