// What storage throws, and why a store does not open: each is one sentence that a user can act on.
#pragma once

#include <stdexcept>
#include <string>

namespace minamo::storage {

// Nothing is wrong with the call: end the transaction, do what the kind of it asks for, and run the call again.
struct RunAgain : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// The map is full: call Store::grow() first.
struct MapFull : RunAgain {
    using RunAgain::RunAgain;
};
// The store went on while a read transaction waited to open a table, so that what it has read is of the past.
struct Outdated : RunAgain {
    using RunAgain::RunAgain;
};
// What only the user can mend: what() is one sentence that says how.
struct Fault : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// The disk or the memory allowance is full; nothing was written.
struct StorageFull : Fault {
    using Fault::Fault;
};
// Bytes of the store are not what minamo wrote.
struct Damaged : Fault {
    using Fault::Fault;
};
// Throws it, of a row that cannot be decoded.
[[noreturn, gnu::cold]] void fail_damaged();

// Why a store cannot be opened: one sentence that says what to do.
struct OpenFault {
    std::string message;
};

// Whether this code of errno says that a descriptor was wanting, and the sentence for it.
bool is_descriptor_shortage(int code);
std::string descriptor_shortage(const std::string& what, int code);

}  // namespace minamo::storage
