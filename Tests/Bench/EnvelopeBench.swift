import Axolotl
import Clocks
import Cryptography
import FoundationEssentials
import Storage
import TextSecure
import Transport

/// Envelopes as they come from a relay, and a device that opens, decrypts and keeps them.
struct EnvelopeBench {
  private let envelopes: [[UInt8]]
  private let receiver: MessageReceiver
  private let directory: String

  /// Makes `count` envelopes of texts of `size` bytes, and a store in a new directory.
  init(count: Int, size: Int) async throws {
    let random = SystemRandom()
    var ends = try RatchetBench()
    let device = LocalDevice(
      credentials: try Credentials(number: "+14155550102", random: random),
      signalingKey: SignalingKey(random: random), registrationID: 2,
      identity: KeyPair(random: random))
    let text = PushContent(body: String(repeating: "x", count: size)).serialized
    let session = try SessionRecord(serialized: ends.bob.stored)
    var envelopes: [[UInt8]] = []
    for number in 0..<count {
      var signal = ProtobufMessage()
      signal.append(1, 1 as UInt32)
      signal.append(2, "+14155550101")
      signal.append(5, UInt64(number))
      signal.append(6, try ends.alice.encrypt(text))
      envelopes.append(device.signalingKey.seal(signal.serialized, random: random))
    }
    self.envelopes = envelopes
    directory =
      "\(FileManager.default.temporaryDirectory.path)/tercet-bench-\(random.hexadecimal(8))"
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let store = DurableStore(store: try Store(Profile(directory: directory)))
    var step = SessionStep()
    step.sessions[DeviceAddress(number: "+14155550101")] = session
    try await store.commit(step)
    let time = SystemTime()
    let api = RelayClient(
      configuration: RelayConfiguration(url: "http://127.0.0.1"), credentials: device.credentials,
      network: Network(), time: time, random: random)
    receiver = MessageReceiver(
      api: api, device: device,
      book: SessionBook(device: device, store: store, random: random),
      stock: PreKeyStock(api: api, store: store, identity: device.identity, random: random))
  }

  /// Opens, decrypts and keeps them all.
  func run() async throws {
    for envelope in envelopes {
      guard case .content? = try await receiver.receive(envelope: envelope)?.outcome else {
        throw Unread()
      }
    }
  }

  /// A message that should have been readable was not.
  struct Unread: Error {}

  /// Takes the store away again.
  func clean() throws { try FileManager.default.removeItem(atPath: directory) }
}
