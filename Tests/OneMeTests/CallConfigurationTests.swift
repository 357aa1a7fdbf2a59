import Cryptography
import Testing

@testable import OneMe

/// Call configurations as other clients decode them, and everything that is none.
struct CallConfigurationTests {
  static let vectorA = "31:8BB7InRrbiI6IlQiLCJ3c2UiOiJ3c3M6Ly92L3dzMiJ9"
  static let vectorB = """
    329:8SR7InRrbiI6InRvay0xIiwid3NlIjoid3NzOi8vdmlkZW93ZWJydGMuZXhhbXBsZS93czImAP8PaXAiOlsiMTkyLjA\
    uMi4xMSJdLCJ3dGUiOiJodHRwPgAE+AA6MjM0NTYvd3QiLCJ2Y2EuAFRjYWxsc2YA9SAiLCJzcmNwIjoib25lX21lIiwiZX\
    QiOjE3OTUwMDM2MDAsInN0bmUiOiJzdHVuOoYAwTA6MTkzMDIiLCJ0ch8APnR1ch8AGSwWABkyNQBBdSI6ImcAhTg2NDAwO\
    jkwAQASMVYA8ApwIjoiY0dGemN3PT0iLCJpdiI6ZmFsc2V9
    """
  static let vectorC = "42:8Bt7InRrbiI6IlQ/Iiwid3NlIjoid3NzOi8vdi93czIiLCJpdiI6dHJ1ZX0="

  @Test func readsLiterals() throws {
    let call = try CallConfiguration(vcp: Self.vectorA)
    #expect(call.token == Secret("T"))
    #expect(call.signalingURL == "wss://v/ws2")
    #expect(call.stun == nil)
    #expect(call.turn == [])
    #expect(call.turnPassword == nil)
    #expect(!call.isVideo)
    #expect(call.expiresAt == nil)
  }

  @Test func readsMatchesAndEveryKey() throws {
    let call = try CallConfiguration(vcp: Self.vectorB)
    #expect(call.token == Secret("tok-1"))
    #expect(call.signalingURL == "wss://videowebrtc.example/ws2")
    #expect(call.stun == "stun:192.0.2.10:19302")
    #expect(call.turn == ["turn:192.0.2.10:19302", "turn:192.0.2.20:19302"])
    #expect(call.turnUser == "1795086400:900000000001")
    #expect(call.turnPassword == Secret("cGFzcw=="))
    #expect(call.expiresAt == 1_795_003_600_000)
    #expect(!call.isVideo)
  }

  @Test(arguments: [vectorC, String(vectorC.dropLast())])
  func readsWithAndWithoutPadding(vcp: String) throws {
    let call = try CallConfiguration(vcp: vcp)
    #expect(call.token == Secret("T?"))
    #expect(call.isVideo)
  }

  @Test func acceptsALargerSizeThanNeeded() throws {
    let call = try CallConfiguration(vcp: "99" + Self.vectorA.dropFirst(2))
    #expect(call.token == Secret("T"))
  }

  @Test(arguments: [
    ("", VCPError.empty),
    ("abc", .noSize),
    (":abc", .badSize(limit: 65536)),
    ("0:abc", .badSize(limit: 65536)),
    ("+31:8BB7", .badSize(limit: 65536)),
    ("-1:8BB7", .badSize(limit: 65536)),
    ("65537:8BB7", .badSize(limit: 65536)),
    ("99999999999999999999:8BB7", .badSize(limit: 65536)),
    ("12:!!!!", .badBase64),
    ("12:", .badCompression),
    ("5:8Ux7", .badCompression),
    ("30" + vectorA.dropFirst(2), .badCompression),
    ("12345:base64compresseddata...", .badBase64),
    ("1024:KLJSDHFKJHSDFKJHSDFKJHSDF...", .badBase64),
    ("5:UGhlbGxv", .badJSON),
  ])
  func refuses(vcp: String, error: VCPError) {
    #expect(throws: error) { try CallConfiguration(vcp: vcp) }
  }

  @Test(arguments: [
    (#"[1]"#, VCPError.badJSON),
    (#"{"tkn":"T","wse":"wss://v"} x"#, .badJSON),
    (#"{"wse":"wss://v"}"#, .missing(key: "tkn")),
    (#"{"tkn":7,"wse":"wss://v"}"#, .missing(key: "tkn")),
    (#"{"tkn":"T","wse":""}"#, .missing(key: "wse")),
  ])
  func refusesContent(json: String, error: VCPError) {
    #expect(throws: error) { try CallConfiguration(json: Array(json.utf8)) }
  }

  @Test func refusesWhatIsTooLong() {
    let vcp = "9:" + String(repeating: "A", count: 100_000)
    #expect(throws: VCPError.tooLong(limit: 98304)) { try CallConfiguration(vcp: vcp) }
  }

  @Test func refusesWhatIsNoUTF8() {
    let json = Array(#"{"tkn":""#.utf8) + [0xff, 0x00] + Array(#"","wse":"wss://v"}"#.utf8)
    #expect(throws: VCPError.badJSON) { try CallConfiguration(json: json) }
  }

  @Test func survivesAnExpiryBeyondAllTime() throws {
    let json = #"{"tkn":"T","wse":"wss://v","et":9223372036854775807}"#
    #expect(try CallConfiguration(json: Array(json.utf8)).expiresAt == nil)
  }

  @Test func keepsEveryKeyAndHidesSecrets() throws {
    let call = try CallConfiguration(vcp: Self.vectorB)
    let hidden = call.json()
    #expect(hidden.contains(#""wsip""#) && hidden.contains("192.0.2.11"))
    #expect(hidden.contains("https://videowebrtc.example:23456/wt"))
    #expect(hidden.contains("‹redacted›"))
    var dumped = ""
    dump(call, to: &dumped)
    for text in [hidden, "\(call)", String(reflecting: call), dumped] {
      #expect(!text.contains("tok-1") && !text.contains("cGFzcw=="))
    }
    let shown = call.json(revealingSecrets: true)
    #expect(shown.contains("tok-1") && shown.contains("cGFzcw=="))
    #expect(shown.contains(#""et" : 1795003600"#))
  }
}
