extension Manifest {
    /// An external program that speaks Singer on its standard output, in place of requests.
    ///
    /// Every text may hold `{{name}}` as elsewhere in a manifest.
    public struct Program: Sendable, Codable, Equatable {
        /// The name of an executable in the settings' folder of programs.
        public var command: String
        /// What comes before `--config`, `--catalog` and `--state`.
        public var arguments: [String]
        /// The stream whose records are read.
        public var stream: String
        /// The content of the config file as JSON text. An object `{"secret": "name"}` stands for that secret's value.
        public var config: String?
        /// The content of the catalog file as JSON text; without one the program is asked for it.
        public var catalog: String?
        /// Whether the program is asked for its catalog, with `--discover`: a text that gives `true` or `false`.
        public var discover: String?
        /// The option that takes the catalog's file: older programs call it `--properties`.
        public var catalogOption: String?
        /// How the stream is replicated, by Singer's name for it.
        public var replicationMethod: String?
        public var replicationKey: String?
        /// Seconds the program may take, its discovery included.
        public var timeLimit: String?
        /// MiB of address space that each of its processes may take.
        public var memoryLimit: String?

        public init(
            command: String, arguments: [String] = [], stream: String, config: String? = nil, catalog: String? = nil,
            discover: String? = nil, catalogOption: String? = nil, replicationMethod: String? = nil,
            replicationKey: String? = nil, timeLimit: String? = nil, memoryLimit: String? = nil
        ) {
            self.command = command
            self.arguments = arguments
            self.stream = stream
            self.config = config
            self.catalog = catalog
            self.discover = discover
            self.catalogOption = catalogOption
            self.replicationMethod = replicationMethod
            self.replicationKey = replicationKey
            self.timeLimit = timeLimit
            self.memoryLimit = memoryLimit
        }
    }
}
