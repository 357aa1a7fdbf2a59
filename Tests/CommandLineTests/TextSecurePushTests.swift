import Accounts
import FoundationEssentials
import Storage
import TestSupport
import Testing
import TextSecureService
import Transport

/// `tercet push`: notifications as a phone would have got them.
struct TextSecurePushTests {
  private struct Frame: Decodable { var id: Int, message: String }

  /// Takes the next envelope for a person off the relay, past the person's own program.
  private func envelope(for person: Person, at relay: String) async throws -> String {
    let store = try person.store()
    let account = try #require(try await store.accounts.account(.textsecure))
    let number = account.identifier.replacing("+", with: "%2B")
    let connection = try await Network().connect(
      WebSocketRequest(
        url: relay.replacing("http", with: "ws", maxReplacements: 1)
          + "/v1/websocket/?user=\(number)&login=\(number)&password=\(account.secret.revealed)"))
    for await case .text(let text) in connection.messages {
      let frame = try JSONDecoder().decode(Frame.self, from: Data(text.utf8))
      try await connection.send(.text(#"{"type":1,"id":\#(frame.id)}"#))
      // The relay answers in order: with this the acknowledgement has been taken.
      try await connection.send(.text(#"{"type":2}"#))
      for await _ in connection.messages { break }
      await connection.close()
      return frame.message
    }
    throw Missed("an envelope")
  }

  @Test func readsWhatWasPushed() async throws {
    let pair = try await Pair()
    let relay = try #require(pair.servers.listening.textsecure)
    let forms: [(String, (String) -> [String])] = [
      ("bare", { [$0] }),
      ("APN", { [#"{"aps":{},"alert":"You have a new message!","m":"\#($0)"}"#, "--apn"] }),
      ("GCM", { [#"{"type":"message","message":"\#($0)"}"#] }),
      ("GCM with data", { [#"{"data":{"message":"\#($0)"}}"#] }),
    ]
    for (text, words) in forms {
      #expect(try await pair.alice.run(["send", Pair.toBob, text, "--wait"]).code == 0)
      let words = ["push"] + words(try await envelope(for: pair.bob, at: relay))
      let report = try await pair.bob.run(words + ["--json"])
      #expect(report.code == 0 && report.output.count == 1, "\(report)")
      let line = try JSONDecoder().decode(MessageOutput.self, from: Data(report.output[0].utf8))
      #expect(line.chat.text == Pair.toAlice && line.from == Pair.alice && line.text == text)
      let again = try await pair.bob.run(words + ["--json"])
      #expect(again.code == 1 && again.output == [] && again.errors.count == 1)
      #expect(try Failure(line: again.errors[0]).code == "read-already")
    }
    let read = try await pair.bob.lines("messages \(Pair.toAlice)", as: MessageOutput.self)
    #expect(read.map(\.text) == forms.map(\.0))
  }

  @Test func refusesWhatIsNoPayload() async throws {
    let person = try await Pair().bob
    let envelope = String(repeating: "AQ", count: 200)
    for (payload, code) in [
      ("", Int32(1)), ("{}", 1), ("{", 1), ("%%%", 1), ("AQ==", 1), (envelope, 1),
      (#"{"m":7}"#, 1),
    ] {
      let report = try await person.run(["push", payload, "--json"])
      #expect(report.code == code && report.output == [] && report.errors.count == 1, "\(payload)")
    }
    #expect(try await person.run(["push", envelope, "--apn"]).code == 2)
  }
}
