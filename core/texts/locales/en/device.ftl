# Texts of the phone's screens.
