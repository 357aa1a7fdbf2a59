import Accounts
import FoundationEssentials
import TestSupport
import Testing

/// What a script does with MAX messages that were sent.
struct MaxWritingTests {
  private static let pavel = MaxChatTests.pavel

  @Test func changesWhatWasSent() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    let sent = try await person.lines("send \(Self.pavel) frist --wait", as: SentOutput.self)
    let id = try #require(sent.first?.id)
    let edited = try await person.lines("edit \(Self.pavel) \(id) first", as: MessageOutput.self)
    #expect(edited.map(\.text) == ["first"] && edited.first?.edited == true)
    let liked = try await person.lines("react \(Self.pavel) \(id) 👍", as: MessageOutput.self)
    #expect(liked.first?.reactions.map(\.emoji) == ["👍"] && liked.first?.reactions[0].own == true)
    let words = try await person.run("messages \(Self.pavel) --limit 1")
    #expect(words.output.first?.hasSuffix(": first (edited)  👍 1") == true, "\(words)")
    let unliked = try await person.lines("react \(Self.pavel) \(id)", as: MessageOutput.self)
    #expect(unliked.first?.reactions.isEmpty == true)
    let passed = try await person.lines("forward \(Self.pavel) \(id) max:0", as: SentOutput.self)
    #expect(passed.first?.chat == "max:0" && passed.first?.status == "sent")
    let deleted = try await person.lines(
      "delete \(Self.pavel) \(id) --for-all", as: SentOutput.self)
    #expect(deleted.first?.status == "deleted")
    let trace = try await person.run("messages \(Self.pavel) --limit 1")
    #expect(trace.output.first?.contains(": message deleted") == true, "\(trace)")
    let gone = try await person.failure("edit \(Self.pavel) \(id) again")
    #expect(gone.code == 1 && gone.error.code == "no-message")
    for usage in ["edit \(Self.pavel) \(id)", "delete \(Self.pavel)", "react \(Self.pavel)"] {
      #expect(try await person.run(usage).code == 2, "\(usage)")
    }
  }

  @Test func refusesPlainly() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToMax()
    let last = try await person.lines("messages \(Self.pavel) --limit 1", as: MessageOutput.self)
    let id = try #require(last.first?.id)
    let theirs = try await person.failure("edit \(Self.pavel) \(id) mine")
    #expect(theirs.code == 4 && theirs.error.code == "not-yours")
    let secure = try await person.failure("delete textsecure:+14155550100 1")
    #expect(secure.code == 4 && secure.error.code == "unchangeable")
    servers.program.kill(15)
    _ = try await servers.program.end()
    let offline = try await person.failure("react \(Self.pavel) \(id) 👍 --timeout 1")
    #expect(offline.code == 6 && offline.error.code == "no-connection")
  }

  @Test func savesFilesAndSilencesChats() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    let messages = try await person.lines(
      "messages \(Self.pavel) --limit 5", as: MessageOutput.self)
    let id = try #require(messages.last { !$0.attachments.isEmpty }?.id)
    let folder = person.home.path
    let saved = try await person.lines(
      "save \(Self.pavel) \(id) --to \(folder)", as: TransferOutput.self)
    #expect(saved.map(\.path) == [person.home.file("смета.xlsx")])
    #expect(saved.map(\.bytesDone) == [48_213])
    #expect(try await person.lines("mute \(Self.pavel)", as: ChatOutput.self).first?.muted == true)
    let heard = try await person.lines("mute \(Self.pavel) --off", as: ChatOutput.self)
    #expect(heard.first?.muted == false)
    let sent = try await person.lines("send max:67890022 hello --wait", as: SentOutput.self)
    #expect(sent.first?.chat.text == Self.pavel)
  }

  @Test func readMarksAreASetting() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    #expect(try await person.run("status --read-marks never").code == 0)
    let wrong = try await person.run("status --read-marks sometimes")
    #expect(wrong.code == 2)
    let config = person.home.file("config")
    try Data("read-marks = nonsense\n".utf8).write(to: URL(filePath: config))
    #expect(try await person.run("status --config \(config)").code == 2)
    try Data("read-marks = always\n".utf8).write(to: URL(filePath: config))
    #expect(try await person.run("status --config \(config)").code == 0)
  }
}
