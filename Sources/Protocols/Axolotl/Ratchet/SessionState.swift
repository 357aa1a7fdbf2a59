import Cryptography

/// One session with one device: everything that must survive from message to message.
struct SessionState: Sendable, Equatable {
  /// How many of the other side's chains are kept for messages that come late
  /// (TextSecure protocol notes §1.7).
  static let maximumReceiverChains = 5

  /// Our chain: the ratchet key that goes with each message, and the next message's chain key.
  struct SenderChain: Sendable, Equatable {
    let ratchetKey: KeyPair
    var chainKey: ChainKey
  }

  let remoteIdentity: PublicKey
  /// 0 if it is not known.
  let remoteRegistrationID: UInt32
  /// The initiator's base key: it names the session.
  let baseKey: PublicKey
  var rootKey: RootKey
  var sender: SenderChain
  /// The last counter of the chain before.
  var previousCounter: UInt32
  /// The oldest first.
  var receivers: [ReceiverChain]
  /// The prekey with which we started the session: every message names it, and ``baseKey``, until the
  /// other side has answered.
  var pendingPreKeyID: UInt32?
  /// Whether it is over: what was on its way is still read, nothing is sent with it any more.
  var isEnded = false
}
