import CountersignCore

/// Words, dates, sums and states as the core words them.
func checkWords() throws {
    let moment = StillPhone.moment
    try table(["1 Jul 2026", "1 jul 2026", "2026年7月1日", "2026年7月1日"], "date") {
        date(reader: Reader(language: $0, zone: "UTC", offsetMinutes: 0), milliseconds: moment)
    }
    try table(["2 Jul 2026, 00:30", "2 jul 2026, 00:30", "2026年7月2日 00:30", "2026年7月2日 00:30"], "date and time") {
        dateTime(reader: Reader(language: $0, zone: "Europe/Madrid", offsetMinutes: 0), milliseconds: moment)
    }
    try table(["2.5 MB", "2,5 MB", "2.5 MB", "2.5 MB"], "size") { size(language: $0, bytes: 2_500_000) }
    try table(["2 h 10 min", "2 h 10 min", "2 小时 10 分钟", "2 小時 10 分鐘"], "duration") {
        duration(language: $0, minutes: 130)
    }
    try table(["-1,234,567", "-1.234.567", "-1,234,567", "-1,234,567"], "number") {
        number(language: $0, decimal: "-1234567")
    }
    try table(["en", "es", "zh-Hans", "zh-Hant"], "tag") { tagOf(language: $0) }
    for language in languages {
        try expect(languageOf(tag: tagOf(language: language)), is: language, "language of its own tag")
        let sum = money(language: language, sum: Money(minor: 123_450, currency: "EUR"))
        try expect(sum.contains("234"), "a sum has its digits: \(sum)")
        try expect(!jobStateChip(language: language, state: "assigned").word.isEmpty, "a state has a word")
    }
    try expect(languageOf(tag: "zh-TW"), is: .traditionalChinese, "language of a phone in Taiwan")
    try expect(machineStateChip(language: .english, state: "runs") == nil, "a machine that runs needs no chip")
    let reader = Reader(language: .english, zone: "Europe/Madrid", offsetMinutes: 0)
    try expect(CountersignCore.moment(reader: reader, local: "2026-07-02T00:30"), is: moment, "moment of a local time")
    try expect(CountersignCore.moment(reader: reader, local: "tomorrow") == nil, "no moment of anything else")
    let count = ["count": TextValue.number(number: 3)]
    let sentence = text(language: .english, key: "status-commands-only-here", values: count)
    try expect(sentence.contains("3"), "a text has its number: \(sentence)")
}

private func table(_ wanted: [String], _ what: String, _ call: (Language) -> String) throws {
    try expect(languages.map(call), is: wanted, what)
}
