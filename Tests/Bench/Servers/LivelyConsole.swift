import FoundationEssentials
import Glibc
import Storage
import TestSupport

/// A console that is signed in to a sandbox, in another process, where messages, prices and calls come
/// as on any day.
@MainActor final class LivelyConsole {
  let program: MeasuredProgram
  private let servers: TestSupport.Servers
  private let place: ScratchDirectory

  init() async throws {
    servers = try await TestSupport.Servers("everyday")
    place = try ScratchDirectory()
    let heard = servers.listening
    guard let max = heard.max, let trading = heard.trading, let relay = heard.textsecure,
      let key = heard.tradingKey, let secret = heard.tradingSecret
    else { throw Usage("the sandbox does not say where it is") }
    let addresses = [
      "TERCET_MAX_URL": max, "TERCET_TRADING_URL": trading, "TERCET_TEXTSECURE_URL": relay,
    ]
    let data = place.file("profile")
    let phone = "+79990001122"
    let number = "+14155550100"
    for (words, answer) in [
      (["max", "--phone", phone], nil), (["trading", "--key", key], secret),
      (["textsecure", "--number", number], nil),
    ] as [([String], String?)] {
      let command = try Program.tercet(
        ["login"] + words + ["--data-dir", data], home: place.path,
        environment: addresses.merging([
          "XDG_CONFIG_HOME": BenchStore.settings(of: Profile(directory: data))
        ]) { $1 })
      // Where there is no secret, a code is sent.
      let code = answer == nil ? try await servers.code(for: words[2]) : nil
      command.write(answer ?? code ?? "")
      let end = try await command.end()
      guard end.code == 0 else { throw Usage("no login: \(end.errors.joined(separator: " "))") }
    }
    program = try MeasuredProgram.tercet(data, servers: addresses, marker: "CHATS")
  }

  func stop() { servers.program.kill(SIGTERM) }
}
