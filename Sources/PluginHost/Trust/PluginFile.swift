import Glibc
package import Processes

/// The file of a plugin as it was when it was examined: nobody but root and the user could have put it there.
package struct PluginFile: Sendable, Hashable {
  private let file: ExaminedFile

  /// Without symbolic links.
  package var path: String { file.path }
  package var identity: FileIdentity { file.identity }

  /// Examines the file at `path`, every symbolic link that leads to it, and every folder above them.
  package init(_ path: String) throws(PluginFault) {
    do throws(TrustFault) {
      file = try ExaminedFile(path)
    } catch {
      throw PluginFault(error)
    }
    guard access(file.path, X_OK) == 0 else { throw PluginFault(path, .notExecutable) }
  }

  /// Throws where it is no longer the same file, or no longer to be trusted.
  package func requireUnchanged() throws(PluginFault) {
    let now = try PluginFile(path)
    guard now == self else { throw PluginFault(TrustFault(path, .replaced)) }
  }
}
