/// Why a profile cannot be used.
package enum StorageError: Error, Sendable, Equatable {
  /// The name would not be one plain directory.
  case badProfileName(String)
  /// Neither `--data-dir`, `XDG_DATA_HOME` nor `HOME` says where to keep data.
  case noDataDirectory
  /// A directory or file of the profile cannot be made or opened.
  case inaccessible(path: String, reason: String)
  /// Others could read or change what is kept there.
  case exposed(path: String, reason: String)
  /// Another process works with the profile; its id, where it has written it down already.
  case heldByAnotherProcess(pid: Int32?)
}

extension StorageError: CustomStringConvertible {
  /// What happened and what to do about it, in one line.
  package var description: String { "\(message). \(hint)." }

  /// What happened, in plain words without a final stop.
  package var message: String {
    switch self {
    case .badProfileName(let name): "\"\(name)\" is no name for a profile"
    case .noDataDirectory: "there is no HOME to keep data in"
    case .inaccessible(let path, let reason): "cannot use \(path) (\(reason))"
    case .exposed(let path, let reason): "\(path) is not private (\(reason))"
    case .heldByAnotherProcess(let pid?): "process \(pid) is using this profile"
    case .heldByAnotherProcess(nil): "another process is using this profile"
    }
  }

  /// What to do, in plain words without a final stop.
  package var hint: String {
    switch self {
    case .badProfileName: "Use at most 64 letters, digits, - and _"
    case .noDataDirectory: "Name a directory with --data-dir"
    case .inaccessible: "Check its owner and permissions, or name another with --data-dir"
    case .exposed(let path, _):
      "Run chmod 700 \(path) if it holds nothing but Tercet's data, or name another with --data-dir"
    case .heldByAnotherProcess: "Close the other one first, or use another --profile"
    }
  }
}
