import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Phrases
@testable import Program
@testable import ScreenState
@testable import ViewModels

/// Pictures are decoded by the program started once more, whatever is in them.
@Suite struct PictureReaderTests {
  private func read(_ bytes: [UInt8]) async throws -> Result<PicturePixels, PictureFailure> {
    let directory = try ScratchDirectory()
    let path = "\(directory.path)/picture"
    try Data(bytes).write(to: URL(filePath: path))
    return await PictureReader.read(path, program: Program.tercetPath)
  }

  private func failure(_ bytes: [UInt8]) async throws -> Phrase? {
    if case .failure(let failure) = try await read(bytes) { failure.phrase } else { nil }
  }

  private static let jpeg: [UInt8] = {
    let text = [
      "/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAASUkqAAgAAAABABIBAwABAAAABgAAAAAAAAD/",
      "2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNS",
      "Mj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09P",
      "T09PT09PT09PT09PT09PT09PT09PT0//wAARCAAIABADASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEA",
      "AAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJx",
      "FDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNk",
      "ZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJ",
      "ytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQF",
      "BgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMz",
      "UvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3",
      "eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna",
      "4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDn6wqKK9jhP/l9/wBu/wDtx73E3/Lr/t79",
      "D//Z",
    ].joined()
    return Data(base64Encoded: text).map { Array($0) } ?? []
  }()

  /// Red, 2 wide and 1 high, half of it transparent.
  private static let png: [UInt8] = {
    let text =
      "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAD0lEQVR4nGP4z8DwH4gbAB"
      + "F4A35MCyl3AAAAAElFTkSuQmCC"
    return Data(base64Encoded: text).map { Array($0) } ?? []
  }()

  @Test("A photograph stands as the camera was held")
  func photograph() async throws {
    let pixels = try await read(Self.jpeg).get()
    #expect(pixels.width == 8 && pixels.height == 16)
    // The red half is above the blue one now.
    #expect(pixels.bytes[0] > 200 && pixels.bytes[2] < 60)
    let last = pixels.bytes.count - 4
    #expect(pixels.bytes[last] < 60 && pixels.bytes[last + 2] > 200)
  }

  @Test("A PNG keeps its colours and what is transparent in it")
  func graphics() async throws {
    let pixels = try await read(Self.png).get()
    #expect(pixels.width == 2 && pixels.height == 1)
    #expect(pixels.bytes[0..<4] == [255, 0, 0, 255])
  }

  @Test("What is no picture, or is cut, or says it is huge, is told in a sentence")
  func failures() async throws {
    #expect(try await failure(Array("GIF89a and more".utf8)) == .pictureUnknown)
    #expect(try await failure([]) == .pictureUnknown)
    #expect(try await failure(Array(Self.png.prefix(40))) == .pictureBroken)
    let cut: [UInt8] = [0xff, 0xd8, 0xff, 0xe0] + Array(repeating: 65, count: 50)
    #expect(try await failure(cut) == .pictureBroken)
    var huge = Self.png
    // Width and height of the header, whose checksum the decoder takes for wrong or right.
    for place in [16, 20] { huge.replaceSubrange(place..<place + 4, with: [0, 0, 0x7f, 0xff]) }
    let words = try await failure(huge)
    #expect(words == .pictureTooLarge || words == .pictureBroken)
    let missing = await PictureReader.read("/nowhere/at/all", program: Program.tercetPath)
    #expect(throws: PictureFailure.self) { try missing.get() }
    let device = await PictureReader.read("/dev/zero", program: Program.tercetPath)
    #expect(throws: PictureFailure.self) { try device.get() }
  }

  @Test("Damaged pictures of any kind end the other process at most")
  func damage() async throws {
    var random = SeededGenerator(seed: 5)
    for round in 0..<24 {
      var bytes = round.isMultiple(of: 2) ? Self.jpeg : Self.png
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 4..<bytes.count, using: &random)
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
      if case .success(let pixels) = try await read(bytes) {
        #expect(pixels.bytes.count == pixels.width * pixels.height * 4)
      }
    }
  }
}
