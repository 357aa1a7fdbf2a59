import Cryptography
import FoundationEssentials
import Synchronization
import TestSupport
import Testing
import Transport

@testable import OneMe

/// Files on their way to the server and back.
@Suite(.timeLimit(.minutes(10)))
struct TransferTests {
  @Test func uploadsAPhotoAsAForm() async throws {
    let files = try FileServer { request in
      .response(status: 200, body: Array(#"{"photos":{"p1":{"token":"pt-1"}}}"#.utf8))
    }
    let url = files.url("/photo?id=1")
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let asked = try await line.serve(80, #"{"url":"\#(url)"}"#)
      #expect(asked.payload == ComparableJSON(#"{"count":1}"#))
      try await line.untilEnd()
    }
    let scratch = try ScratchDirectory()
    let content = SeededRandom(seed: 1).bytes(200_000)
    try Data(content).write(to: URL(filePath: scratch.file("cat")))
    let client = try await server.connect()
    let progress = Steps()
    let photo = try await client.uploadPhoto(
      scratch.file("cat"), name: "к\"от\r\n.JPG", progress: progress.note)
    #expect(photo == .photo(token: Secret("pt-1")))
    let request = try #require(files.requests.first)
    #expect(request.method == "POST")
    #expect(request.target == "/photo?id=1")
    let type = try #require(request.headers["Content-Type"])
    let boundary = try #require(type.split(separator: "=").last)
    #expect(type == "multipart/form-data; boundary=\(boundary)")
    let head =
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; "
      + "filename=\"к%22от%0D%0A.JPG\"\r\nContent-Type: image/jpeg\r\n\r\n"
    let isWhole =
      request.body == Array(head.utf8) + content + Array("\r\n--\(boundary)--\r\n".utf8)
    #expect(isWhole)
    #expect(progress.last == TransferProgress(done: request.body.count, total: request.body.count))
    await client.close()
    await server.stop()
  }

  @Test(arguments: [0, 1, 300_000])
  func uploadsAFileAsItIs(size: Int) async throws {
    let files = try FileServer { _ in .response(status: 200) }
    let url = files.url("/file")
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let asked = try await line.serve(
        87, #"{"info":[{"url":"\#(url)","fileId":900100200,"token":"ft"}]}"#)
      #expect(asked.payload == ComparableJSON(#"{"count":1}"#))
      try await line.untilEnd()
    }
    let scratch = try ScratchDirectory()
    let content = SeededRandom(seed: 2).bytes(size)
    try Data(content).write(to: URL(filePath: scratch.file("sheet")))
    let client = try await server.connect()
    let file = try await client.uploadFile(scratch.file("sheet"), name: "смета 1.xlsx")
    #expect(file == .file(id: 900_100_200))
    let request = try #require(files.requests.first)
    let isWhole = request.body == content
    #expect(isWhole)
    #expect(request.headers["Content-Type"] == "application/octet-stream")
    #expect(
      request.headers["Content-Disposition"]
        == "attachment; filename=%D1%81%D0%BC%D0%B5%D1%82%D0%B0%201.xlsx")
    #expect(
      request.headers["Content-Range"] == (size == 0 ? nil : "bytes 0-\(size - 1)/\(size)"))
    await client.close()
    await server.stop()
  }

