import Accounts
import Axolotl
import Clocks
import Cryptography
import Domain
import FoundationEssentials
import Storage
import TextSecure
import TextSecureService
import Transport

/// A backlog at a relay, and an account that takes it in: from the relay's socket through envelope,
/// ratchet and store to the acknowledgement, with every batch on the disk before it.
struct EnvelopeBench {
  private static let senders = 8
  private static let number = "+14155550102"

  private let relay: BacklogRelay
  private let hub: AccountHub
  private let store: Store
  private let directory: String
  private let count: Int

  /// Makes `count` envelopes of eight senders with texts of `size` bytes, a relay that they wait at, and
  /// a profile in a new directory.
  init(count: Int, size: Int) async throws {
    self.count = count
    let random = SystemRandom()
    let network = Network()
    let device = LocalDevice(
      credentials: try Credentials(number: Self.number, random: random),
      signalingKey: SignalingKey(random: random), registrationID: 2,
      identity: KeyPair(random: random))
    var step = TextSecureStep()
    var frames: [WebSocketMessage] = []
    var ends: [RatchetBench] = []
    for index in 0..<Self.senders {
      let end = try RatchetBench()
      step.sessions[TextSecureAddress(number: Self.sender(index), device: 1)] = end.bob.stored
      ends.append(end)
    }
    let now = SystemTime().wallTime
    for index in 0..<count {
      let text = PushContent(body: Self.text(index, size: size)).serialized
      var signal = ProtobufMessage()
      signal.append(1, 1 as UInt32)
      signal.append(2, Self.sender(index % Self.senders))
      signal.append(5, UInt64(now) - UInt64(count - index))
      signal.append(6, try ends[index % Self.senders].alice.encrypt(text))
      signal.append(7, 1 as UInt32)
      let envelope = device.signalingKey.seal(signal.serialized, random: random)
      frames.append(.text("{\"id\":\(index),\"message\":\"\(Base64.encode(envelope))\"}"))
    }
    relay = try BacklogRelay(frames, network: network)
    directory =
      "\(FileManager.default.temporaryDirectory.path)/tercet-bench-\(random.hexadecimal(8))"
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    store = try BenchStore.open(Profile(directory: directory))
    try await store.secure.register(
      TextSecureDeviceRecord(
        number: Self.number, identity: device.identity.privateKey, registrationId: 2,
        signalingKey: device.signalingKey.bytes),
      AccountRecord(
        service: .textsecure, url: relay.url, identifier: Self.number, displayName: Self.number,
        secret: device.credentials.password, createdAt: now))
    _ = try await store.secure.commit(step)
    var settings = HubSettings()
    settings.dataDirectory = directory
    hub = AccountHub(
      environment: AccountEnvironment(
        store: store, network: network, time: SystemTime(), random: random),
      settings: settings, services: [.textsecure])
  }

  private static func sender(_ index: Int) -> String { "+1415555020\(index)" }

  /// Made-up words, other ones in each text, up to `size` bytes.
  private static func text(_ index: Int, size: Int) -> String {
    let syllables = ["ka", "ra", "ti", "po", "ma", "nu", "da", "lo", "ve", "sti", "in", "ov"]
    var text = ""
    var seed = index &* 2_654_435_761 &+ 12_345
    while true {
      var word = ""
      for _ in 0..<2 + seed % 3 {
        seed = (seed &* 1_103_515_245 &+ 12_345) & 0x7fff_ffff
        word += syllables[(seed >> 8) % syllables.count]
      }
      guard text.utf8.count + word.utf8.count + 1 <= size else { return text }
      text += text.isEmpty ? word : " " + word
    }
  }

  /// Takes them all in.
  func run() async throws {
    await hub.openAll()
    await relay.waitUntilAcknowledged()
  }

  /// Takes the store away again, if everything that was acknowledged is there.
  func clean() async throws {
    await hub.close()
    await relay.stop()
    var stored = 0
    for index in 0..<Self.senders {
      stored += try await store.messages.latest(
        ChatID(.textsecure, Self.sender(index)), limit: count
      ).count { $0.kind == .text }
    }
    guard stored == count else { throw Missing(count: count - stored) }
    try FileManager.default.removeItem(atPath: directory)
  }

  /// Messages that were acknowledged and are not stored.
  struct Missing: Error { let count: Int }
}
