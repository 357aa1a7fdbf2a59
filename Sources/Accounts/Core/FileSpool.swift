import Cryptography
import Domain
import Files
import FoundationEssentials
import Phrases
import Storage
import Synchronization

/// The folder of files on their way, of all services: copies that wait for a connection, and what comes
/// before it is checked. One for each hub, made before any service works in it.
package final class FileSpool: Sendable {
  package let directory: String
  private let log: @Sendable (String) -> Void
  /// What was here before this run, and nobody has looked yet whether anything waits for it. A file of
  /// this run is never in it, so that no sweep can take one whose message is only being written.
  private let leftovers: Mutex<Set<String>>

  init(_ profile: String, log: @escaping @Sendable (String) -> Void) {
    directory = "\(profile)/spool"
    self.log = log
    // Without the folder there is nothing left over; what else is wrong with it shows at its first use.
    leftovers = Mutex(
      Set((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []))
  }

  /// Makes the folder if there is none yet, and returns it.
  @discardableResult
  package func prepare() throws(UserError) -> String {
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      return directory
    } catch {
      throw UserError(
        .failed, code: "storage", "\(directory) cannot be used", hint: Phrase.tryAgain.text)
    }
  }

  /// Where a file lies now that was put here by an earlier run: the profile may have been moved, or
  /// be called by another path.
  package func place(of path: String) -> String { "\(directory)/\(FileSpool.name(path))" }

  /// Removes files that are needed no more; those that are gone already are as good.
  package func remove(_ paths: [String]) {
    for path in paths.map(place) where FileManager.default.fileExists(atPath: path) {
      do { try FileManager.default.removeItem(atPath: path) } catch {
        log("a file stays behind: \(path)")
      }
    }
  }

  /// Removes what earlier runs have left here and nothing waits for.
  ///
  /// - Parameter needed: the files of everything that waits, of every service.
  func sweep(keeping needed: [String]) {
    let needed = Set(needed.map(FileSpool.name))
    let left = leftovers.withLock { names in
      let left = names.subtracting(needed)
      names = []
      return left
    }
    remove(left.sorted())
  }

  private static func name(_ path: String) -> String {
    path.split(separator: "/").last.map { String($0) } ?? path
  }
}

extension AccountEnvironment {
  /// The files that wait in the outbox of services; nil if that cannot be read.
  func waitingFiles(of services: [ServiceDescriptor]) async -> [String]? {
    var files: [String] = []
    for descriptor in services {
      let bodies = await storing { store in try await store.outbox.bodies(descriptor.service) }
      guard let bodies else { return nil }
      do { files += try bodies.flatMap { try descriptor.filesInOutbox($0) } } catch {
        // Rather a file too many than one too few.
        log("\(descriptor.service.title) outbox: \(error)")
        return nil
      }
    }
    return files
  }
}
