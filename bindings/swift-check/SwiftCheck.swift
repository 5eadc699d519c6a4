import CountersignCore
import Foundation

/// Calls the border as an app does, in a folder that is gone afterwards.
@main
struct SwiftCheck {
    static func main() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("countersign-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let checks: [(String, (URL) throws -> Void)] = [
            ("words", { _ in try checkWords() }),
            ("screens", checkScreens),
            ("errors", checkErrors),
            ("observer", checkObserver),
            ("sync", checkSync),
        ]
        var failed = 0
        for (name, check) in checks {
            do {
                try check(folder.appendingPathComponent(name))
                print("swift \(name): passed")
            } catch {
                failed += 1
                print("swift \(name): FAILED, \(error)")
            }
        }
        if failed > 0 { exit(1) }
    }
}
