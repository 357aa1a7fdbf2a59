import Clocks
import Cryptography
import Glibc
import Testing
import Transport

@testable import Sandbox

/// STUN and TURN: the messages of RFC 5769, and the servers on loopback.
@Suite struct STUNTests {
  private func bytes(_ text: String) throws -> [UInt8] {
    try #require(Hexadecimal.decode(text.filter { !$0.isWhitespace }))
  }

  /// RFC 5769 §2.1
  private static let request = """
    000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e0001ff
    80290008932ff9b151263b36000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249
    c1b571a280280004e57a3bcf
    """

  @Test func theRequestOfTheRFCIsUnderstood() throws {
    let message = try #require(STUNMessage(try bytes(Self.request)))
    #expect(message.type == STUNMessage.Kind.binding)
    #expect(message.text(STUNMessage.Name.software) == "STUN test client")
    #expect(message.text(STUNMessage.Name.username) == "evtj:h6vY")
    #expect(message.isSigned(with: Array("VOkJxbRl1RmTxUk/WvJxBt".utf8)))
    #expect(!message.isSigned(with: Array("VOkJxbRl1RmTxUk/WvJxBT".utf8)))
    #expect(message.hasGoodFingerprint)
  }

  @Test func aSingleWrongBitIsNoticed() throws {
    let good = try bytes(Self.request)
    // But for the last attribute, without which nothing is proven.
    for index in 0..<(good.count - 8) {
      var bad = good
      bad[index] ^= 1
      let message = STUNMessage(bad)
      #expect(message?.hasGoodFingerprint != true, "\(index)")
    }
  }

  /// RFC 5769 §2.2, made anew up to its padding.
  @Test func theAddressOfTheRFCIsWritten() throws {
    var answer = STUNMessage(
      type: STUNMessage.Kind.success | STUNMessage.Kind.binding,
      transaction: try bytes("b7e7a701bc34d686fa87dfae"))
    answer.add(STUNMessage.Name.mappedAddress, address: [192, 0, 2, 1], port: 32_853)
    #expect(answer[STUNMessage.Name.mappedAddress] == (try bytes("0001a147e112a643")))
  }

  /// RFC 5769 §2.4: long-term credentials.
  @Test func theLongTermRequestOfTheRFCIsUnderstood() throws {
    let text = """
      000100602112a44278ad3433c6ad72c029da412e00060012e3839ee38388e383aae38383e382afe382b900000015001c
      662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f72670000080014
      f67024656dd64a3e02b8e0712e85c9a28ca89666
      """
    let message = try #require(STUNMessage(try bytes(text)))
    let key = STUNMessage.key(
      username: "マトリックス", realm: "example.org", password: "TheMatrIX")
    #expect(message.isSigned(with: key))
  }

  @Test func anyBytesAreBorne() {
    let random = SeededRandom(seed: 3)
    var server = TURNServer(seed: 1, faults: FaultPlan())
    let peer = DatagramServer.Peer(address: [127, 0, 0, 1], port: 9)
    var answers = 0
    for round in 0..<5000 {
      var datagram = random.bytes(random.below(80))
      if round % 2 == 0, datagram.count >= 20 {
        datagram = [0, 3, 0, UInt8(datagram.count - 20), 0x21, 0x12, 0xa4, 0x42] + datagram[8...]
      }
      if server.answer(datagram, from: peer, as: .turn, at: 0) != nil { answers += 1 }
    }
    #expect(answers > 0)
  }

  // MARK: Over UDP

