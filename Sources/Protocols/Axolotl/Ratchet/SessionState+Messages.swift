import Cryptography

extension SessionState {
  /// Encrypts the next message of our chain (TextSecure protocol notes §1.5).
  mutating func encrypt(_ plaintext: [UInt8]) -> WhisperMessage {
    let keys = MessageKeys(seed: sender.chainKey.messageSeed)
    let counter = sender.chainKey.index
    sender.chainKey = sender.chainKey.next
    return WhisperMessage(
      ratchetKey: sender.ratchetKey.publicKey, counter: counter, previousCounter: previousCounter,
      ciphertext: keys.apply(to: plaintext, counter: counter), keys: keys)
  }

  /// The plaintext of a message of the other side; the state is as before if this throws.
  ///
  /// Throws ``AxolotlError/notAuthentic``, ``AxolotlError/duplicate``,
  /// ``AxolotlError/tooFarAhead(_:)``, ``AxolotlError/unusableKey``.
  mutating func decrypt(
    _ message: WhisperMessage, random: some RandomSource, curve: Curve
  ) throws(AxolotlError) -> [UInt8] {
    var changed = self
    let place = receivers.firstIndex { $0.ratchetKey == message.ratchetKey }
    if place == nil { try changed.addReceiver(message.ratchetKey, curve: curve) }
    let keys = try changed.receivers[place ?? changed.receivers.count - 1]
      .takeKeys(counter: message.counter)
    guard message.isAuthentic(keys) else { throw .notAuthentic }
    if place == nil {
      try changed.turnSender(to: message.ratchetKey, random: random, curve: curve)
    }
    changed.pendingPreKeyID = nil
    self = changed
    return keys.apply(to: message.ciphertext, counter: message.counter)
  }

  /// The other side has a new ratchet key: the first half of the turn, its chain the last.
  private mutating func addReceiver(
    _ ratchetKey: PublicKey, curve: Curve
  ) throws(AxolotlError) {
    let turned = rootKey.turned(try curve.agree(sender.ratchetKey, ratchetKey))
    rootKey = turned.root
    receivers.append(ReceiverChain(ratchetKey: ratchetKey, chainKey: turned.chain))
    receivers.removeFirst(max(0, receivers.count - SessionState.maximumReceiverChains))
  }

  /// The second half: we take a new ratchet key, too.
  private mutating func turnSender(
    to theirs: PublicKey, random: some RandomSource, curve: Curve
  ) throws(AxolotlError) {
    let ratchetKey = KeyPair(random: random, curve: curve)
    let turned = rootKey.turned(try curve.agree(ratchetKey, theirs))
    // Some clients of 2014 go one below zero here; others take the number at its word.
    previousCounter = max(sender.chainKey.index, 1) - 1
    rootKey = turned.root
    sender = SenderChain(ratchetKey: ratchetKey, chainKey: turned.chain)
  }
}
