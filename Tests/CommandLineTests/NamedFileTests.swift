import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Files that are named on the command line and are none that will do: one line with the cause each, and
/// nothing waits for a pipe that nobody writes into or reads.
struct NamedFileTests {
  /// What lies at the path.
  enum Place: String, CaseIterable, Sendable {
    case folder, pipe, nothing, empty

    func make(in scratch: ScratchDirectory) throws -> String {
      let path = scratch.file(rawValue)
      switch self {
      case .folder: mkdir(path, 0o700)
      case .pipe: mkfifo(path, 0o600)
      case .nothing: return scratch.file("no/where")
      case .empty: try Data().write(to: URL(filePath: path))
      }
      return path
    }

    /// A part of the sentence that says why it cannot be read; nil where that is the reader's word.
    var cause: String? {
      switch self {
      case .folder: "Is a directory"
      case .pipe: "nobody writes into this pipe"
      case .nothing: "No such file or directory"
      case .empty: nil
      }
    }
  }

  @Test(
    arguments: [
      ("replay", "is empty"), ("status --ca-file", "no certificate"),
      ("login trading --key k --secret-file", "secret are needed"),
      ("relay --data-dir DIR --tls-key /dev/null --tls-cert", "no certificate"),
      ("relay --data-dir DIR --name us --peers CA", "no certificate"),
    ], Place.allCases)
  func thatCannotBeRead(command: (words: String, ofNothing: String), place: Place) async throws {
    let person = try Person()
    let path = try place.make(in: person.home)
    let peers = person.home.file("peers")
    try Data("them https://relay.example 0123456789abcdef \(path)\n".utf8).write(
      to: URL(filePath: peers))
    let line = command.words.hasSuffix("CA") ? command.words : "\(command.words) \(path)"
    let (code, error, output) = try await person.failure(
      line.replacing("DIR", with: person.home.file("data")).replacing("CA", with: peers))
    #expect(code == 2 && output.isEmpty)
    let cause = place.cause ?? command.ofNothing
    #expect(error.message.contains(cause), "\(error.message)")
    if place.cause != nil { #expect(error.message.contains(path), "\(error.message)") }
  }

  @Test(
    arguments: [
      (Place.folder, "Is a directory"), (.pipe, "without its other end"),
      (.nothing, "No such file or directory"),
    ])
  func thatCannotBeRecordedIn(place: Place, cause: String) async throws {
    let person = try Person()
    let path = try place.make(in: person.home)
    let (code, error, _) = try await person.failure("balances --record \(path)")
    #expect(code == 1 && error.message.contains(path) && error.message.contains(cause))
  }

  @Test func aFolderThatIsNoneToSaveInAsksNoServer() async throws {
    let person = try Person()
    for (place, cause) in [(Place.empty, "no directory"), (.nothing, "no directory")] {
      let path = try place.make(in: person.home)
      let (code, error, _) = try await person.failure("save max:1 1 --to \(path)")
      #expect(code == 1 && error.code == "file" && error.message.contains(cause), "\(error)")
    }
  }

  @Test(arguments: [("< /", "Is a directory"), ("<&-", "Bad file descriptor")])
  func thatIsNoStandardInput(redirection: String, cause: String) async throws {
    let person = try Person()
    let line = "'\(Program.tercetPath)' send max:1 - \(redirection)"
    let program = try Program("/bin/sh", ["-c", line], environment: ["HOME": person.home.path])
    let report = try await program.end()
    #expect(report.code == 1 && report.output.isEmpty, "\(report)")
    #expect(report.errors.count == 1 && report.errors[0].contains(cause), "\(report)")
  }

  @Test func aKeyThatBelongsToAnotherCertificate() async throws {
    let person = try Person()
    let certificate = person.home.file("cert.pem")
    let key = person.home.file("key.pem")
    try Data("-----BEGIN CERTIFICATE-----\n".utf8).write(to: URL(filePath: certificate))
    try Data("-----BEGIN PRIVATE KEY-----\n".utf8).write(to: URL(filePath: key))
    let (code, error, _) = try await person.failure(
      "relay --data-dir \(person.home.file("data")) --tls-cert \(certificate) --tls-key \(key)"
        + " --listen 127.0.0.1:0")
    #expect(code == 1 && error.hint.contains("certificate"))
    #expect(!error.message.contains("trusted"), "\(error.message)")
  }
}
