import Accounts
import Axolotl
import Domain
import Storage

extension IdentityOutput {
  /// nil for a number whose key is not known yet.
  init?(_ peer: PeerRecord) {
    guard let key = IdentityOutput.key(peer.identity) else { return nil }
    let changed = IdentityOutput.key(peer.changedIdentity)
    self.init(
      number: peer.number, fingerprint: key.fingerprint,
      state: changed != nil ? .changed : peer.isVerified ? .verified : .trusted,
      shareText: key.shareText, newFingerprint: changed?.fingerprint,
      newShareText: changed?.shareText)
  }

  /// What was stored was a key when it came; a damaged one is as good as none.
  private static func key(_ bytes: [UInt8]?) -> PublicKey? {
    guard let bytes else { return nil }
    do { return try PublicKey(bytes) } catch { return nil }
  }
}
