package import Preflight

/// A working plugin to start from, with its own test.
package struct PluginTemplate: Sendable {
  /// The language that the plugin is written in.
  package enum Kind: String, Sendable, CaseIterable {
    case sh
    case python
    case swift
  }

  /// A file of the plugin's folder.
  package struct File: Sendable {
    /// The path in that folder.
    package let path: String
    /// The whole content of the file.
    package let text: String
    /// Whether the file is a program or a script, to be written with execute permission.
    package let isExecutable: Bool
  }

  private let name: String
  private let kind: Kind
  private let text: TemplateText

  /// - Parameters:
  ///   - name: a valid name of a plugin.
  ///   - language: the language of its comments and README; the plugin answers in both languages.
  package init(_ name: String, in kind: Kind, language: Language) {
    self.name = name
    self.kind = kind
    text = TemplateText(name: name, kind: kind, language: language)
  }

  /// The files to write.
  package var files: [File] {
    let program = "cps-preflight-\(name)"
    let shared = [
      file("README.md", text.language == .french ? .frenchReadme : .englishReadme),
      file("test", .test, isExecutable: true),
    ]
    switch kind {
    case .sh: return shared + [file(program, .sh, isExecutable: true)]
    case .python: return shared + [file(program, .python, isExecutable: true)]
    case .swift:
      return shared + [
        file("build", .swiftBuild, isExecutable: true),
        file("Package.swift", .swiftPackage),
        file(".gitignore", .swiftIgnored),
        file("Sources/\(program)/Plugin.swift", .swift),
        file("Sources/\(program)/FileSource.swift", .swiftSource),
        file("Sources/\(program)/PresentCheck.swift", .swiftCheck),
      ]
    }
  }

  private func file(_ path: String, _ template: LineTemplate, isExecutable: Bool = false) -> File {
    File(path: path, text: text.filled(template), isExecutable: isExecutable)
  }
}
