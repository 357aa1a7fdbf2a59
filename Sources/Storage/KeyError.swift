/// Why a sealed profile cannot be opened. Nothing of it was read or written.
package enum KeyError: Error, Sendable, Equatable {
  case wrongPassphrase
  /// It is sealed with a passphrase, and there is nobody who could be asked for it.
  case noPassphrase
  /// A passphrase was asked for, and nobody answered.
  case noAnswer
  /// The file that unlocks it is not where it was put.
  case noKeyFile(String)
  /// The file is there, and is not the one that unlocks it.
  case wrongKeyFile(String)
  /// Others may read the file.
  case exposedKeyFile(String)
  /// What says how it is unlocked was changed or is damaged.
  case damaged(String)
  /// A newer program has written it.
  case newer(String)
  /// The store is sealed, and what says how it is unlocked is gone.
  case missing(String)
  /// A new passphrase has no letter, or was not written the same twice.
  case emptyPassphrase, unequal
  /// There is no folder for a key file.
  case noPlace
  /// The program that is to say the passphrase has not; the text says why.
  case noWord(from: String, reason: String)
  /// A file could not be read or written; the text says why.
  case inaccessible(path: String, reason: String)
}

extension KeyError: CustomStringConvertible {
  /// What happened and what to do about it, in one line.
  package var description: String { "\(message). \(hint)." }

  /// What happened, in plain words without a final stop.
  package var message: String {
    switch self {
    case .wrongPassphrase: "this is not the passphrase of the profile"
    case .noPassphrase: "the profile is sealed with a passphrase"
    case .noAnswer: "no passphrase was given"
    case .noKeyFile(let path): "the key file of the profile is missing: \(path)"
    case .wrongKeyFile(let path): "\(path) is not the key file of this profile"
    case .exposedKeyFile(let path): "other users may read the key file \(path)"
    case .damaged(let path): "\(path), which holds the sealed key of the profile, is damaged"
    case .newer(let path): "\(path) was written by a newer program"
    case .missing(let path):
      "the profile is sealed, and the file with its sealed key is missing: \(path)"
    case .emptyPassphrase: "the new passphrase is empty"
    case .unequal: "the two passphrases are not the same"
    case .noPlace: "there is no HOME to keep the key file of the profile in"
    case .noWord(let command, let reason): "“\(command)” gave no passphrase (\(reason))"
    case .inaccessible(let path, let reason): "cannot use \(path) (\(reason))"
    }
  }

  /// What to do, in plain words without a final stop.
  package var hint: String {
    switch self {
    case .wrongPassphrase: "Try again; nobody can open the profile without it"
    case .noPassphrase: "Name a file that holds it with --passphrase-file, or set unlock-command"
    case .noAnswer: "Type it, or write it as a line to standard input"
    case .noKeyFile, .wrongKeyFile: "Put the file back from where you keep a copy of it"
    case .exposedKeyFile(let path): "Run chmod 600 \(path)"
    case .damaged, .missing: "Put the file back from where you keep a copy of the profile"
    case .newer: "Use the newer program, or another data directory"
    case .emptyPassphrase: "Write one, or use --remove"
    case .unequal: "Try again; nothing was changed"
    case .noPlace: "Set HOME, or name a file that holds a passphrase with --passphrase-file"
    case .noWord: "Run it yourself to see why, and look at unlock-command"
    case .inaccessible: "Check its owner and permissions"
    }
  }
}
