/// A value as SQLite keeps it.
public enum DatabaseValue: Sendable, Equatable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])
}

extension DatabaseValue: ExpressibleByNilLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral
{
  /// SQL NULL.
  public init(nilLiteral: ()) { self = .null }
  /// An integer.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// A number with a fraction.
  public init(floatLiteral value: Double) { self = .real(value) }
  /// A text.
  public init(stringLiteral value: String) { self = .text(value) }
}

/// A type that can be bound to a statement and read from a column.
public protocol DatabaseConvertible {
  /// The value that SQLite keeps.
  var databaseValue: DatabaseValue { get }
  /// The value a column holds; nil if it is of another type or out of range.
  init?(databaseValue: DatabaseValue)
}

extension DatabaseValue: DatabaseConvertible {
  public var databaseValue: DatabaseValue { self }
  public init?(databaseValue: DatabaseValue) { self = databaseValue }
}

extension Int64: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .integer(self) }

  public init?(databaseValue: DatabaseValue) {
    guard case .integer(let value) = databaseValue else { return nil }
    self = value
  }
}

extension Int: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .integer(Int64(self)) }

  public init?(databaseValue: DatabaseValue) {
    guard case .integer(let value) = databaseValue else { return nil }
    self.init(exactly: value)
  }
}

/// Kept as 0 or 1; any other number is no truth value.
extension Bool: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .integer(self ? 1 : 0) }

  public init?(databaseValue: DatabaseValue) {
    switch databaseValue {
    case .integer(0): self = false
    case .integer(1): self = true
    default: return nil
    }
  }
}

extension Double: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .real(self) }

  public init?(databaseValue: DatabaseValue) {
    guard case .real(let value) = databaseValue else { return nil }
    self = value
  }
}

extension String: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .text(self) }

  public init?(databaseValue: DatabaseValue) {
    guard case .text(let value) = databaseValue else { return nil }
    self = value
  }
}

extension [UInt8]: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .blob(self) }

  public init?(databaseValue: DatabaseValue) {
    guard case .blob(let value) = databaseValue else { return nil }
    self = value
  }
}

extension Optional: DatabaseConvertible where Wrapped: DatabaseConvertible {
  public var databaseValue: DatabaseValue { self?.databaseValue ?? .null }

  public init?(databaseValue: DatabaseValue) {
    if databaseValue == .null {
      self = .none
    } else if let wrapped = Wrapped(databaseValue: databaseValue) {
      self = .some(wrapped)
    } else {
      return nil
    }
  }
}

/// An enumeration with text for raw values needs only to declare its conformance.
extension DatabaseConvertible where Self: RawRepresentable, RawValue == String {
  public var databaseValue: DatabaseValue { .text(rawValue) }

  public init?(databaseValue: DatabaseValue) {
    guard case .text(let value) = databaseValue else { return nil }
    self.init(rawValue: value)
  }
}
