/// One setting: its key in the file, what it is without one, and what it is for. The table is all settings there are;
/// `docs/settings.md` is tested against it.
struct Setting: Sendable, Equatable {
    let key: String
    /// As it would be written; empty where there is none.
    let standard: String
    /// One sentence.
    let about: String

    /// The environment variable that says the same.
    var variable: String { "HUITONG_" + key.replacing(".", with: "_").uppercased() }

    static let table: [Setting] = [
        Setting(
            key: "data", standard: "huitong-data",
            about: "The folder that holds everything the exchange knows; it is made where it is not there."),
        Setting(
            key: "catalog", standard: "Catalog",
            about: "The folder of departments.yaml, entries, subjects and code lists."),
        Setting(
            key: "adapters", standard: "",
            about:
                "The folder of adapters of one's own, which count before those huitong came with; without one, Adapters "
                + "beside the settings."),
        Setting(
            key: "register", standard: "false",
            about: "Whether the catalogue's folder is registered at start and on change, instead of file by file."),
        Setting(key: "http.host", standard: "127.0.0.1", about: "The loopback address that queries are answered on."),
        Setting(
            key: "http.port", standard: "8080", about: "The port that queries are answered on; 0 takes any free one."),
        Setting(
            key: "http.public_base", standard: "",
            about: "The address that links begin with, where a proxy stands before the exchange."),
        Setting(
            key: "http.connections", standard: "1024",
            about: "Connections open at once; one more closes whichever has been quiet for longest."),
        Setting(
            key: "http.requests", standard: "256",
            about: "Requests answered at once; others are told to come again (503)."),
        Setting(
            key: "http.query_seconds", standard: "30",
            about: "Seconds that a query may take before it is ended (503)."),
        Setting(key: "runs.concurrency", standard: "4", about: "How many entries are run at once."),
        Setting(
            key: "runs.grace", standard: "20",
            about: "Seconds that runs may go on once the daemon is told to end; then they stop, to be taken up later."),
        Setting(
            key: "disk.low_mark", standard: "64",
            about: "Mebibytes that must be free where the data is; with less, the exchange says that it is not ready."),
        Setting(
            key: "outbound.allow_loopback", standard: "false",
            about: "Whether sources on this machine may be read (127.0.0.0/8, ::1)."),
        Setting(
            key: "outbound.allow_private", standard: "false",
            about: "Whether sources in private networks may be read (10.0.0.0/8, 192.168.0.0/16 and the like)."),
        Setting(
            key: "outbound.file_root", standard: "",
            about: "The folder below which sources may be files (file: addresses); without one, none may."),
        Setting(
            key: "secrets", standard: "",
            about: "The folder of secrets, one file each, named for the secret; HUITONG_SECRET_<NAME> says one as well."
        ),
        Setting(
            key: "programs", standard: "",
            about: "The folder whose executables may be run as sources; without one, no program is run."),
        Setting(
            key: "notify", standard: "",
            about: "A command that gets, or a URL that is sent, a JSON report of every run that was held or failed."),
        Setting(
            key: "log.level", standard: "info",
            about: "The least that is logged: trace, debug, info, notice, warning, error or critical."),
        Setting(
            key: "log.format", standard: "auto",
            about: "What a line of the log is: text, json, or auto for text on a terminal and JSON elsewhere."),
    ]
}
