import Cryptography
import Transport

/// What a ringing telephone needs to join a call; travels as `vcp` ("VCP Decoding" of the OneMe
/// document, with the further keys of OneMe notes §1.3).
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

  /// Somebody's number with the telephone servers, which have numbers of their own.
  static func user(of person: Int64) -> Int64 { Int64("90\(person)") ?? person }

  /// `SIZE:BASE64`: the count of bytes of the JSON text, then one raw LZ4 block.
  var packed: String {
    let text = Array(JSONText.encode(self).utf8)
    return "\(text.count):" + Base64.encode(LZ4Block.compress(text))
  }
}
