import Preflight

/// Reads every file only once, however often the rules are composed, and returns the new bytes of files that are
/// changed in memory.
final class RememberedFiles: RuleFileAccess {
  private let access: any RuleFileAccess
  private var read: [String: Result<[UInt8], FileFault>] = [:]
  private var identities: [String: String] = [:]
  private var shipped: Result<ReadFile, FileFault>?
  /// The bytes that replace those of the files with these names.
  var changed: [String: [UInt8]] = [:]

  init(_ access: any RuleFileAccess) { self.access = access }

  func contents(of path: String) throws(FileFault) -> [UInt8] {
    if let bytes = changed[path] { return bytes }
    if let known = read[path] { return try known.get() }
    let result: Result<[UInt8], FileFault>
    do throws(FileFault) { result = .success(try access.contents(of: path)) } catch {
      result = .failure(error)
    }
    read[path] = result
    return try result.get()
  }

  func identity(of path: String) -> String {
    if let known = identities[path] { return known }
    let identity = access.identity(of: path)
    identities[path] = identity
    return identity
  }

  func shippedRules() throws(FileFault) -> ReadFile {
    let result: Result<ReadFile, FileFault>
    if let shipped {
      result = shipped
    } else {
      do throws(FileFault) { result = .success(try access.shippedRules()) } catch { result = .failure(error) }
      shipped = result
    }
    let file = try result.get()
    return changed[file.name].map { ReadFile(name: file.name, bytes: $0, isBuiltIn: file.isBuiltIn) } ?? file
  }
}
