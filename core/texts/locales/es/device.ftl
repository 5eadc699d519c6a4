# Textos de las pantallas del teléfono.
