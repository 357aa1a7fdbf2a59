import Accounts
import Clocks
import Cryptography
import Database
import Domain
import OneMe
import Phrases
import Storage
import Transport

/// A MAX account kept online: takes in what the server says, stores it in one transaction, then
/// tells the environment's listeners.
package actor MaxAccount: Account {
  package nonisolated let environment: AccountEnvironment
  let session: OneMeSession
  let settings: RunSettings
  let spool: FileSpool
  private(set) var account: AccountRecord
  /// Translates MAX's objects; knows our id and everybody's name.
  var records: MaxRecords
  var nameQuestions = NameLookups()
  var mutes: [Int64: Mute] = [:]
  /// By conversation id.
  var rings: [String: RingingCall] = [:]
  /// The question after the calls that the server keeps, while it is open.
  var callQuestion: Task<UserError?, Never>?
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
  package var connection: ConnectionTracker
  private var intake: Task<Void, Never>?
  /// Open when no chats are being asked for.
  let chatsTold = AsyncGate()

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
    settings: RunSettings, spool: FileSpool, environment: AccountEnvironment
  ) async throws(DatabaseError) {
    self.account = account
    self.session = session
    self.settings = settings
    self.spool = spool
    self.environment = environment
    connection = ConnectionTracker(of: account, environment: environment)
    connection.note { $0.codec = isBinary ? "binary" : "json" }
    let contacts = try await environment.store.contacts.all(.max)
    var names = Dictionary(
      contacts.compactMap { contact in Int64(contact.id).map { ($0, contact.name) } },
      uniquingKeysWith: { $1 })
    let ownId = account.userId.flatMap { Int64($0) }
    // Before a login has told it again: what is written without a line has a sender, too.
    if let ownId, let name = account.displayName { names[ownId] = name }
    records = MaxRecords(ownId: ownId, names: names)
  }

  /// Connects and stays connected until `stop()`.
  package func start() async {
    guard intake == nil else { return }
    outbox = Outbox(service: .max, environment: environment) { [weak self] message, _ in
      await self?.deliver(message) ?? .later
    }
    intake = Task { [session] in
      for await event in session.events { await self.take(event) }
    }
    connection.publish()
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
    connection.release()
    chatsTold.open()
  }

  /// Keeps what a login told about ourselves.
  func updateAccount(_ change: (inout AccountRecord) -> Void) async {
    change(&account)
    await environment.storing { [account] store in try await store.accounts.save(account) }
    connection.note { $0.account = account.displayName ?? account.identifier }
  }

  package func retryNow() async { await session.retryNow() }

  package func logOut() async {
    do throws(OneMeError) {
      try await session.logOut()
    } catch {
      environment.notify(.warning, Phrase.logoutUnconfirmed.text, hint: Phrase.logoutHint.text)
    }
    await stop()
  }
}
