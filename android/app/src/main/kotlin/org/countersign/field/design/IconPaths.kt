package org.countersign.field.design

/** Line icons on a square of 24: the same drawings as in the other shells, under the names that chips use. */
internal val IconPaths: Map<String, String> =
    mapOf(
        "mark" to "M4 13l4 4 6-8M12 17l2 2 7-9",
        "check" to "M5 13l4 4L19 7",
        "dot" to "M7 12a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
        "new" to "M12 5v14M5 12h14",
        "minus" to "M5 12h14",
        "calendar" to "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
        "road" to
            "M3 16v-5l2-4h10l4 4h2v5h-2M9 16h6M3 16h2M5 17a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z" +
            "M15 17a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z",
        "place" to
            "M12 21s7-6.5 7-11.5A7 7 0 0 0 5 9.500C5 14.5 12 21 12 21z" +
            "M9.5 9.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z",
        "wait" to "M4 12a8 8 0 1 0 16 0a8 8 0 1 0 -16 0zM12 7v5l3 2",
        "lock" to "M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3",
        "inbox" to "M4 13l3-8h10l3 8v6H4zM4 13h5l1 3h4l1-3h5",
        "return" to "M9 7l-5 5 5 5M4 12h11a5 5 0 0 1 5 5v1",
        "cross" to "M6 6l12 12M18 6L6 18",
        "warn" to "M12 4l9 16H3zM12 10v4M12 17v.2",
        "phone" to "M8 3h8v18H8zM11 18h2",
        "person" to "M8 8a4 4 0 1 0 8 0a4 4 0 1 0 -8 0zM4 21c1-5 4-7 8-7s7 2 8 7",
        "language" to "M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
        "search" to "M5 11a6 6 0 1 0 12 0a6 6 0 1 0 -12 0zM16 16l5 5",
        "board" to "M4 4h5v16H4zM11 4h4v10h-4zM17 4h3v7h-3z",
        "call" to "M5 4h4l2 5-2 1c1 2 3 4 5 5l1-2 5 2v4c-8 2-17-7-15-15z",
        "machine" to
            "M9 12a3 3 0 1 0 6 0a3 3 0 1 0 -6 0zM12 4v3M12 17v3M4 12h3M17 12h3M6.5 6.500l2 2M15.5 15.500l2 2" +
            "M17.5 6.500l-2 2M8.5 15.500l-2 2",
        "part" to "M12 3l8 4v10l-8 4-8-4V7zM4 7l8 4 8-4M12 11v10",
        "customer" to "M4 20V9l8-5 8 5v11zM9 20v-6h6v6",
        "bell" to "M6 17V11a6 6 0 0 1 12 0v6l2 1H4zM10 21h4",
        "remark" to "M4 20l4-1L19 8l-3-3L5 16z",
        "file" to "M6 3h8l4 4v14H6zM14 3v4h4",
        "camera" to "M4 8h4l2-3h4l2 3h4v11H4zM8.5 13a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z",
        "gear" to "M4 7h9M17 7h3M4 17h3M11 17h9M13 7a2 2 0 1 0 4 0a2 2 0 1 0 -4 0zM7 17a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z",
        "plane" to "M12 3v18M12 9l9 5v2l-9-3-9 3v-2zM12 18l3 2v1H9v-1z",
        "online" to "M4 10c5-4 11-4 16 0M7 13.500c3-2.5 7-2.5 10 0M10 17c1.5-1 2.5-1 4 0",
        "offline" to "M4 10c2-1.6 4-2.5 6-2.900M20 10c-1-.8-2-1.5-3-2M7 13.500c2-1.6 4-2.2 6-1.800M4 4l16 16",
        "send" to "M12 20V5M6 11l6-6 6 6",
        "sign" to "M3 19c3-8 5-12 7-12 3 0-2 10 1 10 2 0 2-4 4-4 1 0 1 3 2 3s2-1 4-2M3 21h18",
        "arrow" to "M5 19L19 5M10 5h9v9",
        "circle" to "M4 12a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z",
        "line" to "M4 20l4-1L19 8l-3-3L5 16zM13 8l3 3",
        "text" to "M5 7V5h14v2M12 5v14M9 19h6",
        "undo" to "M8 5L4 9l4 4M4 9h9a6 6 0 0 1 0 12h-2",
        "redo" to "M16 5l4 4-4 4M20 9h-9a6 6 0 0 0 0 12h2",
        "people" to
            "M5.5 8a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0zM3 20c.5-4 3-6 6-6s5.5 2 6 6M16 5a3.5 3.5 0 0 1 0 6.500" +
            "M18 14.500c2 .8 3 2.5 3.5 5.5",
        "ask" to "M4 5h16v11H10l-4 4v-4H4zM10 9a2 2 0 1 1 3 1.700c-.7.4-1 .8-1 1.5",
        "info" to "M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0zM12 11v6M12 7v.2",
        "back" to "M15 5l-7 7 7 7",
        "next" to "M9 5l7 7-7 7",
        "down" to "M5 9l7 7 7-7",
        "up" to "M5 15l7-7 7 7",
        "map" to "M9 4L3 7v13l6-3 6 3 6-3V4l-6 3zM9 4v13M15 7v13",
        "scan" to "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16",
        "video" to "M3 7h12v10H3zM15 11l6-3v8l-6-3z",
        "share" to "M12 15V3M8 7l4-4 4 4M5 12v8h14v-8",
        "filter" to "M4 6h16M7 12h10M10 18h4",
        "clear" to "M8 5h12v14H8l-5-7zM11 9l6 6M17 9l-6 6",
        "flash" to "M13 3L5 14h6l-1 7 8-11h-6z",
        "mail" to "M3 6h18v12H3zM3 6l9 7 9-7",
        "minus" to "M5 12h14",
    )
