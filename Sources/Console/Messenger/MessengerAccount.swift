import Cryptography
import Database
import OneMe
import Storage
import Transport

/// A MAX account kept online: takes in what the server says, stores it in one transaction, then
/// tells the desk's listeners.
actor MessengerAccount {
  let desk: DeskContext
  let session: OneMeSession
  let settings: DeskSettings
  let spool: Spool
  private(set) var account: AccountRecord
  /// Translates MAX's objects; knows our id and everybody's name.
  var records: MessengerRecords
  var mutes: [Int64: Mute] = [:]
  /// By conversation id.
  var rings: [String: Ring] = [:]
  /// The question after the calls that the server keeps, while it is open.
  var callQuestion: Task<ConsoleError?, Never>?
  private(set) var outbox: Outbox?
  /// The newest number given to a message of ours.
  var lastClientId: Int64 = 0
  /// The work on messages that were missed, and whether there is more than it saw.
  var filling: Task<Void, Never>?
  var hasNewGaps = false
  /// The work on chats that a login left out.
  var paging: Task<Void, Never>?
  var isTellingMarks = false
  private var lamp: StatusState.Lamp = .connecting
  private var roundTrip: Int64?
  /// The server's clock at the newest login, less ours when we heard of it.
  private var clockOffset: Int64?
  private var intake: Task<Void, Never>?
  private let settled = Latch()
  /// Open when no chats are being asked for.
  let chatsTold = Latch()

  /// How long a call rings when neither its configuration nor the server ends it.
  static let ringLimit: Duration = .seconds(60)

  init(
    _ account: AccountRecord, session: OneMeSession, settings: DeskSettings, spool: Spool,
    desk: DeskContext
  ) async throws(DatabaseError) {
    self.account = account
    self.session = session
    self.settings = settings
    self.spool = spool
    self.desk = desk
    let contacts = try await desk.store.contacts.all(.max)
    records = MessengerRecords(
      ownId: account.userId.flatMap { Int64($0) },
      names: Dictionary(
        contacts.compactMap { contact in Int64(contact.id).map { ($0, contact.name) } },
        uniquingKeysWith: { $1 }))
  }

  /// Connects and stays connected until `stop()`.
  func start() async {
    guard intake == nil else { return }
    outbox = Outbox(service: .max, desk: desk) { [weak self] message, _ in
      await self?.deliver(message) ?? .later
    }
    intake = Task { [session] in
      for await event in session.events { await self.take(event) }
    }
    publishLink()
    await session.start()
  }

  func stop() async {
    await outbox?.stop()
    await session.stop()
    intake?.cancel()
    for work in [filling, paging] { work?.cancel() }
    for work in [filling, paging] { await work?.value }
    // What is being taken in is stored before anything that follows, such as a sign-out.
    await intake?.value
    for ring in rings.values { await ring.close() }
    rings = [:]
    callQuestion?.cancel()
    settled.open()
    chatsTold.open()
  }

  /// The account's lamp in the status bar.
  var link: StatusState.Entry {
    StatusState.Entry(
      service: .max, lamp: lamp, account: account.displayName ?? account.identifier,
      roundTrip: roundTrip, skew: clockOffset.map { $0 + (roundTrip ?? 0) / 2 })
  }

  /// Waits until the account is online, given up, or `limit` has passed.
  func settle(within limit: Duration) async -> StatusState.Entry {
    await settled.wait(atMost: limit, time: desk.time)
    return link
  }

  func setLamp(_ lamp: StatusState.Lamp) {
    self.lamp = lamp
    lamp.isSettled ? settled.open() : settled.close()
    publishLink()
  }

  func setRoundTrip(_ roundTrip: Duration) {
    self.roundTrip = roundTrip.milliseconds
    publishLink()
  }

  /// - Parameter serverTime: as a login that has just been answered told it.
  func setClock(serverTime: Int64) {
    clockOffset = serverTime - desk.time.wallTime
    publishLink()
  }

  /// Keeps what a login told about ourselves.
  func updateAccount(_ change: (inout AccountRecord) -> Void) async {
    change(&account)
    await desk.storing { [account] store in try await store.accounts.save(account) }
    publishLink()
  }

  /// Ends the session on the server, if the line is up, and here.
  func logOut() async {
    do throws(OneMeError) {
      try await session.logOut()
    } catch {
      desk.notify(.warning, Phrase.logoutUnconfirmed.text, hint: Phrase.logoutHint.text)
    }
    await stop()
  }

  private func publishLink() { desk.changes.send(.link(link)) }
}
