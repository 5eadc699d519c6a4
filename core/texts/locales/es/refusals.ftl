# Por qué se rechazó una orden: refusal-<código>.
