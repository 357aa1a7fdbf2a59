import Cryptography
import Domain

/// Writes messages and their signatures (seed 001, Signature Generation and Signing Operation
/// Messages).
package struct FrameComposer: Sendable {
  /// The vendor's client libraries name 64 KB where the seed says 1 MB: the smaller one holds.
  static let frameLimit = 64 * 1024

  let credentials: TradingCredentials
  private(set) var dialect: Dialect
  private let signingKey: AuthenticationKey

  package init(credentials: TradingCredentials, dialect: Dialect) {
    self.credentials = credentials
    self.dialect = dialect
    signingKey = AuthenticationKey(
      .sha256, SecretBytes(dialect.signingKey(credentials.secret)))
  }

  /// The same key of signatures, with the names and the empty request of `dialect`.
  func speaking(_ dialect: Dialect) -> FrameComposer {
    guard dialect != self.dialect else { return self }
    var other = self
    other.dialect = dialect
    return other
  }

  /// The message for `operation`, signed as of `timestamp` (server milliseconds) with `nonce`.
  package func frame(
    for operation: Operation, keyOrder: KeyOrder, timestamp: Int64, nonce: String
  ) throws(TradingError) -> String {
    let text: String
    switch operation {
    case .auth:
      let key = credentials.key.revealed
      guard !key.isEmpty, key.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !isEscaped($0) })
      else {
        throw .invalid("The API key has characters that no key has.")
      }
      let signature = signature(path: "stream", timestamp: timestamp, nonce: nonce, data: nil)
      text =
        #"{"op":"auth","key":"\#(key)","ts":\#(timestamp),"nonce":"\#(nonce)","sig":"\#(signature)"}"#
    case .subscribe(let channel), .unsubscribe(let channel):
      guard channel.name.utf8.allSatisfy({ SafeText.isSafe($0) }) else {
        throw .invalid("“\(channel.name.prefix(40))” has characters that no channel has.")
      }
      text = #"{"op":"\#(operation.name)","ch":"\#(channel.name)"}"#
    case .balances, .estimate, .swap, .orderStatus:
      let data = try data(of: operation, keyOrder: keyOrder)
      let signature = signature(
        path: operation.name, timestamp: timestamp, nonce: nonce, data: data)
      text = message(operation, timestamp, nonce, signature, data?.text)
    }
    guard text.utf8.count <= FrameComposer.frameLimit else {
      throw .tooLarge(limit: FrameComposer.frameLimit)
    }
    return text
  }

  /// HMAC-SHA256 over `WS⏎/ws/v1/<path>⏎<timestamp>⏎<nonce>⏎<hash of data>` in hexadecimal; no data
  /// hashes as the empty text.
  func signature(path: String, timestamp: Int64, nonce: String, data: DataText?) -> String {
    var canonical = ""
    canonical.reserveCapacity(192)
    canonical += "WS\n/ws/v1/"
    canonical += path
    canonical += "\n"
    canonical += String(timestamp)
    canonical += "\n"
    canonical += nonce
    canonical += "\n"
    canonical += Hexadecimal.encode(Digest.sha256.hash((data?.text ?? "").utf8))
    let signature = canonical.withUTF8 { signingKey.authenticate(UnsafeRawBufferPointer($0)) }
    return signature.withUnsafeBytes { Hexadecimal.encode($0) }
  }

  /// The frame is written where it will stand: an order's way out is worth the appends.
  private func message(
    _ operation: Operation, _ timestamp: Int64, _ nonce: String, _ signature: String,
    _ data: String?
  ) -> String {
    var text = ""
    text.reserveCapacity(192 + (data?.utf8.count ?? 0))
    text += #"{"op":""#
    text += operation.name
    text += #"","ts":"#
    text += String(timestamp)
    text += #","nonce":""#
    text += nonce
    text += #"","sig":""#
    text += signature
    text += "\""
    if let data {
      text += #","data":"#
      text += data
    }
    text += "}"
    return text
  }

  /// The fields in the order of the seed's samples; optional ones are left out when empty.
  func data(of operation: Operation, keyOrder: KeyOrder) throws(TradingError) -> DataText? {
    var fields: [(name: String, value: DataText.Value)] = []
    switch operation {
    case .auth, .subscribe, .unsubscribe:
      return nil
    case .balances:
      guard dialect.writesEmptyData else { return nil }
    case .orderStatus(let id):
      fields = [("id", .text(id))]
    case .estimate(let request):
      fields = exchange(request.from, request.to, request.amount)
      if let network = request.network { fields.append(("network", .text(network))) }
      if !request.filter.isEmpty { fields.append(("filter", .list(request.filter))) }
    case .swap(let request):
      fields = exchange(request.from, request.to, request.amount)
      fields.append(("slippage_bps", .integer(request.slippageBps)))
      fields.append(("clientOrderId", .text(request.clientOrderId.text)))
      if !request.filter.isEmpty { fields.append(("filter", .list(request.filter))) }
    }
    return try DataText(fields, order: keyOrder)
  }

  private func exchange(
    _ from: String, _ to: String, _ amount: Amount
  ) -> [(name: String, value: DataText.Value)] {
    [
      (dialect.fromField, .text(from)), (dialect.toField, .text(to)),
      (dialect.amountField, .text(amount.wireText)),
    ]
  }

  private func isEscaped(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }
}
