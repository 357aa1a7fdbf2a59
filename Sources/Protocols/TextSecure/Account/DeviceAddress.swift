import Cryptography

/// One device of one number; sessions are with devices (TextSecure protocol notes §1.8).
public struct DeviceAddress: Sendable, Hashable, Codable {
  /// The device of a number that registered it.
  public static let primaryDevice: UInt32 = 1

  /// E.164 with `+`, compared exactly.
  public let number: String
  /// 1 or more.
  public let device: UInt32

  /// A device of 0 means "not said", and so the first one.
  public init(number: String, device: UInt32 = primaryDevice) {
    self.number = number
    self.device = device == 0 ? DeviceAddress.primaryDevice : device
  }

  /// Throws ``TextSecureError/badNumber(_:)`` unless `number` is `+` and 10 to 20 digits: servers
  /// want ten at least (TextSecure protocol notes §3.3).
  public static func check(_ number: String) throws(TextSecureError) {
    let digits = number.utf8.dropFirst()
    guard number.utf8.first == UInt8(ascii: "+"), 10...20 ~= digits.count,
      digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
    else { throw .badNumber(String(number.prefix(40))) }
  }
}

extension DeviceAddress: CustomStringConvertible {
  /// As in credentials: the number alone for the first device.
  public var description: String {
    device == DeviceAddress.primaryDevice ? number : "\(number).\(device)"
  }
}

/// How a number is asked for in the directory: base64 of the first ten bytes of its SHA-1, without
/// padding (seed 002, directory tokens).
public enum DirectoryToken {
  private static let size = 10

  /// The token of a number in E.164 with its `+`.
  public static func token(of number: String) -> String {
    let token = Base64.encode(Digest.sha1.hash(Array(number.utf8)).prefix(size))
    return String(token.prefix { $0 != "=" })
  }

  /// A token as ``token(of:)`` writes it, from one with or without padding; nil if it is none.
  static func normalized(_ text: String) -> String? {
    guard let bytes = Base64.decode(text), bytes.count == size else { return nil }
    return String(Base64.encode(bytes).prefix { $0 != "=" })
  }
}
