/// Paths of files that name each other.
package enum RelativePath {
  /// `name`, as it is meant in a file at `file`.
  static func path(_ name: String, besides file: String) -> String {
    guard let slash = file.lastIndex(of: "/") else { return name }
    return file[...slash] + name
  }

  /// The path without `.`, `..` and doubled slashes, by which a file is known again.
  package static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
