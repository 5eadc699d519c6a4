# Why a command was refused: refusal-<code>.
