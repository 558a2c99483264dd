/// The protocol between the program and its plugins, version 1. docs/plugins.md describes it for authors of
/// plugins.
///
/// A plugin is an executable. `PLUGIN describe` prints its manifest. `PLUGIN gather SOURCE` and
/// `PLUGIN check CHECK` read one JSON object on standard input, up to its end, and print one on standard output.
///
///     manifest  {"protocol": 1, "name": "erp", "version": "1.2", "summary": TEXT?, "batch": false?,
///                "environment": ["ERP_HOME"]?,
///                "sources": [{"name": "account", "summary": TEXT, "options": [PARAMETER…]?,
///                             "needs": ["card.number"]?,
///                             "facts": [{"name": "identifier", "type": TYPE, "personal": false?,
///                                        "summary": TEXT?}]}]?,
///                "checks": [{"name": "open", "summary": TEXT, "parameters": [PARAMETER…]?,
///                            "facts": ["erp/identifier", "today"]}]?}
///     PARAMETER {"name": "strict", "type": TYPE, "required": false?, "default": true?, "summary": TEXT}
///     TYPE      boolean, integer, string, date, version, duration, list, map
///     TEXT      a string, or a map by language {"fr": "…", "en": "…"}
///     request   {"protocol": 1, "options" or "parameters": {…}, "facts": {…}, "deadlineMs": 3000,
///                "language": "fr"}
///     gather →  {"facts": {"identifier": "…"}, "absent": ["NAME"]?}
///               or {"unavailable": {"reason": REASON, "message": "…"}}
///     check →   {"outcome": "pass" | "fail" | "unknown", "message": "…", "remedy": "…"?, "reason": REASON?}
///     REASON    service, timeout, input, other
///
/// - Members marked with `?` are optional. Both sides ignore unknown members.
/// - `options` and `parameters` hold the values of the rule file, and the defaults of all others. Dates, versions
///   and durations (`3s`) are strings, and so are the elements of a rule file's lists and maps.
/// - `facts` of a request holds the known facts among those that the check lists under `facts`, or the source under
///   `needs`: built-in facts, those of this plugin and those of others (`crm/customer`). Personal facts are passed,
///   unmasked, only because the manifest lists them. Secrets are never passed.
/// - A fact that is `null`, missing or a blank text in a source's answer is not known. A fact listed under `absent` is known not
///   to exist. The whole answer is discarded if it has a fact that was not declared or is of another type.
/// - `message` of a check is for people, in the language of the request. `reason` gives the reason for an unknown
///   outcome.
/// - With `"batch": true`, `PLUGIN check` without a name reads several requests, one JSON object per line, each
///   with `"check": NAME` and `"id": N`. It answers each on one line, in the same order and with the same `id`.
///   `PLUGIN check CHECK` must work as well.
/// - `environment` lists the variables that the plugin asks for. It gets those that the rule file allows
///   (`plugins:`), and PATH, LANG, TZ and TMPDIR.
/// - The exit status must be 0, and the output at most 1 MiB and complete when the program ends, before the
///   deadline. Otherwise the answer is unknown, and the message contains the last line of standard error.
enum PluginProtocol {
  /// The version that this program speaks.
  static let version = 1
  /// The maximum size of a manifest, a request or an answer, in bytes.
  static let sizeLimit = 1 << 20
}
