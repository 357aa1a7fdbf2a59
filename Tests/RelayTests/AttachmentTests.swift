import FoundationEssentials
import TestSupport
import Testing
import Transport

@testable import Relay

@Suite struct AttachmentTests {
  private let alice = RelayFixture.alice
  private let octets = "application/octet-stream"

  private struct Allocation: Decodable {
    var id: Int64
    var idString: String
    var location: String
  }
  private struct Location: Decodable { var location: String }

  private func allocate(_ fixture: RelayFixture) async throws -> Allocation {
    try await fixture.ask("GET", "/v1/attachments/", as: alice).json(Allocation.self)
  }

  private func location(_ id: Int64, _ fixture: RelayFixture) async throws -> String {
    try await fixture.ask("GET", "/v1/attachments/\(id)", as: alice).json(Location.self).location
  }

  @Test(arguments: [false, true]) func aBlobComesBackAsItWas(onDisk: Bool) async throws {
    let scratch = try ScratchDirectory()
    let fixture = try await RelayFixture { if onDisk { $0.dataDirectory = scratch.file("relay") } }
    try await fixture.register(alice)
    let place = try await allocate(fixture)
    #expect(place.id > 0 && place.id <= 1 << 53 && place.idString == "\(place.id)")
    let download = try await location(place.id, fixture)
    #expect(try await fixture.ask("GET", download).status == 404)
    #expect(try await fixture.ask("PUT", place.location, "sealed", type: octets).status == 200)
    let back = try await fixture.ask("GET", download)
    #expect(back.status == 200)
    #expect(back.text == "sealed")
    #expect(back.headers["Content-Type"] == octets)
    #expect(scratch.mode("relay/attachments/\(place.id)") == (onDisk ? 0o600 : 0))
    await fixture.relay.stop()
  }

  @Test func aURLIsGoodForItsMethodItsIdAndAnHour() async throws {
    let fixture = try await RelayFixture { $0.attachmentBytes = 1 << 20 }
    try await fixture.register(alice)
    let place = try await allocate(fixture)
    let other = place.location.replacing("/\(place.id)?", with: "/1?")
    #expect(try await fixture.ask("GET", place.location).status == 403)
    #expect(try await fixture.ask("PUT", other, "x", type: octets).status == 403)
    #expect(try await fixture.ask("PUT", place.location, "x", type: "image/png").status == 403)
    #expect(try await fixture.ask("PUT", "/attachments/1", "x", type: octets).status == 403)
    let big = String(repeating: "x", count: (1 << 20) + 1)
    #expect(try await fixture.ask("PUT", place.location, big, type: octets).status == 413)
    fixture.time.advance(by: RelayAPI.locationLifetime)
    #expect(try await fixture.ask("PUT", place.location, "x", type: octets).status == 403)
  }

  @Test func attachmentsExpireAndTheirFilesGo() async throws {
    let scratch = try ScratchDirectory()
    let fixture = try await RelayFixture { $0.dataDirectory = scratch.file("relay") }
    try await fixture.register(alice)
    let place = try await allocate(fixture)
    _ = try await fixture.ask("PUT", place.location, "x", type: octets)
    fixture.time.advance(by: .seconds(30 * 86_400))
    let download = try await location(place.id, fixture)
    #expect(try await fixture.ask("GET", download).status == 404)
    #expect(scratch.mode("relay/attachments/\(place.id)") == 0)
    await fixture.relay.stop()
  }

  @Test func spaceIsLimited() async throws {
    let fixture = try await RelayFixture { $0.attachmentSpace = 4 }
    try await fixture.register(alice)
    let place = try await allocate(fixture)
    #expect(try await fixture.ask("PUT", place.location, "12345", type: octets).status == 503)
    #expect(try await fixture.ask("PUT", place.location, "1234", type: octets).status == 200)
  }

  @Test func allocationIsRationed() async throws {
    let fixture = try await RelayFixture()
    try await fixture.register(alice)
    for _ in 1...50 { _ = try await allocate(fixture) }
    #expect(try await fixture.ask("GET", "/v1/attachments", as: alice).status == 413)
    #expect(try await fixture.ask("GET", "/v1/attachments/5", as: alice).status == 200)
    #expect(try await fixture.ask("GET", "/v1/attachments/x", as: alice).status == 404)
  }

  @Test func whatACrashLeftOfAnUploadGoesAtTheNextStart() async throws {
    let scratch = try ScratchDirectory()
    let first = try await RelayFixture { $0.dataDirectory = scratch.file("relay") }
    await first.relay.stop()
    try Data([1]).write(to: URL(filePath: scratch.file("relay/attachments/7.0a1b")))
    try Data([1]).write(to: URL(filePath: scratch.file("relay/attachments/7")))
    let second = try await RelayFixture { $0.dataDirectory = scratch.file("relay") }
    #expect(try scratch.names(in: "relay/attachments") == ["7"])
    await second.relay.stop()
  }
}