  @Test func saysWhyAnUploadFailed() async throws {
    let files = try FileServer { _ in .response(status: 413) }
    let url = files.url("/file")
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.serve(87, #"{"info":[{"url":"\#(url)","fileId":1}]}"#)
      try await line.serve(87, #"{"info":[]}"#)
      try await line.serve(80, #"{"url":"https://127.0.0.1:1/\u0000"}"#)
      try await line.untilEnd()
    }
    let scratch = try ScratchDirectory()
    let path = scratch.file("sheet")
    let client = try await server.connect()
    await #expect(throws: OneMeError.self) { try await client.uploadFile(path, name: "x") }
    await #expect(throws: OneMeError.self) {
      try await client.uploadFile(scratch.path, name: "x")
    }
    try Data([1]).write(to: URL(filePath: path))
    let refusal = OneMeRefusal(
      code: "http.413", explanation: "The file is larger than the file server takes.")
    await #expect(throws: OneMeError.refused(refusal)) {
      try await client.uploadFile(path, name: "x")
    }
    await #expect(throws: OneMeError.malformed(.uploadFile, "no place to upload to")) {
      try await client.uploadFile(path, name: "x")
    }
    do {
      _ = try await client.uploadPhoto(path, name: "x")
      Issue.record("uploaded to no address")
    } catch {
      guard case .transport(.badAddress) = error else { throw error }
    }
    await client.close()
    await server.stop()
  }

  @Test func downloadsThroughRedirects() async throws {
    let content = SeededRandom(seed: 3).bytes(500_000)
    let files = try FileServer { request in
      switch request.target {
      case "/a":
        .response(status: 302, headers: ["Location": "http://\(request.headers["Host"] ?? "")/b"])
      case "/b": .response(status: 200, body: content)
      case "/loop":
        .response(
          status: 302, headers: ["Location": "http://\(request.headers["Host"] ?? "")/loop"])
      case "/relative": .response(status: 302, headers: ["Location": "/b"])
      default: .response(status: 404)
      }
    }
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.untilEnd()
    }
    let scratch = try ScratchDirectory()
    let client = try await server.connect()
    let progress = Steps()
    let path = scratch.file("sheet")
    try await client.download(
      files.url("/a"), to: path, limit: 500_000, progress: progress.note)
    let isWhole = try Array(Data(contentsOf: URL(filePath: path))) == content
    #expect(isWhole)
    #expect(scratch.mode("sheet") == 0o600)
    #expect(progress.last == TransferProgress(done: 500_000, total: 500_000))
    let other = scratch.file("other")
    await #expect(throws: OneMeError.transport(.tooLarge(limit: 499_999))) {
      try await client.download(files.url("/b"), to: other, limit: 499_999)
    }
    await #expect(throws: OneMeError.malformed(.fileAddress, "one redirect leads to the next")) {
      try await client.download(files.url("/loop"), to: other, limit: 1)
    }
    for target in ["/relative", "/gone"] {
      await #expect(throws: OneMeError.self) {
        try await client.download(files.url(target), to: other, limit: 1_000_000)
      }
    }
    #expect(scratch.mode("other") == 0)
    await client.close()
    await server.stop()
  }

  @Test func asksWhereContentIs() async throws {
    let server = try ScriptedServer { line in
      try await line.serve(6)
      let file = try await line.serve(88, #"{"url":"https://f.example/1","unsafe":false}"#)
      #expect(file.payload == ComparableJSON(#"{"fileId":5,"chatId":-7,"messageId":"3"}"#))
      let video = try await line.serve(
        83, #"{"MP4_480":"https://v.example/480","MP4_1080":"https://v.example/1080","cache":true}"#
      )
      #expect(
        video.payload == ComparableJSON(#"{"videoId":6,"chatId":-7,"messageId":"3","token":"v"}"#))
      try await line.serve(83, #"{"EXTERNAL":"https://tube.example/1","MP4_480":5}"#)
      try await line.serve(83, #"{"cache":true}"#)
      try await line.untilEnd()
    }
    let client = try await server.connect()
    func address(_ attachment: OneMe.Attachment) async throws(OneMeError) -> String? {
      try await client.address(of: attachment, chat: -7, messageId: 3)
    }
    let video = OneMe.Attachment.video(
      duration: nil, width: nil, height: nil, source: MediaSource(id: 6, token: Secret("v")))
    #expect(
      try await address(.file(name: "x", size: 1, source: MediaSource(id: 5)))
        == "https://f.example/1")
    #expect(try await address(video) == "https://v.example/1080")
    #expect(try await address(video) == "https://tube.example/1")
    await #expect(throws: OneMeError.malformed(.videoAddress, "payload is not as expected")) {
      try await address(video)
    }
    #expect(try await address(.photo(url: "p", width: 1, height: 1)) == "p")
    #expect(try await address(.audio(duration: 1, source: MediaSource(url: "a"))) == "a")
    #expect(try await address(.sticker(url: nil)) == nil)
    #expect(try await address(.file(name: "x", size: 1)) == nil)
    #expect(try await address(.location(latitude: 1, longitude: 1)) == nil)
    await client.close()
    await server.stop()
  }

  /// A server beyond this machine must not make the client speak to this machine.
  @Test func aFarServerCannotNameThisMachine() throws {
    var far = OneMeConfiguration(deviceId: "d")
    far.url = "wss://ws-api.example/websocket"
    let files = FileTransfer(far, Network())
    #expect(throws: OneMeError.transport(.insecure("the file server"))) {
      try files.request("HTTP://127.0.0.1:1/admin", method: "GET")
    }
    #expect(try files.request("https://f.example", method: "GET").url == "https://f.example")
  }
}

/// An HTTP server that remembers what it was asked.
private final class FileServer: Sendable {
  private let server: HTTPServer
  private let log = Log()

  private final class Log: Sendable {
    let requests = Mutex<[HTTPServer.Request]>([])
  }

  init(_ answer: @escaping @Sendable (HTTPServer.Request) -> HTTPServer.Reply) throws {
    let log = log
    server = try HTTPServer(HTTPServer.Configuration(), network: Network()) { request in
      log.requests.withLock { $0.append(request) }
      return answer(request)
    }
  }

  var requests: [HTTPServer.Request] { log.requests.withLock { $0 } }

  func url(_ target: String) -> String { "http://127.0.0.1:\(server.port)\(target)" }
}

/// The newest word about a transfer.
private final class Steps: Sendable {
  private let newest = Mutex<TransferProgress?>(nil)

  var last: TransferProgress? { newest.withLock { $0 } }

  @Sendable func note(_ progress: TransferProgress) { newest.withLock { $0 = progress } }
}
