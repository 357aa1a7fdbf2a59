import CCurl
import Glibc
import Synchronization

/// Notes who has signed a certificate that nobody here knows, so that the refusal can say so. Whether
/// a certificate is accepted stays curl's and OpenSSL's decision alone.
///
/// curl's words name no issuer, and its list of certificates is empty after a refusal: they are seen
/// in OpenSSL's own callback. Its functions are looked up at run time, because which TLS library curl
/// was built with is the system's choice; with another one nothing is noted.
enum CertificateIssuer {
  private static let notes = Mutex<(next: Int, issuers: [Int: String?])>((1, [:]))

  /// Has a handle's handshake watched; returns the number to ask with.
  static func watch(_ handle: UnsafeMutableRawPointer) -> Int? {
    guard OpenSSL.shared != nil else { return nil }
    let number = notes.withLock { notes in
      notes.issuers[notes.next] = .some(nil)
      defer { notes.next += 1 }
      return notes.next
    }
    ccurl_set_pointer(
      handle, CURLOPT_SSL_CTX_FUNCTION,
      unsafeBitCast(certificateIssuerPrepare, to: UnsafeMutableRawPointer.self))
    // A number and no address: a connection may live longer than the handle that made it.
    ccurl_set_pointer(handle, CURLOPT_SSL_CTX_DATA, UnsafeMutableRawPointer(bitPattern: number))
    return number
  }

  static func forget(_ number: Int) {
    notes.withLock { _ = $0.issuers.removeValue(forKey: number) }
  }

  /// Who signed what is not known here; nil if nobody has been noted.
  static func unknown(_ number: Int) -> String? {
    notes.withLock { $0.issuers[number] ?? nil }
  }

  fileprivate static func note(_ issuer: String, for number: Int) {
    notes.withLock { notes in
      // Only of handles that still want to hear of it.
      if notes.issuers[number] != nil { notes.issuers[number] = issuer }
    }
  }
}

/// The functions of OpenSSL that this takes, as they are in the running program.
private struct OpenSSL: Sendable {
  typealias Pointer = UnsafeMutableRawPointer
  typealias Verify = @convention(c) (Int32, Pointer?) -> Int32

  typealias SetVerify = @convention(c) (Pointer, Int32, Verify?) -> Void
  typealias Read = @convention(c) (Pointer) -> Int32
  typealias SetData = @convention(c) (Pointer, Int32, Pointer?) -> Int32
  typealias Data = @convention(c) (Pointer, Int32) -> Pointer?
  typealias Follow = @convention(c) (Pointer) -> Pointer?
  typealias Index = @convention(c) () -> Int32
  typealias Text = @convention(c) (Pointer, Int32, UnsafeMutablePointer<CChar>, Int32) -> Int32

  let setVerify: SetVerify
  let verifyMode: Read
  let setData: SetData
  let data: Data
  let context: Follow
  let connectionIndex: Index
  let storeData: Data
  let error: Read
  let certificate: Follow
  let issuer: Follow
  let text: Text

  static let shared = OpenSSL()

  private init?() {
    func find<Function>(_ name: String, as type: Function.Type = Function.self) -> Function? {
      dlsym(nil, name).map { unsafeBitCast($0, to: type) }
    }
    guard let setVerify = find("SSL_CTX_set_verify", as: SetVerify.self),
      let verifyMode = find("SSL_CTX_get_verify_mode", as: Read.self),
      let setData = find("SSL_CTX_set_ex_data", as: SetData.self),
      let data = find("SSL_CTX_get_ex_data", as: Data.self),
      let context = find("SSL_get_SSL_CTX", as: Follow.self),
      let connectionIndex = find(
        "SSL_get_ex_data_X509_STORE_CTX_idx", as: Index.self),
      let storeData = find("X509_STORE_CTX_get_ex_data", as: Data.self),
      let error = find("X509_STORE_CTX_get_error", as: Read.self),
      let certificate = find("X509_STORE_CTX_get_current_cert", as: Follow.self),
      let issuer = find("X509_get_issuer_name", as: Follow.self),
      let text = find("X509_NAME_get_text_by_NID", as: Text.self)
    else { return nil }
    self.setVerify = setVerify
    self.verifyMode = verifyMode
    self.setData = setData
    self.data = data
    self.context = context
    self.connectionIndex = connectionIndex
    self.storeData = storeData
    self.error = error
    self.certificate = certificate
    self.issuer = issuer
    self.text = text
  }
}

/// Before a handshake: has OpenSSL ask here, too, and nothing else changed.
private let certificateIssuerPrepare:
  @convention(c) (
    UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?
  ) -> CURLcode = { _, context, number in
    guard let context, let openSSL = OpenSSL.shared else { return CURLE_OK }
    // The first place is for the program that uses OpenSSL; curl takes others.
    guard openSSL.setData(context, 0, number) == 1 else { return CURLE_OK }
    openSSL.setVerify(context, openSSL.verifyMode(context), certificateIssuerVerify)
    return CURLE_OK
  }

/// In a handshake, for each certificate of the chain: the verdict stays as it is.
private let certificateIssuerVerify: OpenSSL.Verify = { verdict, store in
  // X509_V_ERR_: no issuer's certificate (2, 20, 21), signed by itself (18, 19).
  guard verdict == 0, let store, let openSSL = OpenSSL.shared,
    [2, 18, 19, 20, 21].contains(openSSL.error(store)),
    let connection = openSSL.storeData(store, openSSL.connectionIndex()),
    let context = openSSL.context(connection), let number = openSSL.data(context, 0),
    let certificate = openSSL.certificate(store), let name = openSSL.issuer(certificate)
  else { return verdict }
  // The common name (13), else the organization (17).
  for part in [Int32(13), 17] {
    var text = [CChar](repeating: 0, count: 200)
    let length = openSSL.text(name, part, &text, Int32(text.count))
    guard length > 0 else { continue }
    let bytes = text.prefix(Int(length)).map { UInt8(bitPattern: $0) }
    CertificateIssuer.note(String(decoding: bytes, as: UTF8.self), for: Int(bitPattern: number))
    break
  }
  return verdict
}
