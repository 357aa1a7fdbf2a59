import CLZ4
import Cryptography

/// What a ringing telephone needs to join a call; travels as `vcp` ("VCP Decoding" of the OneMe
/// document, with the further keys of MAX protocol notes §1.3).
struct CallConfiguration: Encodable {
  let tkn: String
  let wse: String
  let srcp = "one_me"
  /// Unix seconds.
  let et: Int64
  let stne: String
  let trne: String
  let trnu: String
  let trnp: String
  let iv: Bool

  enum CodingKeys: CodingKey { case tkn, wse, srcp, et, stne, trne, trnu, trnp, iv }

  /// `SIZE:BASE64`: the count of bytes of the JSON text, then one raw LZ4 block.
  var packed: String {
    let text = Array(JSONText.encode(self).utf8)
    var block = [CChar](repeating: 0, count: Int(LZ4_compressBound(Int32(text.count))))
    let length = text.withUnsafeBytes { source in
      LZ4_compress_default(
        source.baseAddress?.assumingMemoryBound(to: CChar.self), &block, Int32(text.count),
        Int32(block.count))
    }
    return "\(text.count):" + Base64.encode(block.prefix(Int(length)).map(UInt8.init(bitPattern:)))
  }
}

/// One call, from its ring to its end.
struct Call: Sendable {
  let id: String
  let caller: Int64
  let callee: Int64
  let isVideo: Bool
  let startedAt: Int64
  /// nil while it rings.
  var hangup: String?
  var messageID: Int64?

  var type: String { isVideo ? "VIDEO" : "AUDIO" }
}
