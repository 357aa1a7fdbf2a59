import Database
import Relay
import Transport

/// Why a sandbox cannot be started: what happened and what to do.
public enum SandboxError: Error, Sendable, Equatable {
  /// No scenario has this name.
  case unknownScenario(String)
  /// No fault has this name.
  case unknownFault(String)
  /// A fault's value or occurrence cannot be used; `expected` says in words what could.
  case badFault(String, expected: String)
  /// The port that was asked for is not to be had.
  case cannotListen(UInt16, TransportError)
  /// `tls` without a directory, or the certificate could not be made or written.
  case certificate(String)
  /// What was kept cannot be opened.
  case world(DatabaseError)
  /// The TextSecure relay could not be started.
  case relay(RelayError)
  /// The contacts on the relay could not be made.
  case contacts(String)
  /// The system would not let a server listen.
  case transport(TransportError)
}

extension SandboxError: CustomStringConvertible {
  /// What happened and what to do, in one line.
  public var description: String {
    switch self {
    case .unknownScenario(let name):
      let names = Scenario.allCases.map(\.rawValue).joined(separator: ", ")
      return "There is no scenario “\(name)”. Choose one of \(names)."
    case .unknownFault(let name):
      return "There is no fault “\(name.prefix(64))”; the nearest is “\(Fault.nearest(to: name))”."
    case .badFault(let text, let expected):
      return "The fault “\(text)” cannot be used. It wants \(expected)."
    case .cannotListen(let port, let error):
      return "Port \(port) cannot be used. \(error.message) Choose another, or 0 for a free one."
    case .certificate(let reason):
      return "No certificate could be made: \(reason). Start without TLS."
    case .world(let error):
      return "\(error.message). \(error.hint)."
    case .relay(let error):
      return error.description
    case .contacts(let reason):
      return "The contacts on the relay could not be made. \(reason)"
    case .transport(let error):
      return "The servers could not start. \(error.message)"
    }
  }
}
