import Clocks
import Cryptography
import MaxService
import Storage
import TestSupport
import TextSecureService
import TradingService
import Transport

@testable import Accounts
@testable import Domain
@testable import ScreenState
@testable import ViewModels

/// A real console over a store that was filled by hand, on a clock that stands still. Nobody is signed
/// in, so that no server is asked for anything; what one would tell is told here.
@MainActor final class Scene {
  let model: ConsoleModel
  let store: Store
  private let time = ManualTime(wallTime: Sample.now)

  /// A console as it is before anything was stored.
  ///
  /// - Parameter fill: what is stored before the console comes.
  init(isSandbox: Bool = false, _ fill: (Store) async throws -> Void = { _ in }) async throws {
    store = try Store.inMemory()
    try await fill(store)
    var settings = HubSettings()
    settings.isSandbox = isSandbox
    settings.dataDirectory = "~/.local/share/tercet"
    let hub = AccountHub(
      environment: AccountEnvironment(
        store: store, network: Network(), time: time, random: SeededRandom(seed: 1)),
      settings: settings, services: [.max, .trading, .textsecure])
    model = ConsoleModel(hub: hub, zone: .utc)
    await model.load()
  }

  var screen: ScreenState { model.screen }

  /// Presses keys, and waits until what they asked for has come.
  func press(_ keys: Key...) async {
    for key in keys {
      model.press(key)
      await settle()
    }
  }

  func type(_ text: String) async {
    for letter in text { await press(.character(letter)) }
  }

  func show(_ changes: AccountEvent...) async {
    for change in changes { await model.receive(change) }
    await settle()
  }

  /// How a service's line is doing. Nothing is asked of a server that is said to be back.
  func set(_ links: ConnectionStatus...) {
    for link in links { model.status.apply(link) }
  }

  /// Waits until what was asked for has come.
  func rest() async { await settle() }

  func advance(by span: Duration) { time.advance(by: span) }

  private func settle() async { await model.context.hub.environment.busy.untilIdle() }
}

extension Scene {
  /// Everything set up, connected and in use: the chat with Павел is open, the list has the keys.
  static func inUse(isSandbox: Bool = true) async throws -> Scene {
    let scene = try await Scene(isSandbox: isSandbox) { try await $0.fillScene() }
    await scene.openFirst()
    return scene
  }

  /// The same with the chat of that key open and with the keys in it.
  static func inChat(_ chat: ChatID) async throws -> Scene {
    let scene = try await Scene(isSandbox: true) { try await $0.fillScene() }
    await scene.open(chat)
    return scene
  }

  /// Opens a chat, with everything connected.
  func opened(_ chat: ChatID, balances: [BalanceRecord] = Sample.balances) async {
    await open(chat, balances: balances)
  }

  private func openFirst() async {
    await open("max:1")
    model.focus(.chats)
    await show(.typing(chat: "max:1", name: "Павел", until: model.context.uptime + 8000))
  }

  private func open(
    _ chat: ChatID, balances: [BalanceRecord] = Sample.balances
  ) async {
    model.chats.select(chat)
    await press(.enter)
    // As once a server has said that there is nothing before.
    model.conversation.loader.endPast()
    set(
      .init(service: .max, state: .online, account: "Ира", roundTrip: 41),
      .init(service: .textsecure, state: .online, account: "+14155550101"),
      .init(service: .trading, state: .online, roundTrip: 38, skew: 120))
    await show(
      .balances(balances),
      .presence([DialogPresence(chat: "max:1", isOnline: true)]),
      .typing(chat: "max:3", name: "Мария", until: model.context.uptime + 8000))
    model.exchange.orders.select("tercet-7f3a")
  }
}
