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
