import Hummingbird
import Model
import Store

extension Answering {
    /// Latest runs, newest first.
    func runs(_ call: Call) async throws(Fault) -> Response {
        let limit = try call.parameters["limit"].map(ParameterText.limit) ?? RecordQuery.standardLimit
        let runs = try await store.runs(of: call.parameters["entry"], limit: min(limit, 1_000))
        let document: JSONValue = [
            "runs": .array(runs.map { .raw(Array(JSONDocument.encode($0).readableBytesView)) }),
            "links": [Link("self", call.address(), type: "application/json").json],
            "numberReturned": .integer(Int64(runs.count)),
            "timeStamp": timeStamp,
        ]
        return Answering.fresh(Response(document.buffer))
    }

    func run(_ call: Call) async throws(Fault) -> Response {
        guard let number = Int64(try call.captured("number")), let run = try await store.run(number) else {
            throw Fault(.notFound, "there is no such run", advice: "GET /runs lists the latest.")
        }
        return Answering.fresh(Response(JSONDocument.encode(run)))
    }

    func status() async throws(Fault) -> Response {
        Answering.fresh(Response(JSONDocument.encode(try await services.status())))
    }

    /// The process answers; nothing else is asked.
    func live() -> Response {
        Answering.fresh(Response(JSONValue.object([("status", "live")]).buffer))
    }

    /// The store answers and can write, its disk has room, and the schedule starts what is due. Mistakes in the catalogue's
    /// files are told and do not make it unready: the last good version keeps running.
    func ready() async throws(Fault) -> Response {
        let catalogue: ExchangeStatus.CatalogueHealth
        do {
            catalogue = try await services.readiness()
        } catch {
            throw Fault(
                error.code.status == .serviceUnavailable ? error.code : .unavailable, error.message,
                advice: error.advice, retryAfter: error.retryAfter, context: error.context)
        }
        let document: JSONValue = [
            "status": "ready",
            "catalogue": catalogue.problems.isEmpty ? "good" : "last-good-version",
            "problems": .array(catalogue.problems.map { .string($0) }),
        ]
        return Answering.fresh(Response(document.buffer))
    }

    func prometheus() async throws(Fault) -> Response {
        var text = PrometheusText()
        metrics.write(to: &text)
        ExchangeMetrics(try await services.status(), now: services.now()).write(to: &text)
        ActivityMetrics(activity: services.activity()).write(to: &text)
        ProcessMetrics(began: metrics.began).write(to: &text)
        return Answering.fresh(Response(ByteBuffer(string: text.text), as: PrometheusText.mediaType))
    }

    private static func fresh(_ response: Response) -> Response {
        var response = response
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
