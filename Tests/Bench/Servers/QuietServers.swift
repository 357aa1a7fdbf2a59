import Clocks
import TestSupport
import Transport

/// The servers of all three accounts: they let everybody in, and are silent unless told otherwise.
struct QuietServers {
  let max: LoudMax
  private let trading: LoudTrading
  private let relay: QuietRelay

  init() throws {
    let network = Network()
    let login = """
      {"profile":{"contact":{"id":\(ProfileChats.maxOwner),\
      "names":[{"name":"Ира","type":"ONEME"}],"phone":79990001122}},"chats":[],\
      "time":\(SystemTime().wallTime)}
      """
    max = try LoudMax(network: network) { $0 == 19 ? login : nil }
    trading = try LoudTrading(network: network)
    relay = try QuietRelay(network: network)
  }

  /// What a program has to be told to use them.
  var settings: [String: String] {
    [
      "TERCET_MAX_URL": max.url, "TERCET_TRADING_URL": trading.url,
      "TERCET_TEXTSECURE_URL": relay.url,
    ]
  }

  func stop() async {
    await max.stop()
    await trading.stop()
    await relay.stop()
  }
}
