import Foundation
import Model
import NIOCore

/// Why an address could not be listened on.
enum BindFault {
    static func fault(for error: IOError, at address: String) -> Fault {
        switch error.errnoCode {
        case EADDRINUSE:
            Fault(
                .addressInUse, "\(address) is in use by another process",
                advice: "Stop that process (ss -ltnp shows it), or choose another address in the settings.",
                context: ["address": address])
        case EACCES, EPERM:
            Fault(
                .badSettings, "this user may not listen on \(address)",
                advice: "Choose a port from 1024 up, or a folder that the user may write.",
                context: ["address": address])
        default:
            Fault(
                .badSettings, "\(address) cannot be listened on: \(String(cString: strerror(error.errnoCode)))",
                advice: "Correct the address in the settings.", context: ["address": address])
        }
    }
}
