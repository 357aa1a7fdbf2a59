/// The first byte of a message: its version in the high half, the highest that the sender knows in
/// the low half (TextSecure protocol notes §1.6).
enum VersionByte {
  /// Clients of 2014 refuse a low half above 2, so none is claimed.
  static let ours: UInt8 = 0x22

  /// Throws unless the message is of version 2; what else its sender knows does not matter.
  static func check(_ byte: UInt8) throws(AxolotlError) {
    guard byte >> 4 == 2 else { throw .unsupportedVersion(Int(byte >> 4)) }
  }
}
