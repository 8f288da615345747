extension Manifest {
    /// How deliveries arrive in a folder (文件交换): which files say that one is complete, and which belong to it.
    public struct Delivery: Sendable, Codable, Equatable {
        /// How a delivery's data files are named.
        public enum Control: String, Sendable, Codable, CaseIterable {
            /// After the marker.
            case stem
            /// In the control file, a line each.
            case list
            /// In the control file, which is a small document.
            case json, xml
        }

        /// The folder below the system's base address.
        public var folder: String
        /// The pattern of markers and control files: without one, nothing beside it is touched.
        public var ready: String
        /// A text that gives one of the ways.
        public var control: String
        /// The pattern of data files, with `{stem}` for the marker's name without its last extension.
        public var data: String?
        /// Patterns of the entries of a zip that hold records; one placeholder of type `list` stands for all.
        public var entries: [String]
        /// Where a control document has its files.
        public var files: String?
        /// What stands in a line of a list, in order; one placeholder of type `list` stands for all.
        public var columns: [String] = []
        /// Paths of a file's name, number of records, bytes and digest.
        public var name: String?
        public var count: String?
        public var size: String?
        public var digest: String?
        /// A text that gives `md5`, `sha256` or `sm3`, where digests do not say themselves which they are.
        public var algorithm: String?

        public init(
            folder: String = "", ready: String = "*.ok", control: String = Control.stem.rawValue, data: String? = nil,
            entries: [String] = [], files: String? = nil, name: String? = nil, count: String? = nil,
            digest: String? = nil
        ) {
            self.folder = folder
            self.ready = ready
            self.control = control
            self.data = data
            self.entries = entries
            self.files = files
            self.name = name
            self.count = count
            self.digest = digest
        }
    }
}
