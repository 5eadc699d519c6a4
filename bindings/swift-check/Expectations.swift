import CountersignCore
import Foundation

/// What did not come out as the border promises.
struct Broken: Error, CustomStringConvertible {
    let description: String
}

/// The languages of the product, and where a table of four has each.
let languages: [Language] = [.english, .spanish, .simplifiedChinese, .traditionalChinese]

/// Stops the check where a value is another.
func expect<Value: Equatable>(_ got: Value, is wanted: Value, _ what: String) throws {
    guard got == wanted else { throw Broken(description: "\(what): \(got) instead of \(wanted)") }
}

/// Stops the check where something does not hold.
func expect(_ holds: Bool, _ what: String) throws {
    guard holds else { throw Broken(description: what) }
}

/// The error of the border that a call must end with. The compiler of an app knows no more than that it throws; an error
/// that is no `AppError` would reach a person as a defect.
func problem(of what: String, _ call: () throws -> Void) throws -> AppError {
    do {
        try call()
    } catch let error as AppError {
        return error
    } catch {
        throw Broken(description: "\(what): \(error) is no AppError")
    }
    throw Broken(description: "\(what): no error at all")
}

/// The sentences of the core's catalogue under this name.
func sentences(_ name: String, _ language: Language) -> [String] {
    ["what", "safe", "todo"].map { text(language: language, key: "trouble-\(name)-\($0)", values: [:]) }
}

/// Stops the check where an error does not carry these sentences.
func expect(_ trouble: Trouble, says name: String, in language: Language) throws {
    try expect([trouble.what, trouble.safe, trouble.todo], is: sentences(name, language), "sentences of \(name)")
    try expect(!trouble.what.isEmpty && !trouble.what.hasPrefix("trouble-"), "\(name) has words in \(language)")
}
