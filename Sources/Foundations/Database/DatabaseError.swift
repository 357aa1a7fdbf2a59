import CSQLite
import Glibc

/// Why the database did not do what it was asked: nothing of the failed transaction was kept.
public enum DatabaseError: Error, Sendable, Equatable {
  case diskFull
  /// The file, its directory or the transaction allows no writing; the text is SQLite's.
  case readOnly(String)
  /// Another process held the database for longer than the busy timeout.
  case busy
  /// The file is damaged or is no database; the text says where.
  case corrupt(String)
  /// A newer program has migrated the file; versions count migrations.
  case newerVersion(found: Int, known: Int)
  /// A row breaks a rule of the schema; the text names the rule.
  case constraint(String)
  /// The file cannot be created or opened.
  case inaccessible(path: String, reason: String)
  /// A column is missing, or its value is not of the type asked for.
  case unreadable(column: String, reason: String)
  /// Any other failure, with SQLite's result code, or 0 when the reason lies outside of SQLite.
  case failed(code: Int32, String)
}

extension DatabaseError: CustomStringConvertible {
  /// What happened and what to do about it, in one line.
  public var description: String { "\(message). \(hint)." }

  /// What happened, in plain words without a final stop.
  public var message: String {
    switch self {
    case .diskFull: "the disk is full, so nothing was saved"
    case .readOnly(let text): "the database cannot be written (\(text))"
    case .busy: "another program is using the database"
    case .corrupt(let text): "the database is damaged (\(text))"
    case .newerVersion(let found, let known):
      "the database is of version \(found), this program knows versions up to \(known)"
    case .constraint(let text): "a record breaks a rule of the database (\(text))"
    case .inaccessible(let path, let reason): "cannot open \(path) (\(reason))"
    case .unreadable(let column, let reason): "column \(column) cannot be read (\(reason))"
    case .failed(let code, let text): "the database failed (\(text), code \(code))"
    }
  }

  /// What to do, in plain words without a final stop.
  public var hint: String {
    switch self {
    case .diskFull: "Free some space, then try again"
    case .readOnly: "Check that you own the data directory and may write in it"
    case .busy: "Close the other program, then try again"
    case .corrupt:
      "Keep a copy of the file and start with another data directory, or restore a backup"
    case .newerVersion: "Use the newer program, or another data directory"
    case .constraint, .unreadable, .failed: "Try again; if it happens again, please report it"
    case .inaccessible: "Check that the directory exists and that you may write in it"
    }
  }
}

extension DatabaseError {
  /// The error that a SQLite result code stands for, with the connection's own words, or with those of
  /// the layer that seals its files.
  init(code: Int32, connection: OpaquePointer?, layer: SealingLayer? = nil) {
    if let damage = layer?.takeDamage(), code & 0xff == SQLITE_IOERR {
      self = .corrupt(damage.words)
      return
    }
    let text =
      connection.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
      ?? String(cString: sqlite3_errstr(code))
    switch code & 0xff {
    case SQLITE_FULL: self = .diskFull
    // The shared index beside the log cannot grow either, and says so as an input/output error.
    case SQLITE_IOERR where [ENOSPC, EDQUOT].contains(sqlite3_system_errno(connection)):
      self = .diskFull
    case SQLITE_READONLY, SQLITE_PERM: self = .readOnly(text)
    case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
    case SQLITE_CORRUPT, SQLITE_NOTADB: self = .corrupt(text)
    case SQLITE_CONSTRAINT: self = .constraint(text)
    default: self = .failed(code: code, text)
    }
  }
}
