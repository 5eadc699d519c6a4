import CountersignCore
import Foundation

/// A device in this folder before anybody enrolled it.
func open(_ folder: URL, key: any DeviceKey = LockedKey(), language: Language = .english) throws -> Countersign {
    try Countersign.open(folder: folder.path, key: key, platform: StillPhone(), images: NoImages(), language: language)
}

/// What a device shows and refuses before it is enrolled, in each language.
func checkScreens(_ folder: URL) throws {
    var told = Set<String>()
    for language in languages {
        let device = try open(folder, language: language)
        try expect(device.language(), is: language, "language of a device before anybody chose one")
        try expect(device.folder(), is: folder.path, "folder of the device")
        let status = try device.statusScreen()
        try expect(!status.enrolled && status.lease == nil && status.lastSync == nil, "nothing is enrolled")
        try expect(status.pendingCommands, is: 0, "entries that wait")
        let own = try device.ownScreen()
        try expect(!own.enrolled && own.person.isEmpty && own.chosen == nil, "nobody is enrolled")
        try expect(try device.outboxScreen().attention, is: [], "what needs attention")
        for (what, call) in refusedCalls(device) {
            guard case .Enrol(let trouble) = try problem(of: what, call) else {
                throw Broken(description: "\(what) does not ask for enrolment")
            }
            try expect(trouble, says: "enrol", in: language)
            told.insert(trouble.what)
        }
    }
    try expect(told.count, is: languages.count, "sentences that ask for enrolment")
}

private func refusedCalls(_ device: Countersign) -> [(String, () throws -> Void)] {
    let all = JobFilter(choice: .all, search: "", openOnly: false, after: nil, limit: 20)
    return [
        ("jobList", { _ = try device.jobList(filter: all) }),
        ("addNote", { try device.addNote(job: "J-1", text: "Ventil undicht, 阀门泄漏") }),
    ]
}

/// Errors come over the border as what they are: from the core, and from the phone's own side.
func checkErrors(_ folder: URL) throws {
    let device = try open(folder)
    guard case .Invitation(let trouble) = try problem(of: "enrol", { try device.enrol(invitation: "x y", name: "p") })
    else { throw Broken(description: "a bad invitation is no Invitation") }
    try expect(trouble, says: "enrol-unknown", in: .english)
    for (fault, words) in [(BadKey.Fault.locked, "the key is locked"), (.torn, "Torn"), (.noPoint, "")] {
        let error = try problem(of: "open") { _ = try open(folder, key: BadKey(fault)) }
        guard case .Environment(let trouble) = error else { throw Broken(description: "\(fault): \(error)") }
        try expect(trouble.details.contains(words) || words.isEmpty, "\(fault) says \(trouble.details)")
    }
    let file = folder.appendingPathComponent("file")
    try Data().write(to: file)
    let error = try problem(of: "open in a file") { _ = try open(file) }
    guard case .Environment = error else { throw Broken(description: "a folder that is a file: \(error)") }
}

/// An observer hears at once what may look different, then each change, and nothing after the end.
func checkObserver(_ folder: URL) throws {
    let device = try open(folder)
    let listener = Listener()
    let subscription = try device.subscribe(observer: listener)
    let first = listener.calls(atLeast: 1)
    try expect(Set(first.first ?? []), is: [.jobs, .outbox, .status, .references], "the first call")
    try device.chooseLanguage(language: .spanish)
    try expect(listener.calls(atLeast: 2).count >= 2, "a change is told")
    try expect(device.language(), is: .spanish, "the language that was chosen")
    try expect(try device.ownScreen().chosen, is: .spanish, "the language on screen")
    subscription.end()
    let before = listener.calls(atLeast: 0).count
    try device.chooseLanguage(language: .english)
    Thread.sleep(forTimeInterval: 2.5)
    try expect(listener.calls(atLeast: 0).count, is: before, "calls after the end")
    subscription.end()
}

/// Sync of a device that nobody enrolled ends by itself, says why, and outlives a listener that fails.
func checkSync(_ folder: URL) throws {
    let device = try open(folder)
    let listener = Listener()
    let done = try device.sync(files: .small, listener: listener, handle: SyncHandle())
    print("sync: \(String(describing: done.problem)), states \(listener.syncStates().count)")
}
