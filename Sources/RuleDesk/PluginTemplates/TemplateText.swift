import Preflight

/// A file of `Resources`, embedded in the program.
struct LineTemplate: Sendable {
  let bytes: [UInt8]

  static var manifest: Self { Self(bytes: PackageResources.manifest_template) }
  static var jsonInSh: Self { Self(bytes: PackageResources.json_in_sh_template) }
  static var test: Self { Self(bytes: PackageResources.test_template) }
  static var frenchReadme: Self { Self(bytes: PackageResources.readme_fr_template) }
  static var englishReadme: Self { Self(bytes: PackageResources.readme_en_template) }
  static var sh: Self { Self(bytes: PackageResources.sh_template) }
  static var python: Self { Self(bytes: PackageResources.python_template) }
  static var swift: Self { Self(bytes: PackageResources.swift_template) }
  static var swiftSource: Self { Self(bytes: PackageResources.swift_source_template) }
  static var swiftCheck: Self { Self(bytes: PackageResources.swift_check_template) }
  static var swiftBuild: Self { Self(bytes: PackageResources.swift_build_template) }
  static var swiftPackage: Self { Self(bytes: PackageResources.swift_package_template) }
  static var swiftIgnored: Self { Self(bytes: PackageResources.swift_ignored_template) }
}

/// Makes files from templates.
///
/// A line that begins with `{fr}`, `{en}`, `{sh}`, `{python}` or `{swift}` is kept only for those. `{{name}}` is
/// replaced by the name, and a line `{{manifest}}` or `{{json_in_sh}}` by that template, with the same indentation.
struct TemplateText: Sendable {
  let name: String
  let kind: PluginTemplate.Kind
  let language: Language

  func filled(_ template: LineTemplate) -> String {
    lines(template).map { $0.replacing("{{name}}", with: name) + "\n" }.joined()
  }

  private func lines(_ template: LineTemplate) -> [String] {
    var lines = String(decoding: template.bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    return lines.compactMap(kept).flatMap(included)
  }

  /// Returns the line without its `{…}` marks, or `nil` if it is not kept.
  private func kept(_ line: Substring) -> Substring? {
    let mine = [language.rawValue, kind.rawValue]
    let all = Language.allCases.map(\.rawValue) + PluginTemplate.Kind.allCases.map(\.rawValue)
    for word in all where line.hasPrefix("{\(word)}") {
      return mine.contains(word) ? line.dropFirst(word.count + 2) : nil
    }
    return line
  }

  private func included(_ line: Substring) -> [String] {
    let indentation = line.prefix { $0 == " " }
    let template: LineTemplate
    switch line.dropFirst(indentation.count) {
    case "{{manifest}}": template = .manifest
    case "{{json_in_sh}}": template = .jsonInSh
    default: return [String(line)]
    }
    return lines(template).map { $0.isEmpty ? "" : indentation + $0 }
  }
}
