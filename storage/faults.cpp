// Sentences that several openings share.
#include "storage/faults.hpp"

#include <cerrno>
#include <cstring>

namespace minamo::storage {

void fail_damaged() {
    throw Damaged(
        "The store is damaged, a row of it cannot be read: put a whole copy of its file in its place, or delete what "
        "cannot be read.");
}

bool is_descriptor_shortage(int code) {
    return code == EMFILE || code == ENFILE;
}

std::string descriptor_shortage(const std::string& what, int code) {
    return what + " cannot be opened (" + std::strerror(code) +
           "): let this process have more open files (ulimit -n), or reset namespaces that are no longer needed.";
}

}  // namespace minamo::storage
