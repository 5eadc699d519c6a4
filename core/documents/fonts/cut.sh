#!/bin/sh
# Cuts the bundled faces: Noto Sans CJK (Debian package fonts-noto-cjk) and Noto Sans for other scripts (Debian package
# fonts-noto-core), and Noto Emoji without colours (npm package @expo-google-fonts/noto-emoji); all SIL OFL 1.1.
# Needs: python3 with fonttools (pyftsubset).
# Usage: ./cut.sh [FOLDER WITH THE .ttc FILES [FOLDER WITH THE .ttf FILES [NotoEmoji_400Regular.ttf]]]
# Face 2 of each collection is the Simplified Chinese one; its `locl` rules draw the Traditional forms under zh-Hant.
# Face 1 is the Korean one.
set -eu
cd "$(dirname "$0")"
cjk="${1:-/usr/share/fonts/opentype/noto}"
noto="${2:-/usr/share/fonts/truetype/noto}"
emoji="${3:-node_modules/@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf}"
characters="$(mktemp)"
trap 'rm -f "$characters"' EXIT

# cut FILE SET OUT OPTIONS…
cut() {
    python3 characters.py "$2" > "$characters"
    from="$1" out="$3"
    shift 3
    pyftsubset "$from" \
        --text-file="$characters" \
        --no-hinting \
        --notdef-outline \
        --name-IDs=0,1,2,3,4,5,6,13,14 \
        --name-languages=0x0409 \
        --drop-tables+=vhea,vmtx,VORG,DSIG,BASE \
        --output-file="$out" "$@"
}

for weight in Regular Bold; do
    cut "$cjk/NotoSansCJK-$weight.ttc" main "NotoSansCJK-$weight-cut.otf" \
        --font-number=2 \
        --layout-features=locl,kern,ccmp,mark,mkmk,liga \
        --layout-scripts=DFLT,latn,hani.dflt,hani.ZHS,hani.ZHT
done
cut "$cjk/NotoSansCJK-Regular.ttc" hangul NotoSansCJKkr-cut.otf \
    --font-number=1 --layout-features=ccmp,ljmo,vjmo,tjmo,kern --layout-scripts=DFLT,hang.dflt
cut "$noto/NotoSans-Regular.ttf" latin NotoSans-cut.ttf
for script in Arabic Hebrew Thai Devanagari; do
    set="$(echo "$script" | tr '[:upper:]' '[:lower:]')"
    cut "$noto/NotoSans$script-Regular.ttf" "$set" "NotoSans$script-cut.ttf" --layout-features='*'
done
# Whole, with its sequences: families, flags, skin tones.
pyftsubset "$emoji" --unicodes='*' --no-hinting --layout-features='*' --name-IDs=0,1,2,3,4,5,6,13,14 \
    --name-languages=0x0409 --output-file=NotoEmoji-cut.ttf
