import CountersignCore
import Foundation

/// A key whose public half is known and whose private half the phone keeps locked. The point is the base point of P-256,
/// which every reader of the standard can look up.
final class LockedKey: DeviceKey {
    private static let point =
        "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
        + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"

    func publicKey() throws -> Data {
        var point = Data()
        var rest = Substring(LockedKey.point)
        while let byte = UInt8(rest.prefix(2), radix: 16) {
            point.append(byte)
            rest = rest.dropFirst(2)
        }
        return point
    }

    func sign(statement: Data) throws -> Data {
        throw PlatformError.Locked
    }
}

/// A vault that nobody unlocked: nothing is sealed before a device is enrolled.
final class LockedVault: Vault {
    func seal(plain: Data) throws -> Data {
        throw VaultError.Locked
    }

    func unseal(sealed: Data) throws -> Data {
        throw VaultError.Locked
    }
}

/// What a key can get wrong.
final class BadKey: DeviceKey {
    /// An error that the border knows nothing of.
    struct Torn: Error {}

    enum Fault: Sendable {
        case locked
        case torn
        case noPoint
    }

    private let fault: Fault

    init(_ fault: Fault) {
        self.fault = fault
    }

    func publicKey() throws -> Data {
        switch fault {
        case .locked: throw PlatformError.Locked
        case .torn: throw Torn()
        case .noPoint: return Data([4, 1, 2, 3])
        }
    }

    func sign(statement: Data) throws -> Data {
        throw PlatformError.Locked
    }
}

/// A phone that stands still at one moment, in a place two hours east of Greenwich.
final class StillPhone: Platform {
    /// 2026-07-01T22:30:00Z
    static let moment: Int64 = 1_782_945_000_000

    func freeSpace(folder: String) -> UInt64? { 50_000_000_000 }
    func wallClock() -> Int64 { StillPhone.moment }
    func bootId() -> String { "swift-check" }
    func monotonicClock() -> Int64 { 1_000 }
    func offsetMinutes() -> Int32 { 120 }
    func network() -> NetworkClass { .offline }
    func battery() -> UInt8? { nil }
    func waitingFiles() -> [WaitingFile] { [] }
}

/// A phone that cannot draw files.
final class NoImages: PlatformImages {
    func preview(path: String, edge: UInt16) -> Data? { nil }
}

/// Keeps what it is told, from whatever thread.
final class Listener: Observer, @unchecked Sendable {
    // Unchecked, since the compiler does not know that the condition guards it.
    private let condition = NSCondition()
    private var heard: [[Topic]] = []

    func changed(topics: [Topic]) throws {
        condition.withLock {
            heard.append(topics)
            condition.broadcast()
        }
        // The core must go on telling all the same.
        throw PlatformError.Unexpected(reason: "the screen is gone")
    }

    /// All calls so far, at least this many; fewer where they do not come within ten seconds.
    func calls(atLeast count: Int) -> [[Topic]] {
        condition.withLock {
            let end = Date(timeIntervalSinceNow: 10)
            while heard.count < count && condition.wait(until: end) {}
            return heard
        }
    }
}

/// A screen that shows nothing of sync.
final class SilentListener: SyncListener {
    func syncIs(state: SyncState) throws {}
}