  /// Sends one datagram and waits for the answer.
  private func ask(_ address: String, _ datagram: [UInt8], seconds: Int = 20) throws -> [UInt8]? {
    let port = try #require(address.split(separator: ":").last.flatMap { UInt16($0) })
    let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(descriptor) }
    var peer = sockaddr_in()
    peer.sin_family = sa_family_t(AF_INET)
    peer.sin_port = port.bigEndian
    peer.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let isConnected = withUnsafePointer(to: &peer) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    try #require(isConnected)
    #expect(send(descriptor, datagram, datagram.count, 0) == datagram.count)
    var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&event, 1, Int32(seconds * 1000)) == 1 else { return nil }
    var buffer = [UInt8](repeating: 0, count: 2048)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    return Array(buffer.prefix(max(count, 0)))
  }

  private let transaction = [UInt8](1...12)

  @Test func bindingTellsTheOwnAddress() async throws {
    let relays = try ReachabilityServers(
      portBase: 0, seed: 1, faults: FaultPlan(), time: SystemTime())
    let request = STUNMessage(type: STUNMessage.Kind.binding, transaction: transaction)
    let reply = try #require(try ask(relays.stun, request.bytes))
    let answer = try #require(STUNMessage(reply))
    #expect(answer.type == 0x0101)
    #expect(answer.transaction == transaction)
    let address = try #require(answer[STUNMessage.Name.mappedAddress])
    #expect(zip(address[4...], [0x21, 0x12, 0xa4, 0x42]).map { $0 ^ $1 } == [127, 0, 0, 1])
    relays.stop()
  }

  private func allocation(
    _ name: String, _ password: String, _ challenge: STUNMessage, type: UInt16 = 3
  ) -> STUNMessage {
    var request = STUNMessage(type: type, transaction: transaction)
    request.add(STUNMessage.Name.requestedTransport, [17, 0, 0, 0])
    request.add(STUNMessage.Name.username, Array(name.utf8))
    request.add(STUNMessage.Name.realm, challenge[STUNMessage.Name.realm] ?? [])
    request.add(STUNMessage.Name.nonce, challenge[STUNMessage.Name.nonce] ?? [])
    request.sign(
      with: STUNMessage.key(username: name, realm: ReachabilityServers.realm, password: password))
    return request
  }

  @Test func oneTurnServerGrantsAndTheOtherIsFull() async throws {
    let relays = try ReachabilityServers(
      portBase: 0, seed: 1, faults: FaultPlan(), time: SystemTime())
    let (name, password) = relays.credentials(for: 7, until: 4_102_444_800)
    let bare = STUNMessage(type: STUNMessage.Kind.allocate, transaction: transaction)
    let challenge = try #require(STUNMessage(try ask(relays.turn[0], bare.bytes) ?? []))
    #expect(challenge.type == 0x0113)
    #expect(challenge[STUNMessage.Name.errorCode]?[2...3] == [4, 1])
    let request = allocation(name, password, challenge).bytes
    for (server, type) in zip(relays.turn, [0x0103, 0x0113] as [UInt16]) {
      let answer = try #require(STUNMessage(try ask(server, request) ?? []))
      #expect(answer.type == type)
      #expect(
        answer.isSigned(
          with: STUNMessage.key(
            username: name, realm: ReachabilityServers.realm, password: password)))
      #expect((answer[STUNMessage.Name.relayedAddress] != nil) == (type == 0x0103))
    }
    for (name, password) in [
      (name, "wrong"), ("1000:7", TURNServer.password(of: "1000:7", TURNServer.key(seed: 1))),
    ] {
      let refused = allocation(name, password, challenge).bytes
      let answer = STUNMessage(try ask(relays.turn[0], refused) ?? [])
      #expect(answer?[STUNMessage.Name.errorCode]?[2...3] == [4, 1])
    }
    relays.stop()
  }

  @Test func anAllocationIsMadeOnceAndGivenBack() throws {
    var server = TURNServer(seed: 1, faults: FaultPlan())
    let peer = DatagramServer.Peer(address: [127, 0, 0, 1], port: 9)
    let name = "4102444800:7"
    let password = TURNServer.password(of: name, TURNServer.key(seed: 1))
    func ask(_ request: STUNMessage) throws -> STUNMessage {
      try #require(
        server.answer(request.bytes, from: peer, as: .turn, at: 0).flatMap { STUNMessage($0) })
    }
    let challenge = try ask(STUNMessage(type: 3, transaction: transaction))
    #expect(try ask(allocation(name, password, challenge)).type == 0x0103)
    let again = try ask(allocation(name, password, challenge))
    #expect(again[STUNMessage.Name.errorCode]?[2...3] == [4, 37])
    var release = STUNMessage(type: 4, transaction: transaction)
    release.add(STUNMessage.Name.lifetime, [0, 0, 0, 0])
    for attribute in [STUNMessage.Name.realm, STUNMessage.Name.nonce] {
      release.add(attribute, challenge[attribute] ?? [])
    }
    release.add(STUNMessage.Name.username, Array(name.utf8))
    release.sign(
      with: STUNMessage.key(username: name, realm: ReachabilityServers.realm, password: password))
    #expect(try ask(release).type == 0x0104)
    #expect(try ask(release)[STUNMessage.Name.errorCode]?[2...3] == [4, 37])
    let permission = try ask(allocation(name, password, challenge, type: 8))
    #expect(permission[STUNMessage.Name.errorCode]?[2...3] == [4, 3])
    #expect(try ask(allocation(name, password, challenge)).type == 0x0103)
  }

  @Test func serversCanBeSilentOrTalkNonsense() throws {
    let peer = DatagramServer.Peer(address: [127, 0, 0, 1], port: 9)
    let request = STUNMessage(type: STUNMessage.Kind.binding, transaction: transaction).bytes
    func answer(_ faults: String, _ role: ReachabilityServers.Role) throws -> [UInt8]? {
      var server = TURNServer(seed: 1, faults: try FaultPlan(parsing: faults))
      return server.answer(request, from: peer, as: role, at: 0)
    }
    #expect(try answer("stun=silent", .stun) == nil)
    #expect(try answer("stun=silent", .turn) != nil)
    #expect(try answer("turn=silent", .turn) == nil)
    #expect(try answer("turn=garbage", .fullTurn).flatMap { STUNMessage($0) } == nil)
  }
}
