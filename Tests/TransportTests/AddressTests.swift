import Testing

@testable import Transport

/// What is taken as an address, and what counts as this machine.
struct AddressTests {
  private func address(_ text: String) throws -> Address {
    try Address(text, plain: "ws", secure: "wss")
  }

  @Test func thePartsAreFound() throws {
    let full = try address("WSS://Example.org:8443/a/../b?c=%2F#d")
    #expect(full.isSecure)
    #expect(full.host == "Example.org")
    #expect(full.port == 8443)
    #expect(full.target == "/a/../b?c=%2F")
    #expect(full.url == "https://Example.org:8443/a/../b?c=%2F")
    let bare = try address("ws://[::1]?x")
    #expect(!bare.isSecure)
    #expect(bare.host == "::1")
    #expect(bare.hostField == "[::1]")
    #expect(bare.target == "/?x")
    #expect(try address("wss://h:443/").hostField == "h")
    #expect(try address("ws://h:443/").hostField == "h:443")
  }

  @Test(arguments: [
    "", "ws", "ws:/h", "ws:h", "ws://", "ws:///x", "http://h", "ws://user@h/", "ws://h:/",
    "ws://h:0/", "ws://h:65536/", "ws://h:-1/", "ws://h:1x/", "ws://h:1:2/", "ws://[::1",
    "ws://[h]/",
    "ws://[::1]x/", "ws://h\\@evil/", "ws://h/\\x", "ws://h /", "ws://h/\r\nx", "ws://ü/",
    "ws://%31/",
  ])
  func whatIsUnclearIsRefused(text: String) {
    #expect(throws: TransportError.badAddress(text)) { try address(text) }
  }

  @Test(arguments: [
    ("localhost", true), ("LOCALHOST", true), ("127.0.0.1", true), ("127.255.0.9", true),
    ("[::1]", true), ("[0:0:0:0:0:0:0:1]", true), ("localhost.", false), ("localhost.evil", false),
    ("127.1", false), ("128.0.0.1", false), ("0.0.0.0", false), ("[::]", false),
    ("[::ffff:10.0.0.1]", false), ("127.0.0.1.evil", false), ("2130706433", false),
  ])
  func loopbackIsWhatCanOnlyBeLoopback(host: String, isLoopback: Bool) throws {
    #expect(try address("ws://\(host)/").isLoopback == isLoopback)
  }
}
