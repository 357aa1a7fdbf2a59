import Synchronization
import Testing

@testable import Cryptography

@Suite("Secret bytes")
struct SecretBytesTests {
  @Test("They are the bytes they were made of")
  func content() {
    let secret = SecretBytes([1, 2, 3, 4])
    #expect(secret.count == 4)
    #expect(secret.revealed == [1, 2, 3, 4])
    #expect(secret[1..<3].revealed == [2, 3])
    #expect(secret.withUnsafeBytes { Array($0) } == [1, 2, 3, 4])
    #expect(
      SecretBytes(joining: [secret, SecretBytes([]), secret[0..<1]]).revealed == [1, 2, 3, 4, 1])
    #expect(SecretBytes(joining: []).count == 0)
    #expect(SecretBytes(count: 3) { $0[1] = 9 }.revealed == [0, 9, 0])
  }

  @Test("They are equal when every byte is")
  func equality() {
    #expect(SecretBytes([1, 2]) == SecretBytes([1, 2]))
    #expect(SecretBytes([1, 2]) != SecretBytes([1, 3]))
    #expect(SecretBytes([1, 2]) != SecretBytes([1]))
    #expect(SecretBytes([]) == SecretBytes([]))
  }

  @Test("No way of printing shows them")
  func printing() {
    let secret = SecretBytes([213, 214, 215])
    var dumped = ""
    dump(["key": secret], to: &dumped)
    for text in ["\(secret)", String(reflecting: secret), "\([secret])", dumped] {
      #expect(text.contains("‹redacted›"))
      #expect(!text.contains("21"))
    }
  }

  @Test("They are overwritten when the last copy is dropped, not before")
  func wiping() {
    let wiped = Mutex<[UInt8]?>(nil)
    func use() {
      let secret = SecretBytes(count: 2) {
        $0.copyBytes(from: [7, 8])
      } wiped: { memory in
        wiped.withLock { $0 = Array(memory) }
      }
      var copies = [secret, secret]
      copies.removeLast()
      #expect(wiped.withLock { $0 } == nil)
      #expect(copies.last?.revealed == [7, 8])
    }
    use()
    #expect(wiped.withLock { $0 } == [0, 0])
  }

  @Test("A random source makes them")
  func random() {
    #expect(SeededRandom(seed: 3).secret(32).revealed == SeededRandom(seed: 3).bytes(32))
    #expect(SystemRandom().secret(32) != SystemRandom().secret(32))
  }
}
