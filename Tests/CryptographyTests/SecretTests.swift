import Cryptography
import FoundationEssentials
import Testing

@Suite("Secrets")
struct SecretTests {
  private struct Login { let name = "ada", token = Secret("fake-token-1234") }

  @Test("No way of printing shows one, not even inside of something else")
  func printing() {
    let secret = Secret("fake-token-1234")
    let login = Login()
    var dumped = ""
    dump(login, to: &dumped)
    dump(secret, to: &dumped)
    let texts = [
      "\(secret)", "\(login)", "\([secret])", "\(Secret?.some(secret) as Any)",
      String(describing: secret), String(reflecting: secret), String(reflecting: login),
      secret.debugDescription, dumped,
    ]
    for text in texts {
      #expect(text.contains("‹redacted›"))
      #expect(!text.contains("fake-token"))
    }
    #expect(Mirror(reflecting: secret).children.isEmpty)
  }

  @Test("Two are equal when their bytes are, and hash alike")
  func equality() {
    #expect(Secret("é") == Secret("é"))
    #expect(Secret("\u{e9}") != Secret("e\u{301}"))
    #expect(Secret("a") != Secret("ab"))
    #expect(Set([Secret("a"), Secret("a"), Secret("\u{e9}"), Secret("e\u{301}")]).count == 3)
  }

  @Test("It is plain text in the JSON that is kept")
  func coding() throws {
    let data = try JSONEncoder().encode([Secret("fake")])
    #expect(String(decoding: data, as: UTF8.self) == #"["fake"]"#)
    #expect(try JSONDecoder().decode([Secret].self, from: data) == [Secret("fake")])
  }
}
