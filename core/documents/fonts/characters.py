"""Prints every character that a bundled face must be able to draw, in code point order.

Usage: characters.py [SET], one of main, latin, arabic, hebrew, thai, devanagari, hangul; main where none is given.
"""
import sys


def of_encoding(name, leads, trails):
    """The characters of a two-byte character set."""
    for lead in leads:
        for trail in trails:
            try:
                yield bytes([lead, trail]).decode(name)
            except UnicodeDecodeError:
                pass


def span(first, last):
    return (chr(code) for code in range(first, last + 1))


def main():
    wanted = set()
    wanted.update(of_encoding("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF)))
    wanted.update(of_encoding("big5", range(0xA1, 0xFA), [*range(0x40, 0x7F), *range(0xA1, 0xFF)]))
    wanted.update(span(0x20, 0x7E))      # Basic Latin
    wanted.update(span(0xA0, 0x17F))     # Latin-1 and Latin Extended-A: names of customers in Europe
    wanted.update(span(0x1CD, 0x1DC))    # pinyin with tone marks
    wanted.update(span(0x2010, 0x2027))  # dashes, quotation marks, bullets
    wanted.update(span(0x2030, 0x203B))
    wanted.update("\u20ac\u20a9\u00a5\u00a3\u2116\u2122\u2126\u2103\u2109\u00b5\u03bc\u2264\u2265\u2260\u2248\u00b1\u00d7\u00f7\u2211\u221a\u221e")
    wanted.update("\u2190\u2191\u2192\u2193\u2713\u2717\u25cf\u25cb\u25b2\u25bc\u25a0\u25a1\u2605\u2606\u2300")
    wanted.update(span(0x2460, 0x2473))  # circled numbers
    wanted.update(span(0x3000, 0x303F))  # CJK punctuation
    wanted.update(span(0xFF01, 0xFF5E))  # full-width forms
    wanted.update(span(0xFFE0, 0xFFE6))
    wanted.update("\u9fa5\u3007\u946b\u5586\u7131\u7426\u94bc\u9555\u6631\u73ae\u7fb4\u94d5\u7fc0\u715c\u66dc\u9ee0\u5583\u5cb3")  # frequent in names, outside GB 2312
    return wanted


#: What every face has: a name is never put together of two faces because of a hyphen.
SHARED = [(0x20, 0x20), (0xA0, 0xA0), (0x200C, 0x200F), (0x25CC, 0x25CC)]
SPANS = {
    "latin": [
        (0x20, 0x7E), (0xA0, 0x24F), (0x259, 0x259), (0x2B0, 0x2FF),  # Latin with all its extensions in use
        (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F),               # marks, Greek, Cyrillic
        (0x1E00, 0x1EFF), (0x1F00, 0x1FFF),                           # Vietnamese, Greek with accents
        (0x2010, 0x2027), (0x2030, 0x203A), (0x20A0, 0x20BF), (0x2116, 0x2116),
    ],
    "arabic": [*SHARED, (0x600, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)],
    "hebrew": [*SHARED, (0x590, 0x5FF), (0x20AA, 0x20AA), (0xFB1D, 0xFB4F)],
    "thai": [*SHARED, (0xE00, 0xE7F)],
    "devanagari": [*SHARED, (0x900, 0x97F), (0xA8E0, 0xA8FF), (0x1CD0, 0x1CFF), (0x20B9, 0x20B9)],
    "hangul": [(0x20, 0x20), (0x3131, 0x318E)],
}


def of_set(name):
    if name == "main":
        return main()
    wanted = {character for first, last in SPANS[name] for character in span(first, last)}
    if name == "hangul":
        # KS X 1001: the syllables that names and everyday words are written with.
        wanted.update(of_encoding("euc_kr", range(0xB0, 0xC9), range(0xA1, 0xFF)))
    return wanted


chosen = of_set(sys.argv[1] if len(sys.argv) > 1 else "main")
print("".join(sorted(character for character in chosen if character >= " ")))
