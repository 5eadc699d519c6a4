#!/bin/sh
# Cuts the two bundled faces out of Noto Sans CJK (Debian package fonts-noto-cjk, SIL OFL 1.1).
# Needs: python3 with fonttools (pyftsubset). Usage: ./cut.sh [FOLDER WITH THE .ttc FILES]
# Face 2 of each collection is the Simplified Chinese one; its `locl` rules draw the Traditional forms under zh-Hant.
set -eu
cd "$(dirname "$0")"
from="${1:-/usr/share/fonts/opentype/noto}"
characters="$(mktemp)"
trap 'rm -f "$characters"' EXIT
python3 characters.py > "$characters"
for weight in Regular Bold; do
    pyftsubset "$from/NotoSansCJK-$weight.ttc" \
        --font-number=2 \
        --text-file="$characters" \
        --layout-features=locl,kern,ccmp,mark,mkmk,liga \
        --layout-scripts=DFLT,latn,hani.dflt,hani.ZHS,hani.ZHT \
        --no-hinting \
        --notdef-outline \
        --name-IDs=0,1,2,3,4,5,6,13,14 \
        --name-languages=0x0409 \
        --drop-tables+=vhea,vmtx,VORG,DSIG,BASE \
        --output-file="NotoSansCJK-$weight-cut.otf"
done
