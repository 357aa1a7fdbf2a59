import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// A disk that fills up while a file is copied, sealed or saved: a small one in memory, which only the
/// command under test sees. Where the system lets nobody make one, these are left out.
@Suite(.enabled(if: canMountInMemory), .timeLimit(.minutes(5))) struct FullDiskTests {
  /// Runs a command while `folder` is a disk of so many KiB; says what is left there afterwards.
  private func run(
    _ line: String, by person: Person, with folder: String, kibibytes: Int
  ) async throws -> (report: Program.Report, left: [String]) {
    let script = """
      mkdir -p '\(folder)'
      mount -t tmpfs -o size=\(kibibytes)k none '\(folder)' || exit 99
      "$TERCET" \(line)
      echo "code $?"
      ls -A '\(folder)'
      """
    try Data(script.utf8).write(to: URL(filePath: person.home.file("full.sh")))
    let report = try await person.shell("unshare -rm bash '\(person.home.file("full.sh"))'")
    let place = try #require(report.output.firstIndex { $0.hasPrefix("code ") }, "\(report)")
    return (report, Array(report.output[(place + 1)...]))
  }

  /// The kernel's list of symbols has no size until it is read, and then some megabytes: like a file
  /// that grows while it is copied.
  @Test(arguments: [MaxChatTests.pavel, "textsecure:+14155550102"], ["/proc/kallsyms", "large"])
  func whileAFileIsTakenAlong(chat: String, file: String) async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToMax()
    try await person.signInToTextSecure("+14155550101")
    #expect(truncate(try person.file("large"), 1 << 20) == 0)
    let path = file.hasPrefix("/") ? file : person.home.file(file)
    let (report, left) = try await run(
      "send \(chat) look --attach '\(path)'", by: person, with: "\(person.data)/spool",
      kibibytes: 256)
    #expect(report.output.contains("code 1") && report.errors.count == 1, "\(report)")
    #expect(report.errors.first?.contains("The disk has no room for") == true, "\(report)")
    #expect(left.isEmpty, "nothing partial stays")
    let outbox = try await person.run("status --json").output
    #expect(outbox.allSatisfy { $0.contains(#""outbox":0"#) }, "nothing waits for it")
  }

  @Test func whileAFileIsSaved() async throws {
    struct Message: Decodable {
      struct Attachment: Decodable { var name: String? }
      var id: String
      var attachments: [Attachment]
    }
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToMax()
    let messages = try await person.lines(
      "messages \(MaxChatTests.pavel) --limit 20", as: Message.self)
    let id = try #require(messages.last { !$0.attachments.isEmpty }?.id)
    let folder = person.home.file("saved")
    let (report, left) = try await run(
      "save \(MaxChatTests.pavel) \(id) --to '\(folder)'", by: person, with: folder,
      kibibytes: 16)
    // The server answers well: it is no failure of the line.
    #expect(report.output.contains("code 1") && report.errors.count == 1, "\(report)")
    #expect(report.errors.first?.contains("No space left on device") == true, "\(report)")
    #expect(left.isEmpty, "nothing partial stays")
  }
}

extension Person {
  /// The path of a new, empty file in the home directory.
  fileprivate func file(_ name: String) throws -> String {
    try Data().write(to: URL(filePath: home.file(name)))
    return home.file(name)
  }
}

/// Whether this system lets a process have disks of its own.
private let canMountInMemory: Bool = {
  var status: Int32 = -1
  var child: pid_t = 0
  let words = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
  var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
  defer { for word in arguments { free(word) } }
  guard posix_spawnp(&child, "unshare", nil, nil, &arguments, environ) == 0,
    waitpid(child, &status, 0) == child
  else { return false }
  return status == 0
}()
