import Cryptography

/// The three-way agreement (TextSecure protocol notes §1.2 and §1.4).
///
/// Alice, who fetched a prekey, and Bob, whose prekey it is, agree on
/// DH(Alice's identity, prekey), DH(base key, Bob's identity), DH(base key, prekey).
extension SessionState {
  /// Alice's session, with a new base key and a new first ratchet key.
  static func initiated(
    with bundle: PreKeyBundle, identity: KeyPair, random: some RandomSource, curve: Curve
  ) throws(AxolotlError) -> SessionState {
    let base = KeyPair(random: random, curve: curve)
    let ratchetKey = KeyPair(random: random, curve: curve)
    let (root, chain) = RootKey.initial(
      SecretBytes(joining: [
        try curve.agree(identity, bundle.preKey), try curve.agree(base, bundle.identityKey),
        try curve.agree(base, bundle.preKey),
      ]))
    let turned = root.turned(try curve.agree(ratchetKey, bundle.preKey))
    return SessionState(
      remoteIdentity: bundle.identityKey, remoteRegistrationID: bundle.registrationID,
      baseKey: base.publicKey, rootKey: turned.root,
      sender: SenderChain(ratchetKey: ratchetKey, chainKey: turned.chain), previousCounter: 0,
      receivers: [ReceiverChain(ratchetKey: bundle.preKey, chainKey: chain)],
      pendingPreKeyID: bundle.preKeyID)
  }

  /// Bob's session. His prekey serves as his first ratchet key; the message turns it at once.
  static func answering(
    _ message: PreKeyWhisperMessage, preKey: KeyPair, identity: KeyPair, curve: Curve
  ) throws(AxolotlError) -> SessionState {
    let (root, chain) = RootKey.initial(
      SecretBytes(joining: [
        try curve.agree(preKey, message.identityKey), try curve.agree(identity, message.baseKey),
        try curve.agree(preKey, message.baseKey),
      ]))
    return SessionState(
      remoteIdentity: message.identityKey, remoteRegistrationID: message.registrationID,
      baseKey: message.baseKey, rootKey: root,
      sender: SenderChain(ratchetKey: preKey, chainKey: chain), previousCounter: 0,
      receivers: [], pendingPreKeyID: nil)
  }
}
