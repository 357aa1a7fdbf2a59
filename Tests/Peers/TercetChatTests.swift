import Accounts
import Clocks
import Cryptography
import Domain
import Glibc
import MaxService
import Sandbox
import Storage
import TestSupport
import Testing
import Transport

/// Tercet's own hub and a client of others write to each other through the sandbox.
@Suite struct TercetChatTests {
  /// A hub of somebody's, signed in to the sandbox's MAX server.
  private struct Somebody {
    let store: Store
    let hub: AccountHub
    /// The dialog of Ира and Павел.
    let chat: ChatID = "max:121058319"

    init(_ phone: String, at url: String, on peer: Peer) async throws {
      store = try Store.inMemory()
      var settings = HubSettings()
      settings[.max].url = url
      hub = AccountHub(
        environment: AccountEnvironment(
          store: store, network: peer.network, time: SystemTime(), random: SystemRandom()),
        settings: settings, services: [.max])
      _ = try await hub.lines(
        of: SignIn(service: .max, answers: SignInAnswers(["phone": Secret(phone)])))
      let code = try await peer.event { event in
        if case .sms(.max, phone, let code) = event { code } else { nil }
      }
      _ = try await hub.lines(of: EnterCode(service: .max, code: code))
    }

    func send(_ text: String, answering id: String? = nil) async throws {
      let sent = try await hub.lines(
        of: SendMessage(chat: chat, text: text, replyTo: id, waiting: true))
      #expect(sent.map(\.status) == ["sent"])
    }

    /// Waits for a message.
    func hears(_ text: String) async throws -> MessageRecord {
      try await eventually(text, after: hub.environment.changes.listen()) { [store, chat] in
        try await store.messages.latest(chat, limit: 50).last { $0.text == text }
      }
    }
  }

  @Test(
    .enabled("vkmax 1.0.2 could not be installed from PyPI") { await VkmaxTests.vkmax.install() })
  func withVkmaxInJSON() async throws {
    let peer = try await Peer(requiresOrigin: false)
    let (numbers, url) = (peer.sandbox.endpoints.numbers, peer.sandbox.endpoints.maxURL)
    let pavel = try await Somebody(numbers.second, at: url, on: peer)
    let vkmax = try Program.peer([
      VkmaxTests.vkmax.python, Peer.fixtures + "/vkmax_client.py", url, numbers.main, "1",
    ])
    do {
      let code = try await peer.event { event in
        if case .sms(.max, numbers.main, let code) = event { code } else { nil }
      }
      vkmax.write(code)
      let heard = try await pavel.hears("привет от vkmax")
      #expect(heard.senderName == "Ира Т" && !heard.own)
      try await pavel.send("ответ от Tercet", answering: heard.id)
    } catch {
      vkmax.kill(SIGTERM)
      Issue.record("they did not get to talk: \(error) \(vkmax.text)")
    }
    #expect(try await vkmax.code() == 0, "\(vkmax.text)")
    #expect(vkmax.text.contains(#""text": "\#(PythonText.escaped("ответ от Tercet"))""#))
    await pavel.hub.close()
  }

  @Test(
    .enabled("maxapi-python 2.5.0 could not be installed from PyPI") {
      await PyMaxTests.pyMax.install()
    })
  func withPyMaxInBinary() async throws {
    let scratch = try ScratchDirectory()
    defer { withExtendedLifetime(scratch) {} }
    let peer = try await Peer()
    let url = peer.sandbox.endpoints.maxBinaryURL
    let ira = try await Somebody(peer.sandbox.endpoints.numbers.main, at: url, on: peer)
    let pyMax = try await PyMaxTests.start(peer, folder: scratch.path)
    do {
      try await ira.send("привет от Tercet")
      let heard = try await ira.hears("ответ от PyMax")
      let answered = try await ira.store.messages.message(ira.chat, heard.replyTo ?? "")
      #expect(answered?.text == "привет от Tercet")
    } catch {
      pyMax.kill(SIGTERM)
      Issue.record("they did not get to talk: \(error) \(pyMax.text)")
    }
    #expect(try await pyMax.code() == 0, "\(pyMax.text)")
    let hello = PythonText.escaped("привет от Tercet")
    #expect(pyMax.text.contains(#""text": "\#(hello)", "sender": 54321001"#))
    #expect(pyMax.text.contains(#""link": "\#(hello)""#))
    await ira.hub.close()
  }
}
