// curl.h brings the socket headers, whose names the static Glibc module then leaves to it.
import CCurl
import Glibc

/// A UDP socket that speaks with one peer alone; what others send does not reach it.
///
/// It closes when its last reference goes away, or by `close()`.
public final class DatagramSocket: Sendable {
  /// What the peer sent, in order, or why nothing more will come. While nobody reads, the newest 64 are
  /// kept. For one reader.
  public let datagrams: AsyncStream<Result<[UInt8], TransportError>>

  private let identifier: Int
  private let network: Network

  fileprivate init(
    identifier: Int, network: Network, datagrams: AsyncStream<Result<[UInt8], TransportError>>
  ) {
    self.identifier = identifier
    self.network = network
    self.datagrams = datagrams
  }

  deinit { close() }

  /// Sends one datagram; one that the system has no room for is lost, as it may be on the way.
  public func send(_ bytes: [UInt8]) { post { $0.send(bytes) } }

  /// Ends the stream of datagrams.
  public func close() { post { $0.abort() } }

  private func post(_ action: @escaping @Sendable (DatagramChannel) -> Void) {
    let identifier = identifier
    network.thread.post { core in
      if let channel = core.member(identifier) as? DatagramChannel { action(channel) }
    }
  }
}

extension Network {
  /// A socket for `host`, a name or a literal address.
  ///
  /// Throws `.nameNotResolved`, `.noLibrary` without libcurl, or `.io` when the system refuses.
  public func datagrams(
    to host: String, port: UInt16
  ) async throws(TransportError) -> DatagramSocket {
    try NetworkLibraries.openCurl()
    let descriptor = try await DatagramOpening.open(host, port: port)
    let (datagrams, sink) = AsyncStream.makeStream(
      of: Result<[UInt8], TransportError>.self, bufferingPolicy: .bufferingNewest(64))
    let identifier = thread.newIdentifier()
    thread.post { core in
      let channel = DatagramChannel(
        descriptor: descriptor, identifier: identifier, core: core, sink: sink)
      core.add(channel, as: identifier)
    }
    return DatagramSocket(identifier: identifier, network: self, datagrams: datagrams)
  }
}

/// The socket on the network thread.
private final class DatagramChannel: NetworkMember {
  private let descriptor: Int32
  private let identifier: Int
  private unowned let core: NetworkCore
  private let sink: AsyncStream<Result<[UInt8], TransportError>>.Continuation

  init(
    descriptor: Int32, identifier: Int, core: NetworkCore,
    sink: AsyncStream<Result<[UInt8], TransportError>>.Continuation
  ) {
    self.descriptor = descriptor
    self.identifier = identifier
    self.core = core
    self.sink = sink
  }

  deinit { Glibc.close(descriptor) }

  var interest: (descriptor: Int32, events: Int32)? { (descriptor, Int32(CURL_WAIT_POLLIN)) }
  var deadline: Duration? { nil }

  func advance(at now: Duration) {
    while true {
      let count = recv(descriptor, core.scratch.baseAddress, core.scratch.count, 0)
      if count >= 0 {
        let bytes = Array(UnsafeRawBufferPointer(rebasing: core.scratch[0..<count]))
        sink.yield(.success(bytes))
      } else if errno == EAGAIN {
        return
      } else if errno != EINTR {
        return end(.refused(String(cString: strerror(errno))))
      }
    }
  }

  func send(_ bytes: [UInt8]) {
    guard Glibc.send(descriptor, bytes, bytes.count, 0) < 0 else {
      return
    }
    switch errno {
    case EAGAIN, EINTR, ENOBUFS: return
    default: end(.refused(String(cString: strerror(errno))))
    }
  }

  func abort() { end(nil) }

  private func end(_ error: TransportError?) {
    core.remove(identifier)
    if let error { sink.yield(.failure(error)) }
    sink.finish()
  }
}

/// The opening of a datagram socket, on a thread of its own: looking a name up blocks, and must hold up
/// neither connections nor tasks.
final class DatagramOpening: Sendable {
  typealias Waiter = CheckedContinuation<Result<Int32, TransportError>, Never>

  private let host: String
  private let port: UInt16
  private let waiter: Waiter

  private init(_ host: String, _ port: UInt16, _ waiter: Waiter) {
    self.host = host
    self.port = port
    self.waiter = waiter
  }

  /// A connected socket that does not block; it cannot be cut short.
  ///
  /// Throws `.nameNotResolved`, or `.io` when the system refuses.
  static func open(_ host: String, port: UInt16) async throws(TransportError) -> Int32 {
    let opened = await withCheckedContinuation { waiter in
      let opening = Unmanaged.passRetained(DatagramOpening(host, port, waiter))
      var thread = pthread_t()
      guard pthread_create(&thread, nil, datagramOpeningMain, opening.toOpaque()) == 0 else {
        opening.release()
        return waiter.resume(returning: .failure(.io("the system gives no thread")))
      }
      pthread_detach(thread)
    }
    return try opened.get()
  }

  fileprivate func run() {
    waiter.resume(returning: Result { () throws(TransportError) in try open() })
  }

  /// For the first address to which there is a way.
  private func open() throws(TransportError) -> Int32 {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &hints, &found)
    guard code == 0 else {
      throw .nameNotResolved("\(host): \(String(cString: gai_strerror(code)))")
    }
    defer { freeaddrinfo(found) }
    let flags = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    var reason = "no address"
    var next = found
    while let address = next?.pointee {
      let descriptor = socket(address.ai_family, flags, 0)
      if descriptor >= 0, connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 {
        return descriptor
      }
      reason = String(cString: strerror(errno))
      if descriptor >= 0 { Glibc.close(descriptor) }
      next = address.ai_next
    }
    throw .io("\(host): \(reason)")
  }
}

private func datagramOpeningMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let argument {
    Unmanaged<DatagramOpening>.fromOpaque(argument).takeRetainedValue().run()
  }
  return nil
}
