import Cryptography

extension CallConfiguration {
  /// The most a configuration may hold, in bytes of JSON.
  static let contentBytes = 64 << 10
  /// More base64 than that needs even for data that LZ4 cannot make smaller.
  static let vcpCharacters = 96 << 10

  /// Decodes `size:base64`, where the base64 holds one raw LZ4 block of JSON.
  ///
  /// The size has to be at least that of the JSON. A larger one is accepted: other clients do, and
  /// the block itself says where it ends. Padding may be missing.
  ///
  /// - Throws: `VCPError` with the first thing that is wrong.
  public init(vcp: String) throws(VCPError) {
    guard !vcp.isEmpty else { throw .empty }
    guard vcp.utf8.count <= Self.vcpCharacters else { throw .tooLong(limit: Self.vcpCharacters) }
    guard let colon = vcp.utf8.firstIndex(of: UInt8(ascii: ":")) else { throw .noSize }
    let digits = vcp[..<colon].utf8
    guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let size = Int(vcp[..<colon]), (1...Self.contentBytes).contains(size)
    else { throw .badSize(limit: Self.contentBytes) }
    guard let block = Base64.decode(vcp[vcp.utf8.index(after: colon)...]) else {
      throw .badBase64
    }
    guard let json = LZ4Block.decompress(block, atMost: size), !json.isEmpty else {
      throw .badCompression
    }
    try self.init(json: json)
  }
}
