import Glibc

/// Where a server can listen.
public enum ListenAddress {
  /// The literal for what somebody has written: `localhost` is 127.0.0.1, and a literal is itself.
  /// Nil for other names: which of its addresses would be meant?
  public static func literal(_ text: String) -> String? {
    if text.lowercased() == "localhost" { return "127.0.0.1" }
    var (four, six) = (in_addr(), in6_addr())
    let isLiteral =
      inet_pton(AF_INET, text, &four) == 1 || inet_pton(AF_INET6, text, &six) == 1
    return isLiteral ? text : nil
  }

  /// Whether a literal can be reached from this machine alone: 127.0.0.0/8, ::1, and the former as
  /// IPv6 writes it.
  public static func isLoopback(_ literal: String) -> Bool {
    var four = in_addr()
    if inet_pton(AF_INET, literal, &four) == 1 {
      return UInt32(bigEndian: four.s_addr) >> 24 == 127
    }
    var six = in6_addr()
    guard inet_pton(AF_INET6, literal, &six) == 1 else { return false }
    return withUnsafeBytes(of: &six) { bytes in
      let isMapped =
        bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10...11].allSatisfy { $0 == 255 }
      return isMapped
        ? bytes[12] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }
  }
}

/// What of a network address tells one client from another.
public enum AddressBlock {
  /// An IPv4 address as it is; of IPv6 the first 64 bits: whoever has one such address has all of
  /// them.
  public static func name(of address: String) -> String {
    guard address.contains(":"), !address.contains(".") else { return address }
    guard let gap = address.firstRange(of: "::") else {
      return address.split(separator: ":").prefix(4).joined(separator: ":")
    }
    return address[..<gap.lowerBound].split(separator: ":").prefix(4).joined(separator: ":") + "::"
  }
}
