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

/// Call configurations for a fault: the vectors of OneMe notes §1.3, and ones that must be refused.
enum BrokenConfiguration {
  /// The names that the fault `vcp` takes.
  static let names = ["a", "b", "c", "broken", "huge", "seed"]

  static func text(_ name: String) -> String {
    switch name {
    case "a": "31:8BB7InRrbiI6IlQiLCJ3c2UiOiJ3c3M6Ly92L3dzMiJ9"
    case "b": vectorB
    case "c": "42:8Bt7InRrbiI6IlQ/Iiwid3NlIjoid3NzOi8vdi93czIiLCJpdiI6dHJ1ZX0="
    case "huge":
      "4000000000:" + Base64.encode(LZ4Block.compress(.init(repeating: 32, count: 8 << 20)))
    case "seed": "1024:KLJSDHFKJHSDFKJHSDFKJHSDF..."
    default: "12:!!!!"
    }
  }

  private static let vectorB =
    "329:8SR7InRrbiI6InRvay0xIiwid3NlIjoid3NzOi8vdmlkZW93ZWJydGMuZXhhbXBsZS93czImAP8PaXAiOlsiMTky"
    + "LjAuMi4xMSJdLCJ3dGUiOiJodHRwPgAE+AA6MjM0NTYvd3QiLCJ2Y2EuAFRjYWxsc2YA9SAiLCJzcmNwIjoib25lX21l"
    + "IiwiZXQiOjE3OTUwMDM2MDAsInN0bmUiOiJzdHVuOoYAwTA6MTkzMDIiLCJ0ch8APnR1ch8AGSwWABkyNQBBdSI6ImcA"
    + "hTg2NDAwOjkwAQASMVYA8ApwIjoiY0dGemN3PT0iLCJpdiI6ZmFsc2V9"
}
