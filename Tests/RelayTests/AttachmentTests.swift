import FoundationEssentials
import TestSupport
import Testing
import Transport

@testable import Relay

@Suite struct AttachmentTests {
  private let alice = RelayBench.alice
  private let octets = "application/octet-stream"

  private struct Allocation: Decodable {
    var id: Int64
    var idString: String
    var location: String
  }
  private struct Location: Decodable { var location: String }

  private func allocate(_ bench: RelayBench) async throws -> Allocation {
    try await bench.ask("GET", "/v1/attachments/", as: alice).json(Allocation.self)
  }

  private func location(_ id: Int64, _ bench: RelayBench) async throws -> String {
    try await bench.ask("GET", "/v1/attachments/\(id)", as: alice).json(Location.self).location
  }

  @Test(arguments: [false, true]) func aBlobComesBackAsItWas(onDisk: Bool) async throws {
    let scratch = try ScratchDirectory()
    let bench = try await RelayBench { if onDisk { $0.dataDirectory = scratch.file("relay") } }
    try await bench.register(alice)
    let place = try await allocate(bench)
    #expect(place.id > 0 && place.id <= 1 << 53 && place.idString == "\(place.id)")
    let download = try await location(place.id, bench)
    #expect(try await bench.ask("GET", download).status == 404)
    #expect(try await bench.ask("PUT", place.location, "sealed", type: octets).status == 200)
    let back = try await bench.ask("GET", download)
    #expect(back.status == 200)
    #expect(back.text == "sealed")
    #expect(back.headers["Content-Type"] == octets)
    #expect(scratch.mode("relay/attachments/\(place.id)") == (onDisk ? 0o600 : 0))
    await bench.relay.stop()
  }

  @Test func aURLIsGoodForItsMethodItsIdAndAnHour() async throws {
    let bench = try await RelayBench { $0.attachmentBytes = 1 << 20 }
    try await bench.register(alice)
    let place = try await allocate(bench)
    let other = place.location.replacing("/\(place.id)?", with: "/1?")
    #expect(try await bench.ask("GET", place.location).status == 403)
    #expect(try await bench.ask("PUT", other, "x", type: octets).status == 403)
    #expect(try await bench.ask("PUT", place.location, "x", type: "image/png").status == 403)
    #expect(try await bench.ask("PUT", "/attachments/1", "x", type: octets).status == 403)
    let big = String(repeating: "x", count: (1 << 20) + 1)
    #expect(try await bench.ask("PUT", place.location, big, type: octets).status == 413)
    bench.time.advance(by: RelayDesk.locationLifetime)
    #expect(try await bench.ask("PUT", place.location, "x", type: octets).status == 403)
  }

  @Test func attachmentsExpireAndTheirFilesGo() async throws {
    let scratch = try ScratchDirectory()
    let bench = try await RelayBench { $0.dataDirectory = scratch.file("relay") }
    try await bench.register(alice)
    let place = try await allocate(bench)
    _ = try await bench.ask("PUT", place.location, "x", type: octets)
    bench.time.advance(by: .seconds(30 * 86_400))
    let download = try await location(place.id, bench)
    #expect(try await bench.ask("GET", download).status == 404)
    #expect(scratch.mode("relay/attachments/\(place.id)") == 0)
    await bench.relay.stop()
  }

  @Test func spaceIsLimited() async throws {
    let bench = try await RelayBench { $0.attachmentSpace = 4 }
    try await bench.register(alice)
    let place = try await allocate(bench)
    #expect(try await bench.ask("PUT", place.location, "12345", type: octets).status == 503)
    #expect(try await bench.ask("PUT", place.location, "1234", type: octets).status == 200)
  }

  @Test func allocationIsRationed() async throws {
    let bench = try await RelayBench()
    try await bench.register(alice)
    for _ in 1...50 { _ = try await allocate(bench) }
    #expect(try await bench.ask("GET", "/v1/attachments", as: alice).status == 413)
    #expect(try await bench.ask("GET", "/v1/attachments/5", as: alice).status == 200)
    #expect(try await bench.ask("GET", "/v1/attachments/x", as: alice).status == 404)
  }

  @Test func whatACrashLeftOfAnUploadGoesAtTheNextStart() async throws {
    let scratch = try ScratchDirectory()
    let first = try await RelayBench { $0.dataDirectory = scratch.file("relay") }
    await first.relay.stop()
    try Data([1]).write(to: URL(filePath: scratch.file("relay/attachments/7.0a1b")))
    try Data([1]).write(to: URL(filePath: scratch.file("relay/attachments/7")))
    let second = try await RelayBench { $0.dataDirectory = scratch.file("relay") }
    #expect(try scratch.names(in: "relay/attachments") == ["7"])
    await second.relay.stop()
  }
}
