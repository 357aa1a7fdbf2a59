import Testing
import Transport

@testable import Sandbox

@Suite struct MaxFileTests {
  private func post(
    _ fixture: SandboxFixture, _ url: String, _ headers: HTTPHeaders, _ body: [UInt8]
  ) async throws -> HTTPResponse {
    var request = HTTPRequest(url: url)
    request.method = "POST"
    request.headers = headers
    request.body = .bytes(body)
    return try await fixture.network.send(request)
  }

  private func fileHeaders(_ name: String, _ count: Int) -> HTTPHeaders {
    [
      "Content-Disposition": "attachment; filename=\(name)",
      "Content-Range": "bytes 0-\(count - 1)/\(count)", "Content-Type": "application/octet-stream",
    ]
  }

  @Test func aFileIsSentAndSaved() async throws {
    let fixture = try await SandboxFixture()
    let ira = try await RawMaxConnection(fixture)
    _ = try await ira.logIn(Cast.numbers.main)
    let pavel = try await RawMaxConnection(fixture, .binary)
    _ = try await pavel.logIn(Cast.numbers.second)

    let place = try await ira.ask(87, #"{"count":1}"#).payload.info[0]
    let id = try #require(place.fileId.integer)
    let send =
      #"{"chatId":\#(Cast.dialog),"message":{"cid":5,"attaches":[{"_type":"FILE","fileId":\#(id)}]}}"#
    #expect(try await ira.ask(64, send).payload.error == "not.found")
    let content = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let url = try #require(place.url.string)
    let headers = fileHeaders("%D0%BE%D1%82%D1%87%D1%91%D1%82.bin", content.count)
    #expect(try await post(fixture, url, headers, content).status == 200)
    #expect(try await post(fixture, url, headers, content).status == 409)
    // Uploaded is not processed.
    #expect(try await ira.ask(64, send).payload.error == "attachment.not.ready")
    await fixture.pass(.seconds(1))
    #expect(try await ira.push(136).payload.fileId == .integer(id))
    #expect(try await ira.ask(64, send).cmd == 1)

    let message = try await pavel.push(128).payload.message
    let attachment = message.attaches[0]
    #expect(attachment.name == "отчёт.bin")
    #expect(attachment.size == 70_000)
    let link = try await pavel.ask(
      88,
      #"{"fileId":\#(id),"chatId":\#(Cast.dialog),"messageId":\#(message.id.id64 ?? 0)}"#)
    let saved = try await fixture.network.send(
      HTTPRequest(url: link.payload.url.string ?? ""))
    #expect(saved.status == 200)
    #expect(saved.body == content)
  }

  @Test func aPhotoIsThereAtOnce() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawMaxConnection(fixture)
    _ = try await line.logIn(Cast.numbers.main)
    let url = try await line.ask(80, #"{"count":1}"#).payload.url.string ?? ""
    let body =
      "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n"
      + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"кот.png\"\r\n"
      + "Content-Type: image/png\r\n\r\nPNG --b\r\n-- b\r\n--b--\r\n"
    let answer = try await post(
      fixture, url, ["Content-Type": "multipart/form-data; boundary=b"], Array(body.utf8))
    #expect(answer.status == 200)
    let key = url.split(separator: "=")[1].prefix { $0 != "&" }
    let token = try JSON(String(decoding: answer.body, as: UTF8.self)).photos[String(key)].token
    let sent = try await line.ask(
      64,
      #"{"chatId":0,"message":{"cid":1,"attaches":[{"_type":"PHOTO","photoToken":"\#(token.string ?? "")"}]}}"#
    )
    let shown = try await fixture.network.send(
      HTTPRequest(url: sent.payload.message.attaches[0].baseUrl.string ?? ""))
    #expect(shown.body == Array("PNG --b\r\n-- b".utf8))
  }

  @Test func linksAndFormsAreChecked() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawMaxConnection(fixture)
    _ = try await line.logIn(Cast.numbers.main)
    let url = try await line.ask(87, #"{"count":1}"#).payload.info[0].url.string ?? ""
    let headers = fileHeaders("a", 3)
    #expect(try await post(fixture, url + "0", headers, [1, 2, 3]).status == 403)
    #expect(try await post(fixture, url, fileHeaders("a", 4), [1, 2, 3]).status == 400)
    #expect(try await post(fixture, url, [:], [1, 2, 3]).status == 400)
    let wrongKind = url.replacing("upload/file", with: "upload/photo")
    #expect(try await post(fixture, wrongKind, headers, [1, 2, 3]).status == 403)
    #expect(try await post(fixture, url, headers, [1, 2, 3]).status == 200)
    let root = url.split(separator: "/").prefix(2).joined(separator: "//")
    for (path, status) in [("/download?id=1&size=5&key=00", 403), ("/i?r=x", 403), ("/x", 404)] {
      #expect(try await fixture.network.send(HTTPRequest(url: root + path)).status == status)
    }
    #expect(try await fixture.network.send(HTTPRequest(url: root + "/i?r=5")).status == 200)
  }

  @Test(arguments: [
    (#"form-data; name="file"; filename="a; b=c.png""#, "filename", "a; b=c.png"),
    ("attachment; filename=a%20b.bin", "filename", "a%20b.bin"),
    ("multipart/form-data; boundary=--x", "boundary", "--x"),
    ("Content-Type: a\r\nContent-Disposition: form-data; name=\"я\"\r\n", "name", "я"),
  ])
  func parametersAreRead(header: String, name: String, value: String) {
    #expect(header.field(name) == value)
    #expect(header.field("other") == nil)
  }

  /// The account's own files can be saved by those who see the message, and by nobody else.
  @Test func aFileOfTheAccountIsSaved() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawMaxConnection(fixture)
    _ = try await line.logIn(Cast.numbers.main)
    let page = try await line.ask(
      49, #"{"chatId":\#(Cast.dialog),"from":4000000000000,"forward":0,"backward":5}"#)
    let message = page.payload.messages.items.first { !$0.attaches.items.isEmpty } ?? .null
    let id = message.id.id64 ?? 0
    let link = try await line.ask(
      88, #"{"fileId":900100200,"chatId":\#(Cast.dialog),"messageId":"\#(id)"}"#)
    let saved = try await fixture.network.send(HTTPRequest(url: link.payload.url.string ?? ""))
    #expect(saved.body.count == 48_213)
    let maria = try await RawMaxConnection(fixture)
    _ = try await maria.logIn("+79995550000")
    let refused = try await maria.ask(
      88, #"{"fileId":900100200,"chatId":\#(Cast.dialog),"messageId":"\#(id)"}"#)
    #expect(refused.payload.error == "chat.not.found")
  }

  @Test func uploadsCanFail() async throws {
    let fixture = try await SandboxFixture(faults: "upload-fails@1,upload-error@1")
    let line = try await RawMaxConnection(fixture)
    _ = try await line.logIn(Cast.numbers.main)
    let place = try await line.ask(87, #"{"count":1}"#).payload.info[0]
    let url = place.url.string ?? ""
    #expect(try await post(fixture, url, fileHeaders("a", 3), [1, 2, 3]).status == 500)
    #expect(try await post(fixture, url, fileHeaders("a", 3), [1, 2, 3]).status == 200)
    await fixture.pass(.seconds(1))
    let failure = try await line.push(136).payload
    #expect(failure.error == "upload.failed")
    #expect(failure.fileId == place.fileId)
  }
}
