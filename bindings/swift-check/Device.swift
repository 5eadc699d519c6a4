import CountersignCore
import Foundation

/// A device in this folder before anybody enrolled it.
func open(_ folder: URL, key: any DeviceKey = LockedKey(), language: Language = .english) throws -> Countersign {
    try Countersign.open(
        folder: folder.path, key: key, vault: LockedVault(), platform: StillPhone(), images: NoImages(),
        language: language)
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
        let all = JobFilter(choice: .all, search: "", openOnly: false, after: nil, limit: 20)
        let jobs = try device.jobList(filter: all)
        try expect(jobs.rows.isEmpty && !jobs.more, "no jobs are here")
        try expect(try device.outboxScreen().attention, is: [], "what needs attention")
        for (what, call) in refusedCalls(device) {
            let error = try problem(of: what, call)
            guard case .Enrol(let trouble) = error else { throw Broken(description: "\(what): \(error)") }
            try expect(trouble, says: "enrol", in: language)
            told.insert(trouble.what)
        }
    }
    try expect(told.count, is: languages.count, "sentences that ask for enrolment")
}

private func refusedCalls(_ device: Countersign) -> [(String, () throws -> Void)] {
    return [
        ("newJob", { _ = try device.newJob(serial: "C3-1107", fault: "阀门泄漏") }),
        ("jobScreen", { _ = try device.jobScreen(job: "J-1") }),
        ("exportForOffice", { _ = try device.exportForOffice(path: device.folder() + "/rescue") }),
    ]
}

/// Errors come over the border as what they are: from the core, and from the phone's own side.
func checkErrors(_ folder: URL) throws {
    let device = try open(folder)
    let enrol: () throws -> Void = { try device.enrol(invitation: "x y", seen: "", name: "p") }
    guard case .Invitation(let trouble) = try problem(of: "enrol", enrol)
    else { throw Broken(description: "a bad invitation is no Invitation") }
    try expect(trouble, says: "enrol-unknown", in: .english)
    let missing = try problem(of: "addNote") { try device.addNote(job: "J-阀", text: "leaks") }
    guard case .NotFound(let trouble) = missing else { throw Broken(description: "addNote: \(missing)") }
    try expect(trouble, says: "not-found", in: .english)
    try expect(trouble.details, is: "job J-阀", "what was not found")
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
    weak var released: Listener?
    try {
        let listener = Listener()
        released = listener
        try observe(device, in: folder, listener)
    }()
    try expect(released == nil, "the core lets go of an observer that hears no more")
}

private func observe(_ device: Countersign, in folder: URL, _ listener: Listener) throws {
    let everything: Set<Topic> = [.jobs, .outbox, .status, .references]
    let subscription = try device.subscribe(observer: listener)
    try expect(Set(listener.calls(atLeast: 1).first ?? []), is: everything, "the first call")
    // Another process of the app, such as one that shares photos, writes into the same store.
    let other = try open(folder)
    try other.chooseLanguage(language: .spanish)
    let calls = listener.calls(atLeast: 2)
    try expect(Set(calls.last ?? []), is: everything, "what the other process may have changed")
    try expect(device.language(), is: .spanish, "the language that was chosen")
    try expect(try device.ownScreen().chosen, is: .spanish, "the language on screen")
    subscription.end()
    let before = listener.calls(atLeast: 0).count
    try other.chooseLanguage(language: .english)
    // Longer than a round of the thread that tells.
    Thread.sleep(forTimeInterval: 2.5)
    try expect(listener.calls(atLeast: 0).count, is: before, "calls after the end")
    subscription.end()
}

/// Sync of a device that nobody enrolled ends by itself and says why.
func checkSync(_ folder: URL) throws {
    let device = try open(folder)
    let done = try device.sync(files: .small, listener: SilentListener(), handle: SyncHandle())
    try expect(done.problem, is: "sign_in", "what holds sync up")
    try expect(done.sentEntries, is: 0, "entries that were sent")
    let words = word(language: .english, kind: "problem", code: "sign_in")
    try expect(words != "sign_in" && !words.isEmpty, "the problem has words")
    let look = try problem(of: "lookAtHub") { _ = try device.lookAtHub(invitation: "countersign:1:|||") }
    guard case .Invitation = look else { throw Broken(description: "a bad invitation is looked at: \(look)") }
}
