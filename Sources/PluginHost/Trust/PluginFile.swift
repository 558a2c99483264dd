import Glibc
package import Processes

/// The file of a plugin as it was when it was examined. Only root and the user can have written it.
package struct PluginFile: Sendable, Hashable {
  private let file: ExaminedFile

  /// The absolute path, without symbolic links.
  package var path: String { file.path }
  /// The state of the file when it was examined.
  package var identity: FileIdentity { file.identity }

  ///
  /// - Throws: `PluginFault` if it cannot be examined or is not trusted.
  package init(_ path: String) throws(PluginFault) {
    do throws(TrustFault) {
      file = try ExaminedFile(path)
    } catch {
      throw PluginFault(error)
    }
    guard access(file.path, X_OK) == 0 else { throw PluginFault(path, .notExecutable) }
  }

  /// - Throws: `PluginFault` if it is no longer the same file or is no longer trusted.
  package func requireUnchanged() throws(PluginFault) {
    let now = try PluginFile(path)
    guard now == self else { throw PluginFault(TrustFault(path, .replaced)) }
  }
}
