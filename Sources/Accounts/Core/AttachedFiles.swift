import Clocks
import Domain
import Files
import Phrases
import Storage

/// Files that a person has named to go with a message.
package enum AttachedFiles {
  /// Throws what keeps one of them from being sent. It asks no server, and so comes
  /// before anything that does: a sign-in is one of few.
  ///
  /// - Parameter service: whose messages they are to go with; nothing is thrown for one that takes
  ///   none along.
  package static func check(_ paths: [String], for service: ServiceDescriptor) throws(UserError) {
    guard let limit = service.attachmentLimit else { return }
    do throws(FileError) {
      for path in paths {
        _ = try NamedFile(path, limit: limit, takesEmpty: service.takesEmptyFiles)
      }
    } catch {
      throw UserError(error)
    }
  }

  /// Throws what keeps a folder from taking a file; again before any server is asked.
  package static func check(folder: String) throws(UserError) {
    do throws(FileError) {
      try NewFile.checkFolder(folder)
    } catch {
      guard case .missing = error else { throw UserError(error) }
      throw UserError(
        .failed, code: "file", Phrase.noSuchFolder.with(folder), hint: Phrase.checkPathHint.text)
    }
  }

  /// Makes the copy of a file that waits for a connection. Whoever waits for the message waits for this
  /// as well: what takes longer is given up, and leaves nothing behind.
  package static func copying<Value: Sendable>(
    _ path: String, for environment: AccountEnvironment,
    _ copy: @escaping @Sendable () async throws(UserError) -> Value
  ) async throws(UserError) -> Value {
    guard let limit = RequestDeadline.current else { return try await copy() }
    let late = UserError.notCopied(path)
    guard limit.remaining > .zero else { throw late }
    return try await withDeadline(
      limit.remaining, time: environment.time, error: late, operation: copy)
  }
}

extension UserError {
  fileprivate static func notCopied(_ path: String) -> UserError {
    UserError(
      .failed, code: "file", Phrase.fileNotCopiedInTime.with(path),
      hint: Phrase.fileNotCopiedInTimeHint.text)
  }
}
