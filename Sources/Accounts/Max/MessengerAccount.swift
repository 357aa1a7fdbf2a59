import Clocks
import Cryptography
import Database
import Domain
import OneMe
import Phrases
import Storage
import Transport

/// A MAX account kept online: takes in what the server says, stores it in one transaction, then
/// tells the desk's listeners.
package actor MessengerAccount: Account {
  let desk: DeskContext
  let session: OneMeSession
  let settings: DeskSettings
  let spool: Spool
  private(set) var account: AccountRecord
  /// Translates MAX's objects; knows our id and everybody's name.
  var records: MessengerRecords
  var nameQuestions = NameQuestions()
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
  /// The server's time at the login before the newest one: what a chat that is not stored ends with is
  /// news only if it came since. Nil in the run of a first login.
  var loginBefore: Int64?
  /// The work on chats that a login left out.
  var paging: Task<Void, Never>?
  var isTellingMarks = false
  private var lamp: ConnectionState = .connecting
  /// Which form of the protocol is spoken.
  var isBinary: Bool
  private var cause: ConsoleError?
  private var roundTrip: Int64?
  /// Set while the account waits until it may be logged in to again: nobody has to wait for it then.
  private(set) var loginsSpent: ConsoleError?
  private var measuredAt: Int64?
  /// The server's clock at the newest login, less ours when we heard of it.
  private var clockOffset: Int64?
  private var intake: Task<Void, Never>?
  private let settled = Latch()
  /// Open when no chats are being asked for.
  let chatsTold = Latch()

  /// Signalling lines of calls that are open or being opened.
  var openLines = 0

  /// Nobody is called by more people at one time.
  static let linesAtOnce = 3
  /// More calls than these do not ring; they are in the log.
  static let ringsAtOnce = 8

  /// How long a call rings when neither its configuration nor the server ends it.
  static let ringLimit: Duration = .seconds(60)

  init(
    _ account: AccountRecord, session: OneMeSession, isBinary: Bool = false,
    settings: DeskSettings, spool: Spool, desk: DeskContext
  ) async throws(DatabaseError) {
    self.account = account
    self.session = session
    self.isBinary = isBinary
    self.settings = settings
    self.spool = spool
    self.desk = desk
    let contacts = try await desk.store.contacts.all(.max)
    var names = Dictionary(
      contacts.compactMap { contact in Int64(contact.id).map { ($0, contact.name) } },
      uniquingKeysWith: { $1 })
    let ownId = account.userId.flatMap { Int64($0) }
    // Before a login has told it again: what is written without a line has a sender, too.
    if let ownId, let name = account.displayName { names[ownId] = name }
    records = MessengerRecords(ownId: ownId, names: names)
  }

  /// Connects and stays connected until `stop()`.
  package func start() async {
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

  package func stop() async {
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

  package var status: ConnectionStatus {
    ConnectionStatus(
      service: .max, state: lamp, account: account.displayName ?? account.identifier,
      roundTrip: roundTrip, measuredAt: measuredAt,
      skew: clockOffset.map { $0.plus((roundTrip ?? 0) / 2) }, codec: isBinary ? "binary" : "json",
      cause: cause)
  }

  /// Waits until the account is online, given up, or `limit` has passed.
  package func settle(within limit: Duration) async -> ConnectionStatus {
    await settled.wait(atMost: limit, time: desk.time)
    return status
  }

  /// - Parameter cause: why the line is down; while it is dialled again, that of the last attempt stays.
  func setLamp(_ lamp: ConnectionState, because cause: ConsoleError? = nil) {
    self.lamp = lamp
    loginsSpent = nil
    self.cause = cause ?? (lamp == .connecting ? self.cause : nil)
    lamp.isSettled ? settled.open() : settled.close()
    publishLink()
  }

  /// As many logins were made as may be; the next is due then.
  func setSpent(_ error: OneMeError, until end: Int64) {
    setLamp(.waiting(until: end), because: ConsoleError(error))
    loginsSpent = ConsoleError(error)
    settled.open()
  }

  func setRoundTrip(_ roundTrip: Duration) {
    self.roundTrip = roundTrip.milliseconds
    measuredAt = desk.time.wallTime
    publishLink()
  }

  /// - Parameter serverTime: as a login that has just been answered told it.
  func setClock(serverTime: Int64) {
    clockOffset = serverTime.minus(desk.time.wallTime)
    publishLink()
  }

  /// Keeps what a login told about ourselves.
  func updateAccount(_ change: (inout AccountRecord) -> Void) async {
    change(&account)
    await desk.storing { [account] store in try await store.accounts.save(account) }
    publishLink()
  }

  package var obstacle: ConsoleError? { loginsSpent }

  package func retryNow() async { await session.retryNow() }

  package func logOut() async {
    do throws(OneMeError) {
      try await session.logOut()
    } catch {
      desk.notify(.warning, Phrase.logoutUnconfirmed.text, hint: Phrase.logoutHint.text)
    }
    await stop()
  }

  private func publishLink() { desk.changes.send(.link(status)) }
}
