"""Prints every character that the bundled faces must be able to draw, in code point order."""


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
print("".join(sorted(character for character in wanted if character >= " ")))
