import Database
import Transport

/// Why a relay cannot be started.
public enum RelayError: Error, Sendable, Equatable {
  /// Plain text beyond this machine would show passwords to everybody on the way.
  case needsTLS(address: String)
  /// The data directory cannot be used.
  case inaccessible(path: String, reason: String)
  /// Another relay works with the data directory.
  case inUse(path: String)
  /// The store could not be opened.
  case store(DatabaseError)
  /// A line of the list of peers is none; nil: there are peers, but this relay has no name for them.
  case badPeers(line: Int?)
  /// The system would not let it listen.
  case cannotListen(TransportError)
}

extension RelayError: CustomStringConvertible {
  /// What happened and what to do, in one line.
  public var description: String { "\(message). \(hint)." }

  /// What happened.
  public var message: String {
    switch self {
    case .needsTLS(let address): "\(address) can be reached by others, and there is no certificate"
    case .inaccessible(let path, let reason): "\(path) cannot be used: \(reason)"
    case .inUse(let path): "Another relay works in \(path)"
    case .store(let error): error.message
    case .badPeers(let line?): "Line \(line) of the peers is none"
    case .badPeers(nil): "This relay has peers and no name"
    case .cannotListen(.tls(let reason)): "The relay cannot listen: \(reason)"
    case .cannotListen(let error): error.message
    }
  }

  /// What to do.
  public var hint: String {
    switch self {
    case .needsTLS: "Name a certificate and its key, or listen on 127.0.0.1"
    case .inaccessible: "Choose a directory that belongs to you alone"
    case .inUse: "Stop it, or choose another directory"
    case .store(let error): error.hint
    case .badPeers(_?): "Write a line as: name URL token [CA-file], the token 16 characters or more"
    case .badPeers(nil): "Name it as the peers do"
    case .cannotListen(.tls): "Name a certificate and the private key that belongs to it"
    case .cannotListen: "Choose another address or port"
    }
  }
}
