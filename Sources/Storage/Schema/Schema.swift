import Database

/// The tables of the console's store. A released migration is never edited: the next one mends it.
enum Schema {
  static let migrations = [
    Migration("accounts, chats, messages, contacts, calls, settings", messenger),
    Migration("balances, orders and their journal", trading),
    Migration("TextSecure's keys, sessions and groups, and the outbox", textSecure),
    Migration("missed messages, read marks, chats that are closed", continuity),
    Migration("how texts look, reactions, drafts", writing),
    Migration("told events of orders, prices and alerts on them", marketWatch),
    Migration("calls that were made", madeCalls),
    Migration("an index of words, holes in histories", search),
    Migration("ids of messages that were written here", writtenIds),
    Migration("when messages were changed", edits),
    Migration("words of every script", everyScript),
    Migration("what started sessions, last-resort keys before this one", replays),
    Migration("what lines are about in place of sentences", notes),
    Migration("why messages failed, and chats without a name, in place of words", kinds),
    Migration("numbers of messages at their insertion", numbersAtOnce),
    Migration("numbers that no clock shows", bounds),
    Migration("the few of many: what waits, what failed, what is open", fewOfMany),
    Migration("calls in groups", groupCalls),
  ]

  @Sendable private static func messenger(_ connection: Connection) throws {
    try connection.run(
      """
      CREATE TABLE account (
        service TEXT PRIMARY KEY,
        url TEXT NOT NULL,
        identifier TEXT NOT NULL,
        user_id TEXT,
        display_name TEXT,
        secret TEXT NOT NULL,
        device_id TEXT,
        settings TEXT NOT NULL,
        sync_marker INTEGER,
        created_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE chat (
        chat TEXT PRIMARY KEY,
        service TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        peer_id TEXT,
        unread INTEGER NOT NULL CHECK (unread >= 0),
        muted INTEGER NOT NULL,
        last_message_at INTEGER,
        last_message_id TEXT,
        last_message TEXT,
        read_mark INTEGER
      ) STRICT;

      CREATE TABLE message (
        chat TEXT NOT NULL REFERENCES chat ON DELETE CASCADE,
        id TEXT NOT NULL,
        sender_id TEXT,
        sender_name TEXT,
        at INTEGER NOT NULL,
        text TEXT NOT NULL,
        status TEXT NOT NULL,
        reply_to TEXT,
        edited INTEGER NOT NULL,
        kind TEXT NOT NULL,
        attachments TEXT NOT NULL,
        own INTEGER NOT NULL,
        PRIMARY KEY (chat, id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX message_by_time ON message (chat, at, id);

      CREATE TABLE contact (
        service TEXT NOT NULL,
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        phone TEXT,
        updated_at INTEGER NOT NULL,
        PRIMARY KEY (service, id)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE call (
        conversation_id TEXT PRIMARY KEY,
        service TEXT NOT NULL,
        caller_id TEXT NOT NULL,
        caller_name TEXT,
        kind TEXT NOT NULL,
        at INTEGER NOT NULL,
        state TEXT NOT NULL,
        duration INTEGER,
        ended_at INTEGER,
        signaling TEXT,
        stun TEXT,
        turn TEXT NOT NULL,
        turn_user TEXT,
        token TEXT,
        turn_password TEXT
      ) STRICT;
      CREATE INDEX call_by_time ON call (at);

      CREATE TABLE setting (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      """)
  }
}
