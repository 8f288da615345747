/// What the departments hold when the district begins, drawn from one seed; each listing from a stream of its own.
struct DistrictListings: Sendable {
    let residents: Holdings
    let enterprises: Holdings
    let collectives: Holdings
    let addresses: Holdings
    let boundaries: Holdings
    let penalties: Holdings
    let licences: Holdings
    let certificates: Holdings
    let parcels: Holdings

    /// Collectives that the market register has too.
    private static let shared = 8

    init(seed: UInt64, sizes: District.Sizes) {
        let chance = SplitMix64(seed: seed)
        func holdings(_ name: String, _ kind: Kind, _ count: Int, _ removal: Holdings.Removal = .absent) -> Holdings {
            Holdings(kind, count: count, removal: removal, chance: chance.branch(name))
        }
        residents = holdings("residents", Residents.kind, sizes.residents)
        addresses = holdings("addresses", Addresses.kind, sizes.addresses)
        boundaries = holdings("boundaries", Boundaries.kind, Words.divisions.count, .never)
        collectives = holdings("collectives", Collectives.kind, sizes.collectives, Collectives.removal)
        let groups = collectives.rows.compactMap { Subject($0, name: "MC") }
        enterprises = holdings(
            "enterprises", Enterprises.kind(shared: Array(groups.prefix(Self.shared))), sizes.enterprises)
        let firms = enterprises.rows.compactMap { Subject($0, name: "QYMC") }
        let subjects = firms + groups
        penalties = holdings("penalties", Penalties.kind(of: subjects), sizes.penalties)
        licences = holdings("licences", Licences.kind(of: subjects), sizes.licences)
        let persons = residents.rows.compactMap(Citizen.init)
        certificates = holdings(
            "certificates", Certificates.kind(organisations: subjects, persons: persons), sizes.certificates)
        parcels = holdings("parcels", Parcels.kind(organisations: subjects, persons: persons), sizes.parcels)
    }

    /// In the order of `District.Ports`.
    ///
    /// - Parameters:
    ///   - register: where residents are asked for.
    ///   - outbox: where they are delivered; nil for nowhere.
    func systems(
        register: Desk, outbox: PopulationOutbox?, clock: @escaping @Sendable () -> Int
    ) -> [any DepartmentSystem] {
        [
            PolicePopulation(
                residents: register, token: District.secrets["police-population-token"] ?? "", outbox: outbox),
            MarketCore(
                enterprises: Desk(enterprises), appKey: District.marketAppKey,
                secret: District.secrets["market-core-secret"] ?? "", clock: clock),
            RuralCollective(
                collectives: Desk(collectives), key: District.secrets["rural-collective-key"] ?? ""),
            Land(addresses: Desk(addresses), boundaries: Desk(boundaries), parcels: Desk(parcels)),
            Credit(penalties: Desk(penalties), licences: Desk(licences)),
            ELicence(
                certificates: Desk(certificates), user: District.eLicenceUser,
                password: District.secrets["e-licence-password"] ?? ""),
        ]
    }
}
