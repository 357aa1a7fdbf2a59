import Testing

@testable import OneMe

/// Where a server may send this client, and where not.
struct RedirectTargetTests {
  @Test(arguments: [
    ("wss://ws-api.oneme.ru/websocket", "ws2.oneme.ru", "wss://ws2.oneme.ru/websocket"),
    (
      "wss://ws-api.oneme.ru/websocket?a=1", "WS2.oneme.ru:8443",
      "wss://WS2.oneme.ru:8443/websocket?a=1"
    ),
    ("wss://ws-api.oneme.ru", "oneme.ru", "wss://oneme.ru"),
    ("wss://oneme.ru/w", "a.b.oneme.ru", "wss://a.b.oneme.ru/w"),
    ("ws://127.0.0.1:9000/w", "127.0.0.1:9001", "ws://127.0.0.1:9001/w"),
    ("ws://localhost:9000/w", "localhost:9001", "ws://localhost:9001/w"),
  ])
  func follows(url: String, host: String, target: String) {
    #expect(RedirectTarget.url(from: url, to: host) == target)
  }

  @Test(arguments: [
    ("wss://ws-api.oneme.ru/w", "evil.example"), ("wss://ws-api.oneme.ru/w", "eviloneme.ru"),
    ("wss://ws-api.oneme.ru/w", "oneme.ru.evil.example"), ("wss://ws-api.oneme.ru/w", "ru"),
    ("wss://ws-api.oneme.ru/w", "a@ws2.oneme.ru"), ("wss://ws-api.oneme.ru/w", "ws2.oneme.ru/x"),
    ("wss://ws-api.oneme.ru/w", "ws2.oneme.ru:0"), ("wss://ws-api.oneme.ru/w", "ws2.oneme.ru:x"),
    ("wss://ws-api.oneme.ru/w", ".oneme.ru"), ("wss://ws-api.oneme.ru/w", ""),
    ("wss://ws-api.oneme.ru/w", "wss://ws2.oneme.ru"),
    ("wss://ws-api.oneme.ru/w", "x\r\ny.oneme.ru"),
    ("wss://max.example.co.uk/w", "evil.co.uk"), ("ws://127.0.0.1:9/w", "10.0.0.1"),
    ("ws://127.0.0.1:9/w", "1.0.0.1"), ("ws://localhost/w", "example.localhost"),
    ("ws-api.oneme.ru", "ws-api.oneme.ru"),
  ])
  func doesNotFollow(url: String, host: String) {
    #expect(RedirectTarget.url(from: url, to: host) == nil)
  }
}
