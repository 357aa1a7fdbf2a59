import Clocks
import Cryptography
import Storage
import TestSupport
import Testing
import Transport

@testable import Accounts
@testable import Domain
@testable import ScreenState
@testable import ViewModels
@testable import fourth

/// A service that the program does not know of is everywhere once it is registered.
@Suite(.timeLimit(.minutes(5)))
struct FourthServiceTests {
  private let network = Network()

  /// Runs the program that has the fourth service, and returns what it printed.
  private func run(
    _ words: String..., home: String, at server: FourthServer, isJSON: Bool = true
  ) async throws -> Program.Report {
    let tests = CommandLine.arguments.first ?? ""
    let path =
      tests.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/") + "/fourth"
    let program = try Program(
      path, words + ["--fourth-url", server.url] + (isJSON ? ["--json"] : []),
      environment: ["HOME": home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"])
    return try await program.end()
  }

  @Test("It signs in, lists, sends, receives and is searched, on the command line and in JSON")
  func commandLine() async throws {
    let server = try FourthServer(network: network)
    let (ada, bob) = (try ScratchDirectory(), try ScratchDirectory())
    for (home, name) in [(ada, "Ada"), (bob, "Bob")] {
      let login = try await run("login", "fourth", "--name", name, home: home.path, at: server)
      #expect(login.output == [#"{"account":"\#(name)","service":"fourth","state":"online"}"#])
    }
    let chats = try await run("chats", home: ada.path, at: server)
    #expect(chats.output.count == 2 && chats.output.allSatisfy { $0.contains("fourth:") })
    let sent = try await run(
      "send", "fourth:Hall", "the kettle is on", "--wait", home: ada.path, at: server)
    #expect(sent.code == 0 && sent.output.last?.contains(#""status":"sent""#) == true)
    let read = try await run("messages", "fourth:Hall", home: bob.path, at: server)
    #expect(read.output.count == 1 && read.output[0].contains("the kettle is on"))
    let found = try await run("search", "kettle", home: bob.path, at: server)
    #expect(found.output == read.output)
    let status = try await run("status", home: bob.path, at: server)
    #expect(status.output.contains { $0.contains(#""service":"fourth""#) && $0.contains("Bob") })
    let help = try await run("--help", home: bob.path, at: server, isJSON: false)
    #expect(help.output.contains { $0.contains("login fourth") })
    #expect(help.output.contains { $0.contains("--fourth-url") })
    await server.stop()
  }

  @Test("It shows in the console: in the wizard, the list, a chat, the palette and the status line")
  @MainActor func console() async throws {
    let server = try FourthServer(network: network)
    var settings = HubSettings()
    settings[.fourth].url = server.url
    let hub = AccountHub(
      environment: AccountEnvironment(
        store: try .inMemory(), network: network, time: SystemTime(),
        random: SeededRandom(seed: 4)), settings: settings, services: [.fourth])
    let model = ConsoleModel(hub: hub, zone: .utc)
    let changes = Broadcast<Void>()
    model.context.onChange = { changes.send(()) }
    let running = Task { await model.run() }
    func until(
      _ what: String, _ look: @escaping @MainActor @Sendable (ScreenState) -> Bool
    )
      async throws
    {
      _ = try await eventually(what, after: changes.listen()) { @MainActor in
        look(model.screen) ? true : nil
      }
    }
    func type(_ text: String) { for letter in text { model.press(.character(letter)) } }

    try await until("the wizard") { $0.dialog != nil }
    // It is reached on a server of one's own: nobody chooses it for us.
    model.press(.character(" "))
    model.press(.enter)
    type("Ada")
    model.press(.enter)
    try await until("the last page") { screen in
      guard case .wizard(let page)? = screen.dialog, case .done = page.page else { return false }
      return true
    }
    model.press(.enter)
    try await until("the rooms") { $0.chats.rows.map(\.title).sorted() == ["Hall", "Library"] }
    #expect(model.screen.status.entries.map(\.state) == [.online])
    #expect(model.screen.status.entries.first?.service.title == "Fourth")
    model.press(.control("p"))
    type("libr")
    guard case .palette(let palette)? = model.screen.dialog else {
      Issue.record("no palette")
      return
    }
    #expect(palette.entries.first?.title == "Library")
    model.press(.enter)
    try await until("the chat") { $0.conversation?.title == "Library" }
    type("hush")
    model.press(.enter)
    try await until("the message") { screen in
      screen.conversation?.lines.contains { $0.text == "hush" && $0.status == .sent } == true
    }
    await hub.close()
    running.cancel()
    await server.stop()
  }
}
