import CLinux
import CPictures
import Dispatch
import Glibc
import Phrases
import Processes
import ScreenState
import Synchronization
import ViewModels

/// Reads files of pictures that somebody has sent, in a process that has nothing to lose.
///
/// Decoders are where pictures attack: each picture is decoded by this program started once more, which
/// then can do nothing but read the file, write pixels and end (`CPictures`). What comes back are
/// pixels of a size that is known, whatever has become of it.
enum PictureReader {
  /// The word by which this program decodes one picture from standard input, and ends.
  static let verb = "__decode-picture"

  /// Pixels of the longer side of what is shown: as many as a large terminal has.
  private static let side = 1280
  /// What a picture may take, in milliseconds; its limit of processor time is less.
  private static let patience: Int32 = 8000
  private static let next = Atomic(0)

  /// Decodes as the other process does; ends this one.
  static func serve() -> Never { exit(cpictures_serve(Int32(side))) }

  /// - Parameter program: this program's own file.
  static func read(
    _ path: String, program: String = "/proc/self/exe"
  ) async -> Result<PicturePixels, PictureFailure> {
    await withCheckedContinuation { continuation in
      // A queue of its own: its thread blocks.
      DispatchQueue(label: "picture").async {
        continuation.resume(returning: readHere(path, program))
      }
    }
  }

  private static func readHere(
    _ path: String, _ program: String
  ) -> Result<PicturePixels, PictureFailure> {
    // Not through a link or a pipe that somebody has put there meanwhile.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return .failure(PictureFailure(.pictureGone)) }
    defer { close(file) }
    var about = stat()
    guard fstat(file, &about) == 0, about.st_mode & S_IFMT == S_IFREG else {
      return .failure(PictureFailure(.pictureUnknown))
    }
    guard about.st_size <= Int(CPICTURES_BYTES) else {
      return .failure(PictureFailure(.pictureTooLarge))
    }
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else { return .failure(PictureFailure(.pictureBroken)) }
    defer { close(ends[0]) }
    let child: pid_t
    do throws(ChildProcess.Failure) {
      defer { close(ends[1]) }
      // Without our environment, our files, and a terminal.
      child = try ChildProcess.start(
        ["tercet", verb], at: program, environment: [], files: [0: file, 1: ends[1], 2: -1],
        place: .ownSession)
    } catch {
      return .failure(PictureFailure(.pictureBroken))
    }
    let bytes = collect(ends[0], most: 8 + side * side * 4)
    if bytes == nil { kill(child, SIGKILL) }
    return pixels(bytes ?? [], exit: ChildProcess.end(of: child))
  }

  private static func pixels(
    _ bytes: [UInt8], exit code: Int32
  ) -> Result<PicturePixels, PictureFailure> {
    // A signal is what stops a picture that would do more than it may.
    guard code >= 0 else { return .failure(PictureFailure(.pictureBroken)) }
    switch code {
    case Int32(cpictures_done): break
    case Int32(cpictures_unknown): return .failure(PictureFailure(.pictureUnknown))
    case Int32(cpictures_large): return .failure(PictureFailure(.pictureTooLarge))
    case Int32(cpictures_missing):
      return .failure(PictureFailure(.pictureLibraryMissing))
    default: return .failure(PictureFailure(.pictureBroken))
    }
    guard bytes.count > 8 else { return .failure(PictureFailure(.pictureBroken)) }
    func number(_ place: Int) -> Int {
      (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
    let (width, height) = (number(0), number(4))
    guard 1...side ~= width, 1...side ~= height,
      let pixels = PicturePixels(
        id: next.add(1, ordering: .relaxed).newValue, width: width, height: height,
        bytes: Array(bytes.dropFirst(8)))
    else { return .failure(PictureFailure(.pictureBroken)) }
    return .success(pixels)
  }

  /// Everything until the end; nil for more than that, or where the end does not come.
  private static func collect(_ descriptor: Int32, most: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let deadline = ContinuousClock.now + .milliseconds(patience)
    while true {
      let rest = Int32(max(0, (deadline - .now) / .milliseconds(1)))
      var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&wait, 1, rest) > 0 else {
        if errno == EINTR, rest > 0 { continue }
        return nil
      }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return count == 0 ? bytes : nil }
      bytes += buffer[..<count]
      if bytes.count > most { return nil }
    }
  }
}
