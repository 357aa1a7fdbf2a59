import Database
import Domain

/// Kept by its name on the command line.
extension Service: DatabaseConvertible {}
