import Cryptography
import FoundationEssentials
import TestSupport
import Testing
import TextSecure
import Transport

@testable import Sandbox

/// The two who live in the sandbox's relay.
@Suite struct ContactsTests {
  private let echo = SandboxContact.echo.number
  private let nadia = SandboxContact.nadia.number

  @Test func nadiaWritesFirstSendsAPictureAndInvitesToAGroup() async throws {
    let fixture = try await SandboxFixture(.everyday)
    let newcomer = try await Newcomer(fixture)
    await fixture.time.release(Contacts.pause)
    let greeting = try await newcomer.next()
    #expect(greeting.from == nadia)
    #expect(greeting.content.body?.hasPrefix("Hi, I am Nadia") == true)

    await fixture.time.release(Contacts.pause)
    let picture = try await newcomer.next().content
    #expect(picture.attachments.map(\.contentType) == ["image/png"])

    await fixture.time.release(Contacts.pause)
    let invitation = try #require(try await newcomer.next().content.group)
    #expect(invitation.kind == .update)
    #expect(invitation.name == "Sea and sun")
    #expect(Set(invitation.members) == [nadia, echo, Newcomer.number])

    await fixture.time.release(Contacts.pause)
    let first = try await newcomer.next().content
    #expect(first.group?.id == invitation.id)
    #expect(first.group?.kind == .deliver)

    // Echo is a member, and repeats what is written there and not what Nadia writes.
    let group = try #require(Group(invitation, from: nadia))
    try await newcomer.client.send(
      PushContent(body: "anybody here?", group: group.delivery), toGroup: group.members)
    let answer = try await newcomer.next()
    #expect(answer.from == echo)
    #expect(answer.content.body == "anybody here?")
    #expect(answer.content.group?.id == group.id)
    newcomer.leave()
    await fixture.sandbox.stop()
  }

  @Test func nadiasPictureArrivesWhole() async throws {
    let fixture = try await SandboxFixture()
    let newcomer = try await Newcomer(fixture)
    // In a quiet sandbox she waits to be written to.
    try await newcomer.client.send(PushContent(body: "hello"), to: nadia)
    for _ in 1...2 { await fixture.time.release(Contacts.pause) }
    _ = try await newcomer.next()
    let pointer = try #require(try await newcomer.next().content.attachments.first)
    let scratch = try ScratchDirectory()
    #expect(try await newcomer.download(pointer, scratch, fixture) == Picture.png)
    newcomer.leave()
    await fixture.sandbox.stop()
  }

  @Test func echoRepeatsTextsInOrderAndAttachments() async throws {
    let fixture = try await SandboxFixture()
    let newcomer = try await Newcomer(fixture)
    for text in ["one", "two", "three"] {
      try await newcomer.client.send(PushContent(body: text), to: echo)
    }
    for text in ["one", "two", "three"] {
      #expect(try await newcomer.next().content.body == text)
    }
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    let sent = try await newcomer.client.upload(bytes, contentType: "audio/ogg")
    try await newcomer.client.send(PushContent(attachments: [sent]), to: echo)
    let answer = try #require(try await newcomer.next().content.attachments.first)
    #expect(answer.contentType == "audio/ogg")
    #expect(answer.id != sent.id && answer.key != sent.key)
    let scratch = try ScratchDirectory()
    #expect(try await newcomer.download(answer, scratch, fixture) == bytes)
    newcomer.leave()
    await fixture.sandbox.stop()
  }

  @Test func whoRegistersAnewIsAcceptedWithTheNewKey() async throws {
    let fixture = try await SandboxFixture()
    let before = try await Newcomer(fixture)
    try await before.client.send(PushContent(body: "first"), to: echo)
    #expect(try await before.next().content.body == "first")
    before.leave()
    fixture.time.advance(by: .seconds(60))
    let after = try await Newcomer(fixture, seed: 2)
    try await after.client.send(PushContent(body: "second"), to: echo)
    #expect(try await after.next().content.body == "second")
    after.leave()
    await fixture.sandbox.stop()
  }

  @Test func aDroppedLineIsOpenedAgain() async throws {
    let fixture = try await SandboxFixture()
    let newcomer = try await Newcomer(fixture)
    let credentials = await fixture.sandbox.contacts.echo.client.device.credentials
    let url = fixture.sandbox.endpoints.textsecureURL.replacing(
      "http", with: "ws", maxReplacements: 1)
    let account = credentials.address.number.replacing("+", with: "%2B")
    // A second connection of the same device takes the first one's place.
    let intruder = try await fixture.network.connect(
      WebSocketRequest(
        url: "\(url)/v1/websocket/?user=\(account)&password=\(credentials.password.revealed)"))
    try await newcomer.client.send(PushContent(body: "still there?"), to: echo)
    await fixture.time.release(within: .milliseconds(1)..<Contacts.pause * 10)
    #expect(try await newcomer.next().content.body == "still there?")
    #expect(await intruder.closure == .byPeer(code: 4409, reason: "Replaced"))
    newcomer.leave()
    await fixture.sandbox.stop()
  }

  @Test func bothAreInTheDirectoryAndAlwaysTheSame() async throws {
    let fixture = try await SandboxFixture()
    let first = try await keys(fixture)
    let again = try await keys(try await SandboxFixture())
    let other = try await keys(try await SandboxFixture(seed: 2))
    #expect(first == again)
    #expect(Set(first).isDisjoint(with: other))
    #expect(fixture.sandbox.endpoints.textsecureContacts == [.echo, .nadia])
  }

  /// The contacts' identity keys.
  private func keys(_ fixture: SandboxFixture) async throws -> [String] {
    let contacts = fixture.sandbox.contacts
    return await [contacts.echo.client, contacts.nadia.client].map {
      $0.device.identity.publicKey.shareText
    }
  }

  @Test func theirCodesAreNobodyElsesBusiness() async throws {
    let fixture = try await SandboxFixture()
    let url = fixture.sandbox.endpoints.textsecureURL
    _ = try await fixture.network.send(
      HTTPRequest(url: url + "/v1/accounts/sms/code/+14155550100"))
    // The first code in the log is that of the first who is no contact.
    let number = try await fixture.event { event in
      if case .sms(.textsecure, let number, _) = event { number } else { nil }
    }
    #expect(number == "+14155550100")
  }

  @Test func thePictureIsAPNGFile() throws {
    let bytes = Picture.png
    #expect(bytes.prefix(8) == [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    #expect(
      Array(bytes[8..<33]) == [
        0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 160, 0, 0, 0, 100, 8, 2, 0, 0, 0, 0x8e, 0xd4,
        0xac, 0xd8,
      ])
    #expect(bytes.suffix(8) == [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82])
  }
}

extension Newcomer {
  /// The bytes behind a pointer, fetched, checked and decrypted.
  fileprivate func download(
    _ pointer: AttachmentPointer, _ scratch: ScratchDirectory, _ fixture: SandboxFixture
  ) async throws -> [UInt8] {
    let api = RelayClient(
      configuration: RelayConfiguration(url: fixture.sandbox.endpoints.textsecureURL),
      credentials: client.device.credentials, network: fixture.network, time: fixture.time,
      random: SystemRandom())
    let transfer = AttachmentTransfer(
      api: api, random: SystemRandom(), temporaryDirectory: scratch.path)
    let path = try await transfer.download(pointer, to: scratch.path, name: "x")
    return Array(try Data(contentsOf: URL(filePath: path)))
  }
}
