import Database
import Glibc

/// Everything the console keeps: one database, one repository for each aggregate.
///
/// A method that returns has its change on the disk. Times are wall-clock milliseconds since 1970.
package struct Store: Sendable {
  package let database: Database
  /// Whether something could not be stored of late.
  package let trouble = StoreTrouble()

  /// Opens the profile's database and brings its schema up to date; a few milliseconds.
  ///
  /// Hold the `ProfileLock` first: two writers would see each other's rows without hearing of them.
  ///
  /// - Parameters:
  ///   - keys: open a sealed store, or make one; without them it is in the open.
  ///   - progress: hears how far the store of an earlier version has been brought.
  package init(
    _ profile: Profile, keys: ProfileKeys? = nil, progress: Database.Progress? = nil
  ) throws(DatabaseError) {
    try Store.checkIsWhole(profile.databasePath)
    database = try Database(
      path: profile.databasePath, key: keys?.store, migrations: Schema.migrations,
      functions: Schema.functions, finish: Store.finish, progress: progress)
  }

  /// Opens the profile's store of orders on paper, apart from everything real.
  package static func paper(
    _ profile: Profile, keys: ProfileKeys? = nil
  ) throws(DatabaseError) -> Store {
    try checkIsWhole(profile.paperDatabasePath)
    return Store(
      database: try Database(
        path: profile.paperDatabasePath, key: keys?.paper, migrations: Schema.migrations,
        functions: Schema.functions))
  }

  /// Seals what earlier versions have left in the open in this profile, so that nothing of it is any more.
  /// It may end at any moment: doing it again goes on from there.
  package static func sealWhatIsOpen(
    in ring: KeyRing, with keys: ProfileKeys, progress: Database.Progress? = nil
  ) throws(SealingError) {
    do {
      for (path, key) in [
        (ring.profile.databasePath, keys.store), (ring.profile.paperDatabasePath, keys.paper),
      ] where Database.isOpen(path) {
        // Once all is sealed, what is in the open was put there by somebody else.
        guard try ring.takesOpenStores() else {
          throw DatabaseError.corrupt(
            "\(path) is not sealed, as it was: another file is in its place")
        }
        try Database.seal(path, key: key, functions: Schema.functions, progress: progress)
      }
      try ring.tellSealed(keys)
    } catch let error as KeyError {
      throw .keys(error)
    } catch {
      throw .database(DatabaseError(wrapping: error))
    }
  }

  /// Why a store is not sealed; it is as it was.
  package enum SealingError: Error {
    case database(DatabaseError)
    case keys(KeyError)
  }

  /// A file of 0 bytes is what is left of a store, and SQLite would take it for a new one. Nobody else
  /// is about to make one: the profile's lock is held.
  private static func checkIsWhole(_ path: String) throws(DatabaseError) {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_size == 0, access(path + "-wal", F_OK) != 0 else {
      return
    }
    throw .corrupt("\(path) has 0 bytes: what was in it is gone")
  }

  private init(database: Database) { self.database = database }

  /// A store that lives as long as the value, for tests and for trying.
  ///
  /// - Parameter audit: hears how each statement finds its rows.
  package static func inMemory(audit: Database.Audit? = nil) throws(DatabaseError) -> Store {
    Store(
      database: try Database.inMemory(
        Schema.migrations, functions: Schema.functions, finish: finish, audit: audit))
  }

  /// Words that a transaction has written can be searched for as soon as it is kept.
  private static let finish: Database.Finish = { try $0.indexNewWords() }

  /// Who is signed in where.
  package var accounts: AccountRepository { AccountRepository(database: database) }
  /// The list of conversations.
  package var chats: ChatRepository { ChatRepository(database: database) }
  /// The messages of every chat.
  package var messages: MessageRepository { MessageRepository(database: database) }
  /// People by service.
  package var contacts: ContactRepository { ContactRepository(database: database) }
  /// The call log.
  package var calls: CallRepository { CallRepository(database: database) }
  /// What the trading account holds.
  package var balances: BalanceRepository { BalanceRepository(database: database) }
  /// Swap orders, each change with its line in the journal.
  package var orders: OrderRepository { OrderRepository(database: database) }
  /// The journal of orders, which only grows.
  package var journal: JournalRepository { JournalRepository(database: database) }
  /// What was written and has not arrived yet.
  package var outbox: OutboxRepository { OutboxRepository(database: database) }
  /// What is being written.
  package var drafts: DraftRepository { DraftRepository(database: database) }
  /// Keys, sessions and trust of TextSecure.
  package var secure: TextSecureRepository { TextSecureRepository(database: database) }
  /// The groups of TextSecure.
  package var groups: GroupRepository { GroupRepository(database: database) }
  /// Remembered values.
  package var settings: SettingRepository { SettingRepository(database: database) }

  /// Empties the log beside the file, in which keys that were used up and what was deleted could still
  /// be read.
  package func emptyLog() async throws(DatabaseError) { try await database.emptyLog() }

  /// Reads the whole file and throws `.corrupt` if its structure is damaged.
  package func check() async throws(DatabaseError) { try await database.check() }
}
