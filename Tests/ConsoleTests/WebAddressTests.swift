import Domain
import Testing

@Suite struct WebAddressTests {
  @Test(
    "Addresses are found in sentences, without the signs around them",
    arguments: [
      ("see https://example.org/s.", ["https://example.org/s"]),
      (
        "(https://example.org/a_(b)) and http://EXAMPLE.org:8080?q=1,",
        [
          "https://example.org/a_(b)", "http://example.org:8080?q=1",
        ]
      ),
      (
        "«https://example.org/привет»", ["https://example.org/%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82"]
      ),
      ("HTTPS://Example.ORG/Path twice https://example.org/Path", ["https://example.org/Path"]),
      ("Смета:https://example.org/x!!", ["https://example.org/x"]),
      ("no address, example.org, ftp://example.org, javascript:alert(1)", []),
      ("https:// http://- https://.x", []),
    ] as [(String, [String])])
  func finds(_ text: String, _ addresses: [String]) {
    #expect(WebAddress.all(in: text).map(\.text) == addresses)
  }

  @Test(
    "What pretends to lead elsewhere is no address to open",
    arguments: [
      "https://bank.example@evil.example/", "https://exаmple.org/", "https://example.org:80x/",
      "https://пример.рф/", "https://evil.example\\@bank.example", "https://bank.example\u{202e}/",
    ])
  func refuses(_ text: String) {
    #expect(WebAddress(text).map(\.host) != "bank.example")
    #expect(WebAddress(text) == nil || WebAddress(text)?.host == "evil.example")
  }

  @Test("Nothing in an address can end it, or reach a terminal as a command")
  func harmlessBytes() throws {
    let address = try #require(WebAddress("https://example.org/\u{1b}]52;c;x\u{7}\"'`<>|\u{9b}я"))
    #expect(address.text.utf8.allSatisfy { (0x21...0x7e).contains($0) })
    #expect(!address.text.contains("\"") && !address.text.contains("`"))
    #expect(WebAddress("https://example.org/" + String(repeating: "a", count: 3000)) == nil)
  }
}
