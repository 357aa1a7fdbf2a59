import Cryptography
import Testing

/// Values that were computed by other implementations (TextSecure protocol notes §6).
enum Vectors {
  static let signal = bytes(
    "0801120c2b313431353232323232323238012880e08cbdcd283235220a2105f94173eeb7ff19ab91"
      + "96461d596324385611fadef0ca29592cc182d92eb653281000180122031b67b3e2c43b9a672c9cb0")

  static let envelope = bytes(
    "01a0a1a2a3a4a5a6a7a8a9aaabacadaeaf2ccf4722c4041b0074adb0e4d78d1d87c0217e328a0e5e"
      + "8b9ad24ae718d83ae1c8c8480a1242c820a29682aeddfdda24cdd98fec1c7d555101ccef4b73e8cc"
      + "e118cc30b37ae64b48df3081d759cce1560e33179f3353a824e40ecd99c2fb293298a040ad77f9e3"
      + "7ed6ac")

  static let attachment = bytes(
    "505152535455565758595a5b5c5d5e5f397c5d33928754178079162fdfab3491b942e6cbf6060994"
      + "f81689b470acf127506a8fb97c630fa873a75efc6729de7a7724fdb1c1b308bb69acd8e1a7714e6d"
      + "56b8d34dcbce9bb5f5e52dc04f1aa45eb523ad74b616318d10b7553a6db9f7a27fac4f53acdafeca"
      + "18a4323b27f7838b279aa67e8b1675becc6c8718999beef34eabe86c1a40dc9ba234a1d391e09724"
      + "3fb9776bdbb8d2dcb344e5ce50ff9a8e45c2f27aab1504a87cd7176db55d470e20adfe1f40adeac2"
      + "4541a6f7d1f01ba4b7daf7a2f41ae5e8c650e4927177ca68ac831e3156b12888ac71cbdfd3d33875"
      + "91cf426d34479135a44f552806f8c213cb70f8b543fd6ef5d847f3cac37215c3836e67fde4b127d9"
      + "8b476b532d81d8cdd9e77b95dce3eb418f2282984b2f2d89af53ec3d53f5da38a7d73f45dfe86f71"
      + "47bd7a1d5319bca1469fd2ef95c9ec474d8d3a7c4d915e0444ab42a2e2a61f0e")

  static let messageFrame = bytes(
    "08011295010a03505554120f2f6170692f76312f6d6573736167651a7b01a0a1a2a3a4a5a6a7a8a9"
      + "aaabacadaeaf2ccf4722c4041b0074adb0e4d78d1d87c0217e328a0e5e8b9ad24ae718d83ae1c8c8"
      + "480a1242c820a29682aeddfdda24cdd98fec1c7d555101ccef4b73e8cce118cc30b37ae64b48df30"
      + "81d759cce1560e33179f3353a824e40ecd99c2fb293298a040ad77f9e37ed6ac2058")

  static let okFrame = bytes(
    "08021a09085810c8011a024f4b")

  static let keepaliveFrame = bytes(
    "080112160a03474554120d2f76312f6b656570616c6976652001")

  static let text = bytes(
    "0a0b68656c6c6f20776f726c64")

  static let endSession = bytes(
    "0a095445524d494e4154452001")

  static let attachmentContent = bytes(
    "0a0373656512560921436587a9cbed7f1209696d6167652f706e671a40000102030405060708090a"
      + "0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132"
      + "333435363738393a3b3c3d3e3f")

  static let groupUpdate = bytes(
    "1a91010a10000102030405060708090a0b0c0d0e0f10011a07467269656e6473220c2b3134313531"
      + "313131313131220c2b31343135323232323232322a560921436587a9cbed7f1209696d6167652f70"
      + "6e671a40000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223"
      + "2425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f")

  static let groupDeliver = bytes(
    "0a06686920616c6c1a140a10000102030405060708090a0b0c0d0e0f1002")

  static let groupQuit = bytes(
    "1a140a10000102030405060708090a0b0c0d0e0f1003")

  static func counting(_ count: Int) -> [UInt8] { (0..<count).map { UInt8($0) } }

  private static func bytes(_ hexadecimal: String) -> [UInt8] {
    guard let bytes = Hexadecimal.decode(hexadecimal) else {
      Issue.record("a vector that is not hexadecimal")
      return []
    }
    return bytes
  }
}
