import Database
import Domain

extension Schema {
  /// What finding a message by its words takes, and opening a chat in the middle of its history.
  ///
  /// A message's number is its moment with room for 256 at each, so that the index, which is ordered
  /// by it, gives the newest messages first without sorting. The index keeps no texts: it reads them
  /// through the view. Triggers note what it has to learn, because in a schema that is not trusted
  /// they may not write to it; `Connection.indexNewWords()` ends each transaction with that.
  @Sendable static func search(_ connection: Connection) throws {
    try connection.run(
      """
      ALTER TABLE message ADD COLUMN number INTEGER;
      ALTER TABLE message ADD COLUMN files TEXT NOT NULL DEFAULT '';
      UPDATE message SET files = ifnull(
        (SELECT group_concat(json_extract(value, '$.name'), ' ') FROM json_each(attachments)), '')
      WHERE attachments <> '[]';
      UPDATE message SET number = counted.number FROM (
        SELECT chat, id, place + max(base - place) OVER (
          ORDER BY place ROWS UNBOUNDED PRECEDING) AS number
        FROM (
          SELECT chat, id, \(base("at")) AS base, row_number() OVER (ORDER BY at, chat, id) AS place
          FROM message)
      ) AS counted WHERE counted.chat = message.chat AND counted.id = message.id;
      CREATE UNIQUE INDEX message_by_number ON message (number);

      CREATE VIEW message_words (number, text, files, place) AS
        SELECT number, \(folded("text")), \(folded("files")), \(place("chat")) FROM message;
      CREATE VIRTUAL TABLE message_index USING fts5 (
        text, files, place, content = 'message_words', content_rowid = 'number', columnsize = 0,
        prefix = '1 2 3 4', tokenize = 'unicode61 remove_diacritics 2');
      INSERT INTO message_index (message_index) VALUES ('rebuild');

      -- Messages whose words have changed in this transaction, with the words that the index has.
      CREATE TABLE unindexed (
        number INTEGER PRIMARY KEY,
        text TEXT,
        files TEXT,
        chat TEXT
      ) STRICT;
      CREATE TRIGGER message_gets_a_number AFTER INSERT ON message BEGIN
        UPDATE message SET number = coalesce(
          (SELECT CASE WHEN max(number) IS NULL THEN \(base("NEW.at"))
              WHEN max(number) < \(base("NEW.at")) + 255 THEN max(number) + 1 END
            FROM message WHERE number BETWEEN \(base("NEW.at")) AND \(base("NEW.at")) + 255),
          (SELECT max(number) + 1 FROM message))
        WHERE chat = NEW.chat AND id = NEW.id;
        INSERT INTO unindexed (number) SELECT number FROM message
          WHERE chat = NEW.chat AND id = NEW.id
          AND NOT EXISTS (SELECT 1 FROM unindexed WHERE unindexed.number = message.number);
      END;
      CREATE TRIGGER message_has_other_words AFTER UPDATE OF text, files ON message
        WHEN OLD.text <> NEW.text OR OLD.files <> NEW.files BEGIN
        INSERT INTO unindexed SELECT OLD.number, OLD.text, OLD.files, OLD.chat
          WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE number = OLD.number);
      END;
      CREATE TRIGGER message_has_no_words AFTER DELETE ON message BEGIN
        INSERT INTO unindexed SELECT OLD.number, OLD.text, OLD.files, OLD.chat
          WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE number = OLD.number);
      END;

      -- Between these moments of two stored messages there may be others that are not stored.
      CREATE TABLE hole (
        chat TEXT NOT NULL REFERENCES chat ON DELETE CASCADE,
        start INTEGER NOT NULL,
        finish INTEGER NOT NULL,
        PRIMARY KEY (chat, start)
      ) STRICT, WITHOUT ROWID;
      """)
  }

  /// Words as `WordSplitter` finds them, in the index as in a search: until now the index's own rules
  /// split texts otherwise in most scripts.
  ///
  /// The view gives the words that the splitter has found, each between spaces; the tokenizer has only
  /// to part them at the spaces.
  @Sendable static func everyScript(_ connection: Connection) throws {
    try connection.run(
      """
      DROP TABLE message_index;
      DROP VIEW message_words;
      CREATE VIEW message_words (number, text, files, place) AS
        SELECT number, \(words("text")), \(words("files")), \(place("chat")) FROM message;
      CREATE VIRTUAL TABLE message_index USING fts5 (
        text, files, place, content = 'message_words', content_rowid = 'number', columnsize = 0,
        prefix = '1 2 3 4', tokenize = 'ascii');
      INSERT INTO message_index (message_index) VALUES ('rebuild');
      """)
  }

  /// A message gets its number with its row: another look for the row, and another entry in two
  /// indexes, cost more than all the rest of an insertion.
  @Sendable static func numbersAtOnce(_ connection: Connection) throws {
    try connection.run(
      """
      CREATE TRIGGER message_has_new_words AFTER INSERT ON message WHEN NEW.number IS NOT NULL BEGIN
        INSERT INTO unindexed (number) SELECT NEW.number
          WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE number = NEW.number);
      END;
      -- For rows that are written by hand.
      DROP TRIGGER message_gets_a_number;
      CREATE TRIGGER message_gets_a_number AFTER INSERT ON message WHEN NEW.number IS NULL BEGIN
        UPDATE message SET number = \(number(at: "NEW.at"))
        WHERE chat = NEW.chat AND id = NEW.id;
        INSERT INTO unindexed (number) SELECT number FROM message
          WHERE chat = NEW.chat AND id = NEW.id
          AND NOT EXISTS (SELECT 1 FROM unindexed WHERE unindexed.number = message.number);
      END;
      """)
  }

  /// The number of a message that is inserted with this moment: the next one that is free there.
  static func number(at moment: String) -> String {
    """
    coalesce(
      (SELECT CASE WHEN max(number) IS NULL THEN \(base(moment))
          WHEN max(number) < \(base(moment)) + 255 THEN max(number) + 1 END
        FROM message WHERE number BETWEEN \(base(moment)) AND \(base(moment)) + 255),
      (SELECT max(number) + 1 FROM message))
    """
  }

  /// The words of a text, each with a space after it.
  static func words(_ text: String) -> String { "search_words(\(text))" }

  /// What the tables call by name: each connection to them needs it.
  static let functions = [
    TextFunction("search_words") { WordSplitter.spelled($0) }
  ]

  /// The first number of a moment. A moment that no clock shows must not overflow it.
  private static func base(_ moment: String) -> String {
    "(min(max(\(moment), 0), \(1 << 54)) << 8)"
  }

  /// Words as the first index spelled them: `е` for `ё`, and letters of one sign for letters of two,
  /// which its tokenizer would take the upper sign from.
  private static func folded(_ text: String) -> String {
    let breve = "\u{306}"
    let diaeresis = "\u{308}"
    return [
      ("и" + breve, "й"), ("И" + breve, "Й"), ("у" + breve, "ў"), ("У" + breve, "Ў"),
      ("і" + diaeresis, "ї"), ("І" + diaeresis, "Ї"), ("ё", "е"), ("Ё", "Е"),
    ].reduce(text) { "replace(\($0), '\($1.0)', '\($1.1)')" }
  }

  /// A chat as one word that nobody searches for.
  static func place(_ chat: String) -> String {
    "'ʘ' || replace(replace(replace(\(chat), ':', 'x'), '-', 'n'), '+', 'p')"
  }
}
