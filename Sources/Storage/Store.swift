import Database

/// Everything the console keeps: one database, one repository for each aggregate.
///
/// A method that returns has its change on the disk. Times are wall-clock milliseconds since 1970.
public struct Store: Sendable {
  let database: Database

  /// Opens the profile's database and brings its schema up to date; a few milliseconds.
  ///
  /// Hold the `ProfileLock` first: two writers would see each other's rows without hearing of them.
  public init(_ profile: Profile) throws(DatabaseError) {
    database = try Database(
      path: profile.databasePath, migrations: Schema.migrations, finish: Store.finish)
  }

  /// Opens the profile's store of orders on paper, apart from everything real.
  public static func paper(_ profile: Profile) throws(DatabaseError) -> Store {
    Store(database: try Database(path: profile.paperDatabasePath, migrations: Schema.migrations))
  }

  private init(database: Database) { self.database = database }

  /// A store that lives as long as the value, for tests and for trying.
  public static func inMemory() throws(DatabaseError) -> Store {
    Store(database: try Database.inMemory(Schema.migrations, finish: finish))
  }

  /// Words that a transaction has written can be searched for as soon as it is kept.
  private static let finish: Database.Finish = { try $0.indexNewWords() }

  /// Who is signed in where.
  public var accounts: AccountRepository { AccountRepository(database: database) }
  /// The list of conversations.
  public var chats: ChatRepository { ChatRepository(database: database) }
  /// The messages of every chat.
  public var messages: MessageRepository { MessageRepository(database: database) }
  /// People by service.
  public var contacts: ContactRepository { ContactRepository(database: database) }
  /// The call log.
  public var calls: CallRepository { CallRepository(database: database) }
  /// What the trading account holds.
  public var balances: BalanceRepository { BalanceRepository(database: database) }
  /// Swap orders, each change with its line in the journal.
  public var orders: OrderRepository { OrderRepository(database: database) }
  /// The journal of orders, which only grows.
  public var journal: JournalRepository { JournalRepository(database: database) }
  /// What was written and has not arrived yet.
  public var outbox: OutboxRepository { OutboxRepository(database: database) }
  /// What is being written.
  public var drafts: DraftRepository { DraftRepository(database: database) }
  /// Keys, sessions and trust of TextSecure.
  public var secure: SecureRepository { SecureRepository(database: database) }
  /// The groups of TextSecure.
  public var groups: GroupRepository { GroupRepository(database: database) }
  /// Remembered values.
  public var settings: SettingRepository { SettingRepository(database: database) }

  /// Empties the log beside the file, in which keys that were used up and what was deleted could still
  /// be read.
  public func emptyLog() async throws(DatabaseError) { try await database.emptyLog() }

  /// Reads the whole file and throws `.corrupt` if its structure is damaged.
  public func check() async throws(DatabaseError) { try await database.check() }
}
