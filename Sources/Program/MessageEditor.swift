import Domain
import Files
import FoundationEssentials
import Glibc
import Phrases
import Processes

/// The person's own editor, for messages that are long.
///
/// The text lies in a directory that is the person's alone, with whatever copies the editor makes, and
/// is gone with it.
@MainActor
final class MessageEditor {
  private let environment: [String: String]
  /// The profile's directory, where there is none for the time of a login.
  private let fallback: String
  private var running: TerminalProgram?

  /// No message is longer, in bytes.
  private static let limit = 256 << 10

  /// - Parameters:
  ///   - environment: of which `VISUAL`, `EDITOR` and `XDG_RUNTIME_DIR` are read.
  ///   - profile: the directory where everything is kept.
  init(_ environment: [String: String], profile: String) {
    self.environment = environment
    fallback = profile
  }

  /// The command line of the editor: the person's, else what the system has.
  nonisolated static func command(_ environment: [String: String]) -> String {
    let named = ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }.first { !$0.isBlank }
    if let named { return named }
    let path = environment["PATH"] ?? "/usr/bin:/bin"
    let usual = ["sensible-editor", "nano", "vi"]
    return usual.first { program in
      path.split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
    } ?? "vi"
  }

  /// The text as the editor has left it, without the line's end that editors put behind it.
  func edit(_ text: String) async -> Result<String, UserError> {
    do throws(UserError) {
      let directory = try makeDirectory()
      defer { TemporaryDirectory.remove(directory) }
      let file = directory + "/message.txt"
      try await Self.write(text.isEmpty ? "" : text + "\n", to: file)
      let command = Self.command(environment)
      // The shell takes the command line apart; the file is an argument and never a part of it.
      let program = TerminalProgram(["/bin/sh", "-c", "exec \(command) \"$1\"", "sh", file])
      running = program
      let end = await program.run()
      running = nil
      switch end {
      case .ended(0): return .success(try read(file))
      case .ended(let code):
        throw failure(Phrase.editorFailed.with(harmless(command, limit: 60), "\(code)"))
      case .late, .tooMany:
        throw failure(Phrase.editorFailed.with(harmless(command, limit: 60), ""))
      case .notStarted(let reason):
        throw failure(Phrase.editorNotStarted.with(harmless(command, limit: 60), reason))
      }
    } catch {
      return .failure(error)
    }
  }

  /// The program ends: the editor is told so.
  func close() { running?.hangUp() }

  private func failure(_ words: String) -> UserError {
    UserError(.failed, code: "editor", words, hint: Phrase.editorHint.text)
  }

  /// A directory for the owner alone, in memory where the system has such a place.
  private func makeDirectory() throws(UserError) -> String {
    do throws(FileError) {
      if let memory = environment["XDG_RUNTIME_DIR"], memory.hasPrefix("/") {
        do throws(FileError) {
          return try TemporaryDirectory.make(in: memory)
        } catch {
          // Where there is no room in memory, the profile's directory is as private.
        }
      }
      return try TemporaryDirectory.make(in: fallback)
    } catch {
      throw Self.noPlace(error)
    }
  }

  private nonisolated static func write(_ text: String, to path: String) async throws(UserError) {
    try await NewFile.create(path, failing: noPlace) { file throws(UserError) in
      do throws(FileError) { try file.write(Array(text.utf8)) } catch { throw noPlace(error) }
    }
  }

  private nonisolated static func noPlace(_ error: FileError) -> UserError {
    UserError(
      .failed, code: "editor", Phrase.editorNoPlace.with(error.reason),
      hint: Phrase.tryAgain.text)
  }

  /// Editors put another file in the place of the one that they were given.
  private func read(_ path: String) throws(UserError) -> String {
    var text: String
    do throws(FileError) {
      let bytes = try NamedStream.contents(of: path, limit: MessageEditor.limit)
      guard let read = String(validating: bytes, as: UTF8.self) else {
        throw .failed(path, Phrase.settingsNoText.text)
      }
      text = read
    } catch {
      throw failure(Phrase.editorNoFile.with(error.reason))
    }
    text = text.replacing("\r\n", with: "\n")
    if text.last == "\n" { text.removeLast() }
    return text
  }
}
