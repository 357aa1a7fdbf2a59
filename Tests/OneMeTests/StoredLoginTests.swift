import Cryptography
import Testing

@testable import OneMe

/// Logins that people paste.
struct StoredLoginTests {
  @Test(arguments: [
    (" An_SgH+1=\n", "An_SgH+1=", Optional<Int64>.none),
    (#"{"token":"t-1","viewerId":54321001}"#, "t-1", 54_321_001),
    (#"{ "viewerId" : "7", "token" : "t-1", "more": [] }"#, "t-1", 7),
    (#"{"token":"t"}"#, "t", nil),
  ])
  func reads(text: String, token: String, userId: Int64?) throws {
    let login = try #require(StoredLogin(text))
    #expect(login.token == Secret(token))
    #expect(login.userId == userId)
  }

  @Test(arguments: [
    "", "  ", "{", "{}", #"{"token":5}"#, "[]\u{1b}", "тoken", #""quoted""#,
    String(repeating: "a", count: 4097),
  ])
  func refuses(text: String) { #expect(StoredLogin(text) == nil) }
}
