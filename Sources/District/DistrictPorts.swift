extension District {
    /// Where on loopback each department's system listens; 0 takes any free port.
    public struct Ports: Sendable, Equatable {
        public var policePopulation: Int
        public var marketCore: Int
        public var ruralCollective: Int
        public var land: Int
        public var credit: Int
        public var eLicence: Int

        /// Six ports in a row.
        public init(from first: Int = 18101) {
            policePopulation = first
            marketCore = first + 1
            ruralCollective = first + 2
            land = first + 3
            credit = first + 4
            eLicence = first + 5
        }

        /// Any free ports; `run` says which they became.
        public static let free = Ports(list: [0, 0, 0, 0, 0, 0])

        var list: [Int] { [policePopulation, marketCore, ruralCollective, land, credit, eLicence] }

        init(list: [Int]) {
            self.init()
            guard list.count == 6 else { return }
            (policePopulation, marketCore, ruralCollective, land, credit, eLicence) = (
                list[0], list[1], list[2], list[3], list[4], list[5]
            )
        }
    }

    /// How many records each listing starts with.
    public struct Sizes: Sendable, Equatable {
        public var residents: Int
        public var enterprises: Int
        public var collectives: Int
        public var addresses: Int
        public var penalties: Int
        public var licences: Int
        public var certificates: Int
        public var parcels: Int

        public init(
            residents: Int = 5000, enterprises: Int = 3000, collectives: Int = 1200, addresses: Int = 4000,
            penalties: Int = 900, licences: Int = 1500, certificates: Int = 2400, parcels: Int = 1600
        ) {
            self.residents = residents
            self.enterprises = enterprises
            self.collectives = collectives
            self.addresses = addresses
            self.penalties = penalties
            self.licences = licences
            self.certificates = certificates
            self.parcels = parcels
        }
    }
}
